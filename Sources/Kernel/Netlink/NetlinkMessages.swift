import CNetlink
import Glibc

/// What a datagram of a dump held beside its rows.
package enum DumpProgress: Sendable {
    case more
    case done
}

/// The messages of one datagram.
package enum NetlinkMessages {
    /// struct nlmsghdr: length 4, type 2, flags 2, sequence 4, port 4.
    static let headerSize = 16

    /// Hands over the payload of each message that is no control message.
    ///
    /// - Returns: whether the dump goes on.
    /// - Throws: the kernel's refusal (NLMSG_ERROR, or an error in NLMSG_DONE), or EBADMSG where lengths contradict.
    @inline(__always)
    package static func forEach(
        in datagram: RawSpan, subject: @autoclosure () -> String, _ body: (RawSpan) -> Void
    ) throws(KernelError) -> DumpProgress {
        var offset = 0
        while offset < datagram.byteCount {
            let left = datagram.byteCount &- offset
            guard left >= headerSize else { throw KernelError("parse", subject(), code: EBADMSG) }
            // What is read unchecked is within the datagram, as was just seen.
            let header = unsafe datagram.unsafeLoadUnaligned(
                fromUncheckedByteOffset: offset, as: UInt64.self)
            let length = Int(header & 0xffff_ffff)
            guard length >= headerSize, length <= left else {
                throw KernelError("parse", subject(), code: EBADMSG)
            }
            let payload = unsafe datagram.extracting(
                unchecked: Range(uncheckedBounds: (offset &+ headerSize, offset &+ length)))
            let type = CInt(header >> 32 & 0xffff)
            // Every row has a type beyond those of control.
            guard type < NLMSG_MIN_TYPE else {
                body(payload)
                offset &+= (length &+ 3) & ~3
                continue
            }
            switch type {
            case NLMSG_DONE:
                if let code: Int32 = payload.integer(at: 0), code < 0 {
                    throw KernelError("dump", subject(), code: 0 &- code)
                }
                return .done
            case NLMSG_ERROR:
                guard let code: Int32 = payload.integer(at: 0) else {
                    throw KernelError("parse", subject(), code: EBADMSG)
                }
                if code != 0 {
                    throw KernelError("dump", subject(), code: code > 0 ? code : 0 &- code)
                }
            default: break
            }
            offset &+= (length &+ 3) & ~3
        }
        return .more
    }
}
