import CNetlink
import Glibc
package import Kernel
package import Model

/// A ``NamespaceChain`` whose middle forwards, as a gateway does.
package final class RoutedNetwork: Sendable {
    package typealias Side = NamespaceChain.Place

    private let chain: NamespaceChain
    package let family: InternetFamily

    private init(_ chain: consuming NamespaceChain, _ family: InternetFamily) {
        self.chain = chain
        self.family = family
    }

    package var clientAddress: IPAddress { PrivateNetwork.address(.client, 0, family) }
    package var serverAddress: IPAddress { PrivateNetwork.address(.server, 0, family) }

    /// The middle's address on the network of a side, 198.18.0.0/16 and 198.19.0.0/16 or a /64 of IPv6.
    package static func gateway(
        _ side: PrivateNetwork.Side, _ family: InternetFamily = .v4
    ) -> IPAddress { PrivateNetwork.address(side, 0xFFFD, family) }

    /// Makes it, where a ``NamespaceChain`` can be made.
    ///
    /// - Parameter serverAddresses: how many addresses the server has, one after the other.
    package static func make(
        _ family: InternetFamily = .v4, serverAddresses: Int = 1
    ) throws(KernelError) -> RoutedNetwork {
        try SystemThread.start { () throws(KernelError) -> RoutedNetwork in
            let chain = try NamespaceChain.make()
            let gateways = (client: gateway(.client, family), server: gateway(.server, family))
            try configure(
                NamespaceChain.links.toClient, gateways.client, named: "toclient")
            try configure(
                NamespaceChain.links.toServer, gateways.server, named: "toserver")
            let forwarding =
                family == .v4 ? "net.ipv4.ip_forward" : "net.ipv6.conf.all.forwarding"
            if let key = SysctlKey(forwarding) {
                try SysctlWriter.open().write("1", to: key)
            }
            try chain.enter(.client)
            try configure(PrivateNetwork.index, PrivateNetwork.address(.client, 0, family))
            try addDefaultRoute(through: gateways.client)
            try chain.enter(.server)
            for number in 0..<max(serverAddresses, 1) {
                try configure(
                    PrivateNetwork.index, PrivateNetwork.address(.server, number, family))
            }
            try addDefaultRoute(through: gateways.server)
            try chain.awaitLinks()
            return RoutedNetwork(chain, family)
        }.join()
    }

    private static func configure(
        _ index: Int32, _ address: IPAddress, named link: String = "load"
    ) throws(KernelError) {
        if !address.isIPv4 {
            // A router asks for a neighbour from its link-local address, which else is tentative for a second or two
            // (net/ipv6/ndisc.c:ndisc_send_ns, net/ipv6/addrconf.c:addrconf_dad_begin).
            let writer = try SysctlWriter.open()
            for name in ["all", link] {
                guard let key = SysctlKey("net.ipv6.conf.\(name).accept_dad") else { continue }
                try writer.write("0", to: key)
            }
        }
        try PrivateNetwork.raise(index)
        try PrivateNetwork.add(address, prefix: address.isIPv4 ? 16 : 64, to: index)
    }

    private static func addDefaultRoute(through gateway: IPAddress) throws(KernelError) {
        var request = RouteRequest(
            "a route through \(gateway)", kind: CInt(RTM_NEWROUTE), creates: true)
        // struct rtmsg: family, prefix lengths, type of service; table, protocol, scope, type; flags.
        request.append(gateway.familyNumber)
        request.append(UInt8(0))
        request.append(UInt8(0))
        request.append(UInt8(0))
        request.append(UInt8(RT_TABLE_MAIN.rawValue))
        request.append(UInt8(RTPROT_STATIC))
        request.append(UInt8(RT_SCOPE_UNIVERSE.rawValue))
        request.append(UInt8(RTN_UNICAST))
        request.append(UInt32(0))
        request.append(CInt(RTA_GATEWAY.rawValue), gateway.networkBytes)
        try request.perform()
    }

    /// Runs the body on a thread inside one of them, and waits for it.
    package func run<Success: Sendable>(
        in side: Side, _ body: @escaping @Sendable () throws(KernelError) -> Success
    ) throws(KernelError) -> Success {
        try SystemThread.start { [self] () throws(KernelError) in
            // Held, so that the descriptor stays open until the thread is inside.
            try withExtendedLifetime(self) { () throws(KernelError) in try chain.enter(side) }
            return try body()
        }.join()
    }
}
