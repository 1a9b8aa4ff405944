import CNetlink
import Glibc
package import HostState

/// Three network namespaces, client, middle and server: the middle one forwards, as a gateway does.
///
/// Nothing names them but this process's descriptors, as with ``PrivateNetwork``.
package final class RoutedNetwork: Sendable {
    package enum Side: Sendable, Hashable, CaseIterable { case client, middle, server }

    private let client: FileDescriptor
    private let middle: FileDescriptor
    private let server: FileDescriptor

    private init(
        client: consuming FileDescriptor, middle: consuming FileDescriptor,
        server: consuming FileDescriptor
    ) {
        self.client = client
        self.middle = middle
        self.server = server
    }

    /// 198.18.0.0/16 is the client's, 198.19.0.0/16 the server's; the middle has the last address of each.
    package static let clientAddress = PrivateNetwork.address(.client, 0)
    package static let serverAddress = PrivateNetwork.address(.server, 0)
    private static let gateways = (
        client: IPAddress(v4: 0xC612_FFFE), server: IPAddress(v4: 0xC613_FFFE)
    )

    /// Makes them; ``PrivateNetwork/make(clientAddresses:serverAddresses:)`` must have been possible before.
    package static func make() throws(KernelError) -> RoutedNetwork {
        try SystemThread.start { () throws(KernelError) -> RoutedNetwork in
            let client = try PrivateNetwork.newNamespace()
            try PrivateNetwork.raiseLoopback()
            let server = try PrivateNetwork.newNamespace()
            try PrivateNetwork.raiseLoopback()
            let middle = try PrivateNetwork.newNamespace()
            try PrivateNetwork.raiseLoopback()
            let near = PrivateNetwork.index
            try PrivateNetwork.makePair(peerIn: client.number, named: "toclient", index: near)
            try PrivateNetwork.makePair(peerIn: server.number, named: "toserver", index: near + 1)
            try configure(near, gateways.client)
            try configure(near + 1, gateways.server)
            if let key = SysctlKey("net.ipv4.ip_forward") {
                try SysctlWriter.open().write("1", to: key)
            }
            try PrivateNetwork.enter(client.number)
            try configure(near, clientAddress)
            try addDefaultRoute(through: gateways.client)
            try PrivateNetwork.enter(server.number)
            try configure(near, serverAddress)
            try addDefaultRoute(through: gateways.server)
            try LinkReadiness.await(link: near)
            try PrivateNetwork.enter(client.number)
            try LinkReadiness.await(link: near)
            try PrivateNetwork.enter(middle.number)
            try LinkReadiness.await(link: near)
            try LinkReadiness.await(link: near + 1)
            return RoutedNetwork(client: client, middle: middle, server: server)
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
        let number =
            switch side {
            case .client: client.number
            case .middle: middle.number
            case .server: server.number
            }
        return try SystemThread.start { [self] () throws(KernelError) in
            try withExtendedLifetime(self) { () throws(KernelError) in
                try PrivateNetwork.enter(number)
            }
            return try body()
        }.join()
    }
}
