import CNetlink
import Glibc
package import Kernel
package import Model

/// Two network namespaces joined by a veth pair, seen by nobody else, gone with the process.
///
/// Nothing names them but this process's descriptors, so kill -9 leaves nothing behind. Loopback would not do for most: there
/// `tcp_tw_reuse = 2` reuses ports, and hides what is to be shown. Where it is asked for, both sides are one namespace.
package final class PrivateNetwork: Sendable {
    package enum Side: Sendable, Hashable, CaseIterable { case client, server }

    /// What joins client and server.
    package enum Link: String, Sendable, Hashable, CaseIterable, Codable {
        case veth
        /// Nothing: one namespace is both sides'. What others measure on one host is measured so.
        case loopback
    }

    package let link: Link
    package let family: InternetFamily
    private let client: FileDescriptor
    private let server: FileDescriptor

    private init(
        _ link: Link, _ family: InternetFamily, client: consuming FileDescriptor,
        server: consuming FileDescriptor
    ) {
        self.link = link
        self.family = family
        self.client = client
        self.server = server
    }

    /// An address of a side.
    package func address(_ side: Side, _ number: Int) -> IPAddress {
        link == .loopback
            ? Self.loopback(side, number, family) : Self.address(side, number, family)
    }

    /// How many addresses a side may have.
    package static let mostAddresses = 1000

    /// Makes them, with so many addresses each.
    ///
    /// Without CAP_SYS_ADMIN the whole process moves into a user namespace of its own first, so it must have one thread.
    package static func make(
        link: Link = .veth, family: InternetFamily = .v4, clientAddresses: Int = 1,
        serverAddresses: Int = 1
    ) throws(KernelError) -> PrivateNetwork {
        do throws(KernelError) {
            return try made(link, family, clientAddresses, serverAddresses)
        } catch {
            guard error.isDenied else { throw error }
            try UserNamespace.enterOwn()
            return try made(link, family, clientAddresses, serverAddresses)
        }
    }

    private static func made(
        _ link: Link, _ family: InternetFamily, _ clientAddresses: Int, _ serverAddresses: Int
    ) throws(KernelError) -> PrivateNetwork {
        try SystemThread.start { () throws(KernelError) -> PrivateNetwork in
            let server = try newNamespace()
            try raiseLoopback()
            if link == .loopback {
                let same = try FileDescriptor.open(NamespaceLink.path("thread-self"))
                return PrivateNetwork(link, family, client: same, server: server)
            }
            let client = try newNamespace()
            try raiseLoopback()
            try makePair(peerIn: server.number)
            try configure(.client, family, count: clientAddresses)
            try enter(server.number)
            try configure(.server, family, count: serverAddresses)
            try LinkReadiness.await(link: index)
            try enter(client.number)
            try LinkReadiness.await(link: index)
            return PrivateNetwork(link, family, client: client, server: server)
        }.join()
    }

    static func newNamespace() throws(KernelError) -> FileDescriptor {
        do throws(KernelError) {
            _ = try systemCall("make", "a network namespace") {
                tcptune_unshare(CInt(TCPTUNE_CLONE_NEWNET))
            }
        } catch {
            var error = error
            if error.isOverLimit {
                error.detail = "raise the limit, sysctl user.max_net_namespaces"
            }
            throw error
        }
        return try FileDescriptor.open(NamespaceLink.path("thread-self"))
    }

    static func enter(_ namespace: CInt) throws(KernelError) {
        _ = try systemCall("enter", "a network namespace") {
            tcptune_setns(namespace, CInt(TCPTUNE_CLONE_NEWNET))
        }
    }

    /// lo is always the first interface of a namespace.
    static func raiseLoopback() throws(KernelError) {
        var request = RouteRequest("lo up", kind: CInt(RTM_NEWLINK))
        request.appendLink(index: 1, up: true)
        try request.perform()
    }

    /// Its index in its own namespace: the same on both sides, so that no reply must be read for it.
    static let index: Int32 = 2

    /// - Parameter name: of the end that stays here.
    static func makePair(
        peerIn namespace: CInt, named name: String = "load", index: Int32 = index
    ) throws(KernelError) {
        var request = RouteRequest("a veth pair", kind: CInt(RTM_NEWLINK), creates: true)
        request.appendLink(index: index, up: false)
        request.append(CInt(IFLA_IFNAME), text: name)
        request.nest(CInt(IFLA_LINKINFO)) { info in
            info.append(CInt(IFLA_INFO_KIND), text: "veth")
            info.nest(CInt(IFLA_INFO_DATA)) { data in
                data.nest(CInt(VETH_INFO_PEER)) { peer in
                    peer.appendLink(index: Self.index, up: false)
                    peer.append(CInt(IFLA_IFNAME), text: "load")
                    let number = UInt32(bitPattern: namespace)
                    peer.append(
                        CInt(IFLA_NET_NS_FD),
                        (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) })
                }
            }
        }
        do throws(KernelError) { try request.perform() } catch {
            var error = error
            if error.code == EOPNOTSUPP {
                error.detail = "this kernel has no veth; load the module veth"
            }
            throw error
        }
    }

    private static func configure(
        _ side: Side, _ family: InternetFamily, count: Int
    ) throws(KernelError) {
        try raise(index)
        for number in 0..<max(count, 1) {
            try add(address(side, number, family), prefix: prefix(family), to: index)
        }
    }

    /// One end cannot be raised while it is made: it has no peer yet (drivers/net/veth.c:veth_open).
    static func raise(_ index: Int32) throws(KernelError) {
        var request = RouteRequest("load up", kind: CInt(RTM_NEWLINK))
        request.appendLink(index: index, up: true)
        try request.perform()
    }

    /// Starts a thread inside one of them.
    func start<Success: Sendable>(
        in side: Side, ownDescriptors: Bool = false,
        _ body: @escaping @Sendable () throws(KernelError) -> Success
    ) throws(KernelError) -> SystemThread<Success> {
        let number = side == .client ? client.number : server.number
        return try SystemThread.start(ownDescriptors: ownDescriptors) {
            [self] () throws(KernelError) in
            // Held, so that the descriptor stays open until the thread is inside.
            try withExtendedLifetime(self) { () throws(KernelError) in try Self.enter(number) }
            return try body()
        }
    }

    /// Runs the body on a thread inside one of them, and waits for it.
    package func run<Success: Sendable>(
        in side: Side, _ body: @escaping @Sendable () throws(KernelError) -> Success
    ) throws(KernelError) -> Success {
        try start(in: side, body).join()
    }
}
