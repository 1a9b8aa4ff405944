import CNetlink
import Glibc
package import HostState

/// A ``NamespaceChain`` whose middle forwards, as a gateway does.
package final class RoutedNetwork: Sendable {
    package typealias Side = NamespaceChain.Place

    private let chain: NamespaceChain

    private init(_ chain: consuming NamespaceChain) { self.chain = chain }

    /// 198.18.0.0/16 is the client's, 198.19.0.0/16 the server's; the middle has the last address of each.
    package static let clientAddress = PrivateNetwork.address(.client, 0)
    package static let serverAddress = PrivateNetwork.address(.server, 0)
    private static let gateways = (
        client: IPAddress(v4: 0xC612_FFFE), server: IPAddress(v4: 0xC613_FFFE)
    )

    /// Makes it, where a ``NamespaceChain`` can be made.
    package static func make() throws(KernelError) -> RoutedNetwork {
        try SystemThread.start { () throws(KernelError) -> RoutedNetwork in
            let chain = try NamespaceChain.make()
            try configure(NamespaceChain.links.toClient, gateways.client)
            try configure(NamespaceChain.links.toServer, gateways.server)
            if let key = SysctlKey("net.ipv4.ip_forward") {
                try SysctlWriter.open().write("1", to: key)
            }
            try chain.enter(.client)
            try configure(PrivateNetwork.index, clientAddress)
            try addDefaultRoute(through: gateways.client)
            try chain.enter(.server)
            try configure(PrivateNetwork.index, serverAddress)
            try addDefaultRoute(through: gateways.server)
            try chain.awaitLinks()
            return RoutedNetwork(chain)
        }.join()
    }

    private static func configure(
        _ index: Int32, _ address: IPAddress
    ) throws(KernelError) {
        try PrivateNetwork.raise(index)
        try PrivateNetwork.add(address, prefix: 16, to: index)
    }

    private static func addDefaultRoute(through gateway: IPAddress) throws(KernelError) {
        var request = RouteRequest(
            "a route through \(gateway)", kind: CInt(RTM_NEWROUTE), creates: true)
        // struct rtmsg: family, prefix lengths, type of service; table, protocol, scope, type; flags.
        request.append(UInt8(AF_INET))
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
