import CNetlink
import Glibc
import HostState

/// A ``NamespaceChain`` whose middle forwards nothing by itself: whoever holds its two packet sockets is the wire.
final class WireNetwork: Sendable {
    let chain: NamespaceChain
    /// Of the links in the middle.
    let clientEnd: PacketSocket
    let serverEnd: PacketSocket

    private init(
        _ chain: consuming NamespaceChain, clientEnd: consuming PacketSocket,
        serverEnd: consuming PacketSocket
    ) {
        self.chain = chain
        self.clientEnd = clientEnd
        self.serverEnd = serverEnd
    }

    static let clientHardware = HardwareAddress(local: 1)
    static let serverHardware = HardwareAddress(local: 2)

    /// Makes it, where a ``NamespaceChain`` can be made.
    static func make() throws(KernelError) -> WireNetwork {
        try SystemThread.start { () throws(KernelError) -> WireNetwork in
            let chain = try NamespaceChain.make()
            let (toClient, toServer) = NamespaceChain.links
            try PrivateNetwork.raise(toClient)
            try PrivateNetwork.raise(toServer)
            let clientEnd = try PacketSocket.open(link: toClient, named: "the client's wire")
            let serverEnd = try PacketSocket.open(link: toServer, named: "the server's wire")
            try chain.enter(.client)
            try configure(.client, clientHardware, neighbour: serverHardware)
            try chain.enter(.server)
            try configure(.server, serverHardware, neighbour: clientHardware)
            try chain.awaitLinks()
            return WireNetwork(chain, clientEnd: clientEnd, serverEnd: serverEnd)
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
