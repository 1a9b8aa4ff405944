import CNetlink
import Glibc
import HostState

/// A request of rtnetlink(7): a link or an address to be made or changed.
struct RouteRequest {
    private var bytes: [UInt8]
    private let what: String

    /// - Parameter what: the subject of the message where it is refused.
    init(_ what: String, kind: CInt, creates: Bool = false) {
        self.what = what
        // struct nlmsghdr: length, type, flags, sequence, port.
        var flags = NLM_F_REQUEST | NLM_F_ACK
        if creates { flags |= NLM_F_CREATE | NLM_F_EXCL }
        bytes = []
        append(UInt32(0))
        append(UInt16(kind))
        append(UInt16(flags))
        append(UInt32(0))
        append(UInt32(0))
    }

    mutating func append<Number: FixedWidthInteger>(_ number: Number) {
        var rest = number.littleEnd
        for _ in 0..<(Number.bitWidth / 8) {
            bytes.append(UInt8(truncatingIfNeeded: rest))
            rest = Number.bitWidth > 8 ? rest >> 8 : 0
        }
    }

    /// struct ifinfomsg.
    mutating func appendLink(index: Int32 = 0, up: Bool) {
        // IFF_UP of <linux/if.h>, which does not go together with glibc's <net/if.h>.
        let flag: UInt32 = up ? 1 : 0
        append(UInt32(0))
        append(index)
        append(flag)
        append(flag)
    }

    mutating func append(_ attribute: CInt, _ value: [UInt8]) {
        append(UInt16(value.count + 4))
        append(UInt16(truncatingIfNeeded: attribute))
        bytes += value
        while bytes.count % 4 != 0 { bytes.append(0) }
    }

    mutating func append(_ attribute: CInt, text: String) {
        append(attribute, Array(text.utf8) + [0])
    }

    /// An attribute that holds others.
    mutating func nest(_ attribute: CInt, _ body: (inout RouteRequest) -> Void) {
        let start = bytes.count
        append(UInt16(0))
        append(UInt16(truncatingIfNeeded: attribute))
        body(&self)
        let length = UInt16(bytes.count - start)
        bytes[start] = UInt8(truncatingIfNeeded: length)
        bytes[start + 1] = UInt8(truncatingIfNeeded: length >> 8)
    }

    /// Sends it in the namespace that the calling thread is in, and waits for the kernel's answer.
    ///
    /// - Parameter read: is handed what the kernel tells before it says that all is well.
    func perform(read: (RawSpan) -> Void = { _ in }) throws(KernelError) {
        var message = self
        let length = UInt32(bytes.count)
        for place in 0..<4 {
            message.bytes[place] = UInt8(truncatingIfNeeded: length >> (8 * place))
        }
        let socket = try NetlinkSocket.open(NETLINK_ROUTE, named: "rtnetlink")
        try socket.send(message.bytes)
        do throws(KernelError) {
            _ = try socket.receive { (datagram) throws(KernelError) in
                try NetlinkMessages.forEach(in: datagram, subject: what, read)
            }
        } catch {
            throw KernelError("make", what, code: error.code)
        }
    }
}

extension FixedWidthInteger {
    /// Netlink is in the machine's order of bytes; every machine that Swift runs on is little-endian.
    fileprivate var littleEnd: Self { littleEndian }
}
