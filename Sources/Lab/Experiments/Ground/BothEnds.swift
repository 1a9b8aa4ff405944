import Kernel
import Model
import Testbed

/// Both ends of connections that one thread makes one after another, so that their number and order are exact.
///
/// The kernel takes a segment over a veth pair, and the answer to it, within the system call that sent it, so that there is
/// mostly nothing to wait for.
struct BothEnds: Sendable {
    /// Between which addresses.
    enum Path: Sendable { case veth, loopback }

    static let port: UInt16 = 7777
    /// What a wait may take, on a machine that has much else to do.
    private static let patience: Int32 = 5000

    let network: PrivateNetwork
    let destinations: [SocketAddress]
    private let listener: TCPSocket

    /// Makes private namespaces with a server, and runs the body in that of the client.
    ///
    /// - Parameters:
    ///   - ground: settings of both sides, unless the arm has others.
    ///   - destinations: addresses of the server.
    static func run<Success: Sendable>(
        _ arm: Arm, ground: [LoadPlan.Assignment], destinations: Int = 1, over path: Path = .veth,
        _ body: @escaping @Sendable (BothEnds) throws(KernelError) -> Success
    ) throws(Refusal) -> Success {
        do throws(KernelError) {
            let network = try PrivateNetwork.make(
                family: arm.family, serverAddresses: destinations)
            for side in PrivateNetwork.Side.allCases {
                try network.run(in: side) { () throws(KernelError) in
                    try Self.write(ground + arm.settings)
                }
            }
            let family = arm.family
            let listener = try network.run(in: path == .veth ? .server : .client) {
                () throws(KernelError) in try Self.listen(family)
            }
            defer { listener.close() }
            let addresses = (0..<destinations).map { number in
                SocketAddress(
                    path == .veth
                        ? network.address(.server, number)
                        : PrivateNetwork.loopback(.server, number, family), port: Self.port)
            }
            let ends = BothEnds(network: network, destinations: addresses, listener: listener)
            return try network.run(in: .client) { () throws(KernelError) in try body(ends) }
        } catch {
            var reason = Refusal(error)
            // A setting or an option that this kernel does not have.
            if error.isAbsent || error.code == SocketErrno.noOption { reason.kind = .unavailable }
            throw reason
        }
    }

    private static func write(_ settings: [LoadPlan.Assignment]) throws(KernelError) {
        let writer = try SysctlWriter.open()
        for setting in settings { try writer.write(setting.value, to: setting.key) }
    }

    private static func listen(_ family: InternetFamily) throws(KernelError) -> TCPSocket {
        func check(_ result: Int32, _ operation: String) throws(KernelError) {
            guard result < 0 else { return }
            throw KernelError(operation, "the server's socket", code: 0 &- result)
        }
        let number = TCPSocket.open(isIPv6: family == .v6)
        try check(number, "open")
        let listener = TCPSocket(descriptor: number)
        try check(listener.allowPortReuse(), "set up")
        try check(listener.bind(to: SocketAddress(family.unspecified, port: port)), "bind")
        try check(listener.listen(backlog: 64), "listen on")
        return listener
    }

    /// An end at the client's address; 0 for a port that the kernel chooses.
    func client(_ port: UInt16) -> SocketAddress {
        SocketAddress(network.address(.client, 0), port: port)
    }

    // MARK: connections

    /// A connection that is open.
    struct Connection: Sendable {
        let client: TCPSocket
        let server: TCPSocket
        /// What connect() used of a processor, the kernel's work on both ends with it.
        let connectNanoseconds: Int64
    }

    enum Outcome: Sendable {
        case open(Connection)
        /// By an errno, of bind() or connect().
        case failed(Int32)
    }

    /// Opens a connection.
    ///
    /// - Parameter prepare: called before connect(); an errno below zero, or 0.
    func connect(to index: Int = 0, prepare: (TCPSocket) -> Int32 = { _ in 0 }) -> Outcome {
        let number = TCPSocket.open(isIPv6: network.family == .v6)
        guard number >= 0 else { return .failed(0 - number) }
        let client = TCPSocket(descriptor: number)
        let prepared = prepare(client)
        guard prepared == 0 else {
            client.close()
            return .failed(0 - prepared)
        }
        let start = LoadClock.usedByThread
        let result = client.connect(to: destinations[index])
        let used = LoadClock.usedByThread - start
        guard result == 0 || result == TCPSocket.inProgress else {
            client.close()
            return .failed(0 - result)
        }
        var accepted = listener.accept()
        while accepted == TCPSocket.wouldBlock, listener.awaitInput(milliseconds: Self.patience) {
            accepted = listener.accept()
        }
        guard accepted >= 0 else {
            let error = client.takeError()
            client.close()
            return .failed(error == 0 ? 0 - accepted : error)
        }
        return .open(
            Connection(
                client: client, server: TCPSocket(descriptor: accepted), connectNanoseconds: used))
    }

    /// Who closes a connection first.
    enum First: Sendable { case client, server }

    /// Closes one end, and the other when it has heard of it.
    func close(_ connection: Connection, first: First) {
        let (one, other) =
            first == .client
            ? (connection.client, connection.server) : (connection.server, connection.client)
        one.close()
        _ = Self.drain(other, room: 256)
        other.close()
    }

    /// What came before the end of a connection.
    struct Drained: Sendable {
        var bytes = 0
        /// The errno that ended it; 0 where the other side closed.
        var error: Int32 = 0
    }

    /// Reads until the other side has closed, an error, or so many bytes.
    static func drain(
        _ socket: TCPSocket, atMost most: Int = .max, room: Int = 16_384
    ) -> Drained {
        var drained = Drained()
        var buffer = [UInt8](repeating: 0, count: room)
        while drained.bytes < most {
            let count = socket.receive(into: &buffer)
            if count == 0 { return drained }
            if count > 0 {
                drained.bytes += count
            } else if count != Int(TCPSocket.wouldBlock) {
                drained.error = Int32(0 - count)
                return drained
            } else if !socket.awaitInput(milliseconds: patience) {
                drained.error = SocketErrno.timedOut
                return drained
            }
        }
        return drained
    }

    // MARK: what became of them

    /// What is counted at both sides, when the last steps of the last connections are done.
    func totals() throws(KernelError) -> (client: CounterSample, server: CounterSample) {
        let ofClient = try NamespaceSampler.open()
        let ofServer = try network.run(in: .server, NamespaceSampler.open)
        let end = LoadClock.now + Int64(Self.patience) * 1_000_000
        while true {
            LoadClock.rest(milliseconds: 10)
            let client = try ofClient.counters()
            let server = try ofServer.counters()
            // All but the listener; on a busy machine a segment may lie in a queue for long.
            let left = (client.inUse ?? 0) + (server.inUse ?? 0)
            if left <= 1 || LoadClock.now >= end { return (client, server) }
        }
    }
}
