import CNetlink
import Glibc
import Kernel
import Model

/// A ``NamespaceChain`` whose middle forwards nothing by itself: whoever holds its two packet sockets is the wire.
final class WireNetwork: Sendable {
    let chain: NamespaceChain
    let family: InternetFamily
    /// Of the links in the middle.
    let clientEnd: PacketSocket
    let serverEnd: PacketSocket

    private init(
        _ chain: consuming NamespaceChain, _ family: InternetFamily,
        clientEnd: consuming PacketSocket, serverEnd: consuming PacketSocket
    ) {
        self.chain = chain
        self.family = family
        self.clientEnd = clientEnd
        self.serverEnd = serverEnd
    }

    static let clientHardware = HardwareAddress(local: 1)
    static let serverHardware = HardwareAddress(local: 2)

    /// Makes it, where a ``NamespaceChain`` can be made.
    static func make(_ family: InternetFamily) throws(KernelError) -> WireNetwork {
        try SystemThread.start { () throws(KernelError) -> WireNetwork in
            let chain = try NamespaceChain.make()
            let (toClient, toServer) = NamespaceChain.links
            try PrivateNetwork.raise(toClient)
            try PrivateNetwork.raise(toServer)
            let clientEnd = try PacketSocket.open(
                link: toClient, family, named: "the client's wire")
            let serverEnd = try PacketSocket.open(
                link: toServer, family, named: "the server's wire")
            try chain.enter(.client)
            try configure(.client, family, clientHardware, neighbour: serverHardware)
            try chain.enter(.server)
            try configure(.server, family, serverHardware, neighbour: clientHardware)
            try chain.awaitLinks()
            return WireNetwork(chain, family, clientEnd: clientEnd, serverEnd: serverEnd)
        }.join()
    }

    /// With the other side's Ethernet address known for good, so that nobody asks for it on the wire.
    private static func configure(
        _ side: PrivateNetwork.Side, _ family: InternetFamily, _ address: HardwareAddress,
        neighbour: HardwareAddress
    ) throws(KernelError) {
        let index = PrivateNetwork.index
        var link = RouteRequest("an Ethernet address", kind: CInt(RTM_NEWLINK))
        link.appendLink(index: index, up: false)
        link.append(CInt(IFLA_ADDRESS), address.bytes)
        try link.perform()
        try PrivateNetwork.raise(index)
        try PrivateNetwork.add(
            PrivateNetwork.address(side, 0, family), prefix: PrivateNetwork.prefix(family),
            to: index)
        let other = PrivateNetwork.address(side == .client ? .server : .client, 0, family)
        try add(neighbour: other, neighbour)
    }

    /// Says which Ethernet address another on the wire has, in the namespace of the calling thread.
    static func add(
        neighbour other: IPAddress, _ hardware: HardwareAddress
    ) throws(KernelError) {
        var request = RouteRequest("a neighbour", kind: CInt(RTM_NEWNEIGH), creates: true)
        // struct ndmsg: family, padding; interface; state, flags, type.
        request.append(other.familyNumber)
        request.append(UInt8(0))
        request.append(UInt16(0))
        request.append(PrivateNetwork.index)
        request.append(UInt16(NUD_PERMANENT))
        request.append(UInt16(0))
        request.append(CInt(NDA_DST), other.networkBytes)
        request.append(CInt(NDA_LLADDR), hardware.bytes)
        try request.perform()
    }
}
