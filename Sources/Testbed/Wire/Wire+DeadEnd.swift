import CNetlink
import Glibc
package import Kernel
package import Model

extension Wire {
    /// What a router does with a packet that it does not pass on: kinds of routes of rtnetlink(7).
    package enum DeadEnd: String, Sendable, Hashable, CaseIterable {
        /// Drops it without a word.
        case blackhole
        /// Says that the destination cannot be reached.
        case unreachable
        /// Says that it must not.
        case prohibit

        /// Of the address behind it.
        fileprivate var number: Int { 100 + (Self.allCases.firstIndex(of: self) ?? 0) }

        fileprivate var kind: UInt8 {
            switch self {
            case .blackhole: UInt8(RTN_BLACKHOLE)
            case .unreachable: UInt8(RTN_UNREACHABLE)
            case .prohibit: UInt8(RTN_PROHIBIT)
            }
        }
    }

    /// Has the server's kernel be a router on the way to an address, with such a route to it.
    ///
    /// - Returns: the address.
    package func lead(to deadEnd: DeadEnd) throws(KernelError) -> IPAddress {
        let address = PrivateNetwork.address(.server, deadEnd.number, family)
        let forwarding =
            family == .v4 ? "net.ipv4.ip_forward" : "net.ipv6.conf.all.forwarding"
        try run(in: .client) { () throws(KernelError) in
            try WireNetwork.add(neighbour: address, WireNetwork.serverHardware)
        }
        try run(in: .server) { () throws(KernelError) in
            if let key = SysctlKey(forwarding) { try SysctlWriter.open().write("1", to: key) }
            var request = RouteRequest(
                "a route to \(address)", kind: CInt(RTM_NEWROUTE), creates: true)
            // struct rtmsg: family, prefix lengths, type of service; table, protocol, scope, type; flags.
            request.append(address.familyNumber)
            request.append(UInt8(address.networkBytes.count * 8))
            request.append(UInt8(0))
            request.append(UInt8(0))
            request.append(UInt8(RT_TABLE_MAIN.rawValue))
            request.append(UInt8(RTPROT_STATIC))
            request.append(UInt8(RT_SCOPE_UNIVERSE.rawValue))
            request.append(deadEnd.kind)
            request.append(UInt32(0))
            request.append(CInt(RTA_DST.rawValue), address.networkBytes)
            try request.perform()
        }
        return address
    }
}
