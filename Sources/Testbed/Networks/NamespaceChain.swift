import Kernel

/// Client, middle and server, each in a network namespace; the middle one has a link to either.
///
/// Nothing names them but this process's descriptors, as with ``PrivateNetwork``.
package struct NamespaceChain: ~Copyable, Sendable {
    package enum Place: Sendable, Hashable, CaseIterable { case client, middle, server }

    private let client: FileDescriptor
    private let middle: FileDescriptor
    private let server: FileDescriptor

    /// The middle's links, by their indices; that of a side has ``PrivateNetwork/index``.
    static let links = (toClient: PrivateNetwork.index, toServer: PrivateNetwork.index + 1)

    /// Makes them, with their links down, and leaves the calling thread in the middle.
    ///
    /// ``PrivateNetwork/make(link:family:clientAddresses:serverAddresses:)`` must have been possible before.
    static func make() throws(KernelError) -> NamespaceChain {
        let client = try PrivateNetwork.newNamespace()
        try PrivateNetwork.raiseLoopback()
        let server = try PrivateNetwork.newNamespace()
        try PrivateNetwork.raiseLoopback()
        let middle = try PrivateNetwork.newNamespace()
        try PrivateNetwork.raiseLoopback()
        try PrivateNetwork.makePair(
            peerIn: client.number, named: "toclient", index: links.toClient)
        try PrivateNetwork.makePair(
            peerIn: server.number, named: "toserver", index: links.toServer)
        return NamespaceChain(client: client, middle: middle, server: server)
    }

    /// The descriptor of one of them; open as long as this is there.
    func descriptor(_ place: Place) -> CInt {
        switch place {
        case .client: client.number
        case .middle: middle.number
        case .server: server.number
        }
    }

    /// Moves the calling thread into one of them.
    func enter(_ place: Place) throws(KernelError) {
        try PrivateNetwork.enter(descriptor(place))
    }

    /// Waits until all four ends of the links, raised before, carry what is sent; ends in the middle.
    func awaitLinks() throws(KernelError) {
        for side in [Place.client, .server] {
            try enter(side)
            try LinkReadiness.await(link: PrivateNetwork.index)
        }
        try enter(.middle)
        try LinkReadiness.await(link: Self.links.toClient)
        try LinkReadiness.await(link: Self.links.toServer)
    }
}
