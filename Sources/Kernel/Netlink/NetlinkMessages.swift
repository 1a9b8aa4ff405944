import CNetlink
import Glibc

/// What a datagram of a dump held beside its rows.
enum DumpProgress: Sendable {
    case more
    case done
}

/// The messages of one datagram.
enum NetlinkMessages {
    /// struct nlmsghdr: length 4, type 2, flags 2, sequence 4, port 4.
    static let headerSize = 16

    /// Hands over the payload of each message that is no control message.
    ///
    /// - Returns: whether the dump goes on.
    /// - Throws: the kernel's refusal (NLMSG_ERROR, or an error in NLMSG_DONE), or EBADMSG where lengths contradict.
    static func forEach(
        in datagram: RawSpan, subject: @autoclosure () -> String, _ body: (RawSpan) -> Void
    ) throws(KernelError) -> DumpProgress {
        var offset = 0
        while offset < datagram.byteCount {
            guard let length32: UInt32 = datagram.integer(at: offset),
                let type: UInt16 = datagram.integer(at: offset + 4)
            else { throw KernelError("parse", subject(), code: EBADMSG) }
            let length = Int(length32)
            guard length >= headerSize, length <= datagram.byteCount - offset else {
                throw KernelError("parse", subject(), code: EBADMSG)
            }
            let payload = datagram.extracting((offset + headerSize)..<(offset + length))
            switch CInt(type) {
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
            case NLMSG_NOOP, NLMSG_OVERRUN: break
            default: body(payload)
            }
            offset += (length + 3) & ~3
        }
        return .more
    }
}
