import CNetlink
import Glibc
import Model

/// Which addresses are this namespace's own, asked of rtnetlink(7).
///
/// First one lookup each, as the kernel itself would look before it delivers: that answers for local routes as well
/// (`ip route add local 10.0.0.0/8`). Only where one is not found the addresses of all interfaces are read: those of a VRF
/// stand in a table of its own.
struct LocalAddresses: ~Copyable {
    /// RTN_LOCAL of `include/uapi/linux/rtnetlink.h`.
    private static let local: UInt8 = 2
    private static let family = "rtnetlink"
    private let socket: NetlinkSocket

    private init(socket: consuming NetlinkSocket) { self.socket = socket }

    /// In the namespace of the calling thread.
    static func open() throws(KernelError) -> LocalAddresses {
        LocalAddresses(socket: try NetlinkSocket.open(NETLINK_ROUTE, named: family))
    }

    /// Those of some addresses that no interface has and no local route covers.
    func missing(of addresses: [IPAddress]) throws(KernelError) -> Set<IPAddress> {
        var missing: Set<IPAddress> = []
        for address in addresses where try !hasLocalRoute(to: address) { missing.insert(address) }
        if !missing.isEmpty { try takeOutThoseOfInterfaces(&missing) }
        return missing
    }

    /// Whether the kernel would take a packet to it for its own.
    ///
    /// Source: `net/ipv4/route.c:inet_rtm_getroute`, `net/ipv6/route.c:inet6_rtm_getroute`.
    private func hasLocalRoute(to address: IPAddress) throws(KernelError) -> Bool {
        var message = NetlinkMessage(kind: UInt16(RTM_GETROUTE), flags: NLM_F_REQUEST)
        let bytes = address.routeBytes
        // struct rtmsg: family, lengths of destination and source, TOS, table, protocol, scope, type; flags.
        message.append(UInt8(address.isIPv4 ? AF_INET : AF_INET6))
        message.append(UInt8(bytes.count * 8))
        message.appendZeros(10)
        message.append(CInt(RTA_DST.rawValue), bytes)
        try socket.send(message.finished)
        do throws(KernelError) {
            return try socket.receive { (datagram) throws(KernelError) in
                var type: UInt8?
                _ = try NetlinkMessages.forEach(in: datagram, subject: Self.family) { message in
                    type = message.integer(at: 7)
                }
                return type == Self.local
            }
        } catch {
            // No route, or one that forbids: not its own.
            switch error.code {
            case ENETUNREACH, EHOSTUNREACH, EACCES, EINVAL, EAGAIN: return false
            default: throw error
            }
        }
    }

    private func takeOutThoseOfInterfaces(_ missing: inout Set<IPAddress>) throws(KernelError) {
        var message = NetlinkMessage(
            kind: UInt16(RTM_GETADDR), flags: NLM_F_REQUEST | NLM_F_ROOT | NLM_F_MATCH)
        // struct ifaddrmsg: family 0 for all, then prefix, flags, scope and index.
        message.appendZeros(8)
        try socket.send(message.finished)
        var left = missing
        var progress = DumpProgress.more
        while progress == .more {
            progress = try socket.receive { (datagram) throws(KernelError) in
                try NetlinkMessages.forEach(in: datagram, subject: Self.family) { message in
                    guard let family: UInt8 = message.integer(at: 0) else { return }
                    let attributes = NetlinkAttributes(message, from: 8)
                    for kind in [CInt(IFA_LOCAL), CInt(IFA_ADDRESS)] {
                        guard let place = attributes[kind],
                            let address = message.address(at: place, family: CInt(family))
                        else { continue }
                        left.remove(address)
                        return
                    }
                }
            }
        }
        missing = left
    }
}

extension IPAddress {
    /// The four or sixteen bytes that a route has.
    fileprivate var routeBytes: [UInt8] {
        let four = (0..<4).map { UInt8(truncatingIfNeeded: low >> (24 - 8 * UInt64($0))) }
        guard !isIPv4 else { return four }
        return [high, low].flatMap { half in
            (0..<8).map { UInt8(truncatingIfNeeded: half >> (56 - 8 * UInt64($0))) }
        }
    }
}

extension RawSpan {
    /// An address of an attribute; nil where its length is not that of the family.
    fileprivate func address(at place: Range<Int>, family: CInt) -> IPAddress? {
        if family == AF_INET, place.count == 4 {
            return integer(at: place.lowerBound, as: UInt32.self).map {
                IPAddress(v4: UInt32(bigEndian: $0))
            }
        }
        guard family == AF_INET6, place.count == 16,
            let high: UInt64 = integer(at: place.lowerBound),
            let low: UInt64 = integer(at: place.lowerBound + 8)
        else { return nil }
        return IPAddress(high: UInt64(bigEndian: high), low: UInt64(bigEndian: low))
    }
}
