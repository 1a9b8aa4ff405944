import Kernel
import Model
import Testbed

/// What a trial with few sockets stands on: a private pair of namespaces under the settings of an arm.
///
/// A socket belongs to the namespace in which it was opened, whoever uses it afterwards; so a trial opens its sockets on
/// either side, and then is one thread that knows what happens when.
struct TrialGround: Sendable {
    let network: PrivateNetwork
    static let port: UInt16 = 7000

    /// Where the server of a trial listens.
    static func server(_ family: InternetFamily) -> SocketAddress {
        SocketAddress(PrivateNetwork.address(.server, 0, family), port: port)
    }

    var family: InternetFamily { network.family }
    var server: SocketAddress { Self.server(family) }

    /// An end at the client's address.
    func client(_ port: UInt16) -> SocketAddress {
        SocketAddress(network.address(.client, 0), port: port)
    }

    /// - Parameter isHasty: a SYN that is not answered is sent once more after 1 s, and given up after 3 s.
    static func make(_ arm: Arm, isHasty: Bool = false) throws(KernelError) -> TrialGround {
        let network = try PrivateNetwork.make(family: arm.family)
        for side in PrivateNetwork.Side.allCases {
            try network.run(in: side) { () throws(KernelError) in
                if isHasty { try hasten() }
                try apply(arm)
            }
        }
        return TrialGround(network: network)
    }

    /// In the namespace of the calling thread.
    static func hasten() throws(KernelError) {
        try set("net.ipv4.tcp_syn_retries", "1")
        // Since 6.5 the first SYNs go out a second apart, beyond those retries.
        do throws(KernelError) { try set("net.ipv4.tcp_syn_linear_timeouts", "0") } catch {
            guard error.isAbsent else { throw error }
        }
    }

    private static func set(_ name: String, _ value: String) throws(KernelError) {
        guard let key = SysctlKey(name) else { return }
        try SysctlWriter.open().write(value, to: key)
    }

    /// In the namespace of the calling thread.
    static func apply(_ arm: Arm) throws(KernelError) {
        let writer = try SysctlWriter.open()
        for setting in arm.settings { try writer.write(setting.value, to: setting.key) }
    }

    /// Opens sockets on a side.
    func open(_ side: PrivateNetwork.Side, count: Int = 1) throws(KernelError) -> [TCPSocket] {
        try network.run(in: side) { [family] () throws(KernelError) in
            try Self.open(count, family)
        }
    }

    /// Opens sockets in the namespace of the calling thread.
    static func open(_ count: Int, _ family: InternetFamily) throws(KernelError) -> [TCPSocket] {
        var sockets: [TCPSocket] = []
        for _ in 0..<count {
            let descriptor = TCPSocket.open(isIPv6: family == .v6)
            guard descriptor >= 0 else {
                for socket in sockets { socket.close() }
                throw KernelError("open", "a socket", code: -descriptor)
            }
            sockets.append(TCPSocket(descriptor: descriptor))
        }
        return sockets
    }

    /// A socket that listens at ``server``.
    func listen(backlog: Int32) throws(KernelError) -> TCPSocket {
        try network.run(in: .server) { [family] () throws(KernelError) in
            try Self.listen(backlog: backlog, family)
        }
    }

    /// In the namespace of the calling thread, which has the server's address.
    static func listen(
        backlog: Int32, _ family: InternetFamily
    ) throws(KernelError) -> TCPSocket {
        let server = Self.server(family)
        let sockets = try open(1, family)
        let listener = sockets[0]
        for code in [
            listener.allowPortReuse(), listener.bind(to: server), listener.listen(backlog: backlog),
        ] where code < 0 {
            listener.close()
            throw KernelError("listen at", "\(server)", code: -code)
        }
        return listener
    }

    func counters(_ side: PrivateNetwork.Side) throws(KernelError) -> Counters {
        try network.run(in: side) { Self.counters() }
    }

    /// The counters of the namespace of the calling thread.
    static func counters() -> Counters { CounterFiles.read(root: .host).0 }

    /// Looks again and again until it is so, or the time is over.
    ///
    /// - Returns: whether it is so.
    static func wait(
        seconds: Double, every milliseconds: UInt32 = 5, _ stop: StopSign,
        until isSo: () throws(KernelError) -> Bool
    ) throws(KernelError) -> Bool {
        let end = LoadClock.now + Int64(seconds * 1e9)
        while true {
            if try isSo() { return true }
            if LoadClock.now >= end || stop.isSet { return false }
            LoadClock.rest(milliseconds: milliseconds)
        }
    }
}
