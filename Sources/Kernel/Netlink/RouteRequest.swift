import CNetlink
import Glibc
package import Model

/// A request of rtnetlink(7): a link, an address or a route to be made or changed.
package struct RouteRequest {
    private var message: NetlinkMessage
    private let what: String

    /// - Parameter what: the subject of the message where it is refused.
    package init(_ what: String, kind: CInt, creates: Bool = false) {
        self.what = what
        var flags = NLM_F_REQUEST | NLM_F_ACK
        if creates { flags |= NLM_F_CREATE | NLM_F_EXCL }
        message = NetlinkMessage(kind: UInt16(kind), flags: flags)
    }

    package mutating func append<Number: FixedWidthInteger>(_ number: Number) {
        message.append(number)
    }

    package mutating func appendLink(index: Int32 = 0, up: Bool) {
        message.appendLink(index: index, up: up)
    }

    package mutating func append(_ attribute: CInt, _ value: [UInt8]) {
        message.append(attribute, value)
    }

    package mutating func append(_ attribute: CInt, text: String) {
        message.append(attribute, text: text)
    }

    /// An attribute that holds others.
    package mutating func nest(_ attribute: CInt, _ body: (inout NetlinkMessage) -> Void) {
        message.nest(attribute, body)
    }

    /// Sends it in the namespace that the calling thread is in, and waits for the kernel's answer.
    ///
    /// - Parameter read: is handed what the kernel tells before it says that all is well.
    package func perform(read: (RawSpan) -> Void = { _ in }) throws(KernelError) {
        let socket = try NetlinkSocket.open(NETLINK_ROUTE, named: "rtnetlink")
        try socket.send(message.finished)
        do throws(KernelError) {
            _ = try socket.receive { (datagram) throws(KernelError) in
                try NetlinkMessages.forEach(in: datagram, subject: what, read)
            }
        } catch {
            throw KernelError("make", what, code: error.code)
        }
    }
}

extension NetlinkMessage {
    /// struct ifinfomsg.
    package mutating func appendLink(index: Int32 = 0, up: Bool) {
        // IFF_UP of <linux/if.h>, which does not go together with glibc's <net/if.h>.
        let flag: UInt32 = up ? 1 : 0
        append(UInt32(0))
        append(index)
        append(flag)
        append(flag)
    }
}

extension IPAddress {
    /// AF_INET or AF_INET6, as rtnetlink has it.
    package var familyNumber: UInt8 { UInt8(isIPv4 ? AF_INET : AF_INET6) }

    /// As it stands in a packet: 4 bytes, or 16 of IPv6.
    package var networkBytes: [UInt8] {
        let bytes = [high, low].flatMap { half in
            (0..<8).map { UInt8(truncatingIfNeeded: half >> (56 - 8 * UInt64($0))) }
        }
        return isIPv4 ? Array(bytes.suffix(4)) : bytes
    }
}
