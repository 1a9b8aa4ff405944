import CNetlink
import Glibc
import HostState

/// Client and server, each in a network namespace, and between them a third with an end of either's link.
///
/// The one between forwards nothing by itself: whoever holds the two packet sockets is the wire. Nothing names the namespaces
/// but this process's descriptors, as with ``PrivateNetwork``.
final class WireNetwork: Sendable {
    let client: FileDescriptor
    let server: FileDescriptor
    /// Of the links in the namespace between.
    let clientEnd: PacketSocket
    let serverEnd: PacketSocket

    private init(
        client: consuming FileDescriptor, server: consuming FileDescriptor,
        clientEnd: consuming PacketSocket, serverEnd: consuming PacketSocket
    ) {
        self.client = client
        self.server = server
        self.clientEnd = clientEnd
        self.serverEnd = serverEnd
    }

    static let clientHardware = HardwareAddress(local: 1)
    static let serverHardware = HardwareAddress(local: 2)

    /// Makes them; ``PrivateNetwork/make(link:clientAddresses:serverAddresses:)`` must have been possible before.
    static func make() throws(KernelError) -> WireNetwork {
        try SystemThread.start { () throws(KernelError) -> WireNetwork in
            let client = try PrivateNetwork.newNamespace()
            try PrivateNetwork.raiseLoopback()
            let server = try PrivateNetwork.newNamespace()
            try PrivateNetwork.raiseLoopback()
            let between = try PrivateNetwork.newNamespace()
            let near = PrivateNetwork.index
            try PrivateNetwork.makePair(peerIn: client.number, named: "toclient", index: near)
            try PrivateNetwork.makePair(peerIn: server.number, named: "toserver", index: near + 1)
            try PrivateNetwork.raise(near)
            try PrivateNetwork.raise(near + 1)
            let clientEnd = try PacketSocket.open(link: near, named: "the client's wire")
            let serverEnd = try PacketSocket.open(link: near + 1, named: "the server's wire")
            try PrivateNetwork.enter(client.number)
            try configure(.client, clientHardware, neighbour: serverHardware)
            try PrivateNetwork.enter(server.number)
            try configure(.server, serverHardware, neighbour: clientHardware)
            try LinkReadiness.await(link: near)
            try PrivateNetwork.enter(client.number)
            try LinkReadiness.await(link: near)
            try PrivateNetwork.enter(between.number)
            try LinkReadiness.await(link: near)
            try LinkReadiness.await(link: near + 1)
            return WireNetwork(
                client: client, server: server, clientEnd: clientEnd, serverEnd: serverEnd)
        }.join()
    }

    /// With the other side's Ethernet address known for good, so that nobody asks for it on the wire.
    private static func configure(
        _ side: PrivateNetwork.Side, _ address: HardwareAddress, neighbour: HardwareAddress
    ) throws(KernelError) {
        let index = PrivateNetwork.index
        var link = RouteRequest("an Ethernet address", kind: CInt(RTM_NEWLINK))
        link.appendLink(index: index, up: false)
        link.append(CInt(IFLA_ADDRESS), address.bytes)
        try link.perform()
        try PrivateNetwork.raise(index)
        try PrivateNetwork.add(PrivateNetwork.address(side, 0), prefix: 15, to: index)
        let other = PrivateNetwork.address(side == .client ? .server : .client, 0)
        var request = RouteRequest("a neighbour", kind: CInt(RTM_NEWNEIGH), creates: true)
        // struct ndmsg: family, padding; interface; state, flags, type.
        request.append(UInt8(AF_INET))
        request.append(UInt8(0))
        request.append(UInt16(0))
        request.append(index)
        request.append(UInt16(NUD_PERMANENT))
        request.append(UInt16(0))
        request.append(CInt(NDA_DST), other.networkBytes)
        request.append(CInt(NDA_LLADDR), neighbour.bytes)
        try request.perform()
    }
}
