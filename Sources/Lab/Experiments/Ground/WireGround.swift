import Kernel
import Model
import Testbed

/// What a trial on a wire stands on: a client and a server under the settings of an arm, and each segment between them seen.
///
/// The trial is one thread that knows what happens when. It takes its next step when it has seen the one before
/// (``sees(_:until:)``), so that nothing depends on how fast the machine is.
struct WireGround: Sendable {
    let wire: Wire
    let stop: StopSign
    private let sockets: HeldSockets

    var family: InternetFamily { wire.family }
    var server: SocketAddress { SocketAddress(Wire.address(.server, family), port: 7000) }
    /// For what is to happen, however loaded the machine is.
    static let patience = 15.0

    func client(_ port: UInt16) -> SocketAddress {
        SocketAddress(Wire.address(.client, family), port: port)
    }

    /// Lays a wire between two sides with the settings of an arm, and runs the body beside it.
    ///
    /// Its trial is given the exchange that the wire saw.
    static func run(
        _ arm: Arm, _ conditions: TrialConditions,
        _ body: (WireGround) throws(KernelError) -> Trial
    ) throws(KernelError) -> Trial {
        try Wire.run(arm.family) { (wire) throws(KernelError) in
            let ground = WireGround(wire: wire, stop: conditions.stop, sockets: HeldSockets())
            // What is still open is closed when all has been seen.
            defer {
                conditions.capture?.set(wire.record)
                ground.sockets.close()
            }
            try ground.apply(arm)
            var trial = try body(ground)
            trial.exchange = wire.record.exchange()
            return trial
        }
    }

    /// Writes an arm's settings on both sides.
    private func apply(_ arm: Arm) throws(KernelError) {
        guard !arm.settings.isEmpty else { return }
        for side in PrivateNetwork.Side.allCases {
            try wire.run(in: side) { () throws(KernelError) in try TrialGround.apply(arm) }
        }
    }

    /// Writes a setting on one side; what this kernel does not have is left out.
    func setWherePossible(
        _ name: String, _ value: String, at side: PrivateNetwork.Side
    ) throws(KernelError) {
        let arm = Arm("", .variant, settings: [.setting(name, value)])
        do throws(KernelError) {
            try wire.run(in: side) { () throws(KernelError) in try TrialGround.apply(arm) }
        } catch {
            guard error.isAbsent else { throw error }
        }
    }

    // MARK: sockets

    // A socket is closed by the ground alone: at the latest when the trial is over.

    /// A socket that listens at ``server``.
    func listen(backlog: Int32 = 16) throws(KernelError) -> TCPSocket {
        let listener = try open(.server)
        for code in [
            listener.allowPortReuse(), listener.bind(to: server),
            listener.listen(backlog: backlog),
        ] where code < 0 {
            throw KernelError("listen at", "the server", code: -code)
        }
        return listener
    }

    /// Begins a connection to ``server`` from a port.
    ///
    /// The port may be one on which an old connection waits (SO_REUSEADDR).
    func connect(
        from port: UInt16, _ prepare: (TCPSocket) -> Int32 = { _ in 0 }
    ) throws(KernelError) -> TCPSocket {
        let socket = try bound(.client, to: client(port))
        for code in [prepare(socket), socket.connect(to: server)]
        where code < 0 && code != TCPSocket.inProgress {
            throw KernelError("connect from", "port \(port)", code: -code)
        }
        return socket
    }

    /// A socket of a side that holds a port, even one on which an old connection waits.
    func bound(
        _ side: PrivateNetwork.Side, to address: SocketAddress
    ) throws(KernelError) -> TCPSocket {
        let socket = try open(side)
        for code in [socket.allowPortReuse(), socket.bind(to: address)] where code < 0 {
            throw KernelError("bind", "\(address)", code: -code)
        }
        return socket
    }

    /// A socket of a side.
    func open(_ side: PrivateNetwork.Side) throws(KernelError) -> TCPSocket {
        let socket = try wire.run(in: side) { [family] () throws(KernelError) in
            try TrialGround.open(1, family)[0]
        }
        sockets.hold(socket)
        return socket
    }

    /// The next connection of a listener; nil where none came in time.
    func accept(
        at listener: TCPSocket, seconds: Double = patience
    ) throws(KernelError) -> TCPSocket? {
        var accepted: TCPSocket?
        _ = try TrialGround.wait(seconds: seconds, every: 1, stop) {
            let descriptor = listener.accept()
            if descriptor >= 0 { accepted = TCPSocket(descriptor: descriptor) }
            return accepted != nil
        }
        if let accepted { sockets.hold(accepted) }
        return accepted
    }

    /// close(2).
    func close(_ socket: TCPSocket) {
        if sockets.letGo(socket) { socket.close() }
    }

    /// Closes with a reset.
    func reset(_ socket: TCPSocket) {
        if sockets.letGo(socket) { socket.reset() }
    }

    /// Both ends of a connection.
    struct Ends: Sendable {
        let client: TCPSocket
        let server: TCPSocket
        let port: UInt16
    }

    /// Opens a connection from a port, and waits until both sides have it.
    func open(from port: UInt16, at listener: TCPSocket) throws(KernelError) -> Ends {
        let client = try connect(from: port)
        guard let server = try accept(at: listener) else {
            throw KernelError("open", "a connection", code: TCPSocket.timedOut)
        }
        return Ends(client: client, server: server, port: port)
    }

    /// How reading from a socket came to an end.
    enum End: Sendable, Hashable {
        /// The other side sends no more.
        case closed
        /// With the errno.
        case failed(Int32)
        /// Nothing more came in time, or as many bytes as were waited for.
        case open
    }

    /// Reads until the other side has closed, an error, so many bytes, or the time is over.
    func read(
        _ socket: TCPSocket, atMost most: Int = .max, seconds: Double = patience
    ) throws(KernelError) -> (bytes: [UInt8], end: End) {
        var bytes: [UInt8] = []
        var end = End.open
        var room = [UInt8](repeating: 0, count: 4096)
        _ = try TrialGround.wait(seconds: seconds, every: 1, stop) {
            while bytes.count < most {
                let count = socket.receive(into: &room)
                guard count > 0 else {
                    if count == Int(TCPSocket.wouldBlock) { return false }
                    end = count == 0 ? .closed : .failed(Int32(0 - count))
                    return true
                }
                bytes += room.prefix(count)
            }
            return true
        }
        return (bytes, end)
    }

    /// Sends bytes that the socket has room for; the errno, or 0.
    func send(_ text: String, by socket: TCPSocket) -> Int32 {
        let bytes = Array(text.utf8)
        let count = socket.send(bytes, from: 0, to: bytes.count)
        return count < 0 ? Int32(0 - count) : 0
    }

    // MARK: what is seen

    var record: WireRecord { wire.record }

    /// Waits until the record is so.
    ///
    /// - Returns: false where that did not come in time.
    func sees(
        seconds: Double = patience, until isSo: (WireRecord) -> Bool
    ) throws(KernelError) -> Bool {
        try wire.wait(seconds: seconds, { stop.isSet }, until: isSo)
    }

    /// Waits until a side's socket is in a state; nil for gone.
    ///
    /// - Returns: false where that did not come in time.
    func sees(
        _ side: PrivateNetwork.Side, in state: TCPState?, client port: UInt16,
        seconds: Double = patience
    ) throws(KernelError) -> Bool {
        try sees(seconds: seconds) {
            let states = $0.states(of: side, client: port)
            return states.last == .some(state) && !states.isEmpty
        }
    }

    /// Waits for what must be, or there is nothing to measure: the trial is void without it.
    func require(
        _ side: PrivateNetwork.Side, in state: TCPState?, client port: UInt16
    ) throws(KernelError) {
        guard try sees(side, in: state, client: port) else {
            throw KernelError(
                "see", "the \(side) in \(state?.name ?? TCPState.close.name)",
                code: TCPSocket.timedOut)
        }
    }

    /// Waits until nothing is under way.
    func settle() throws(KernelError) { try wire.settle { stop.isSet } }

    /// A side's own end of a connection, and the other.
    func ends(
        _ side: PrivateNetwork.Side, client port: UInt16
    ) -> (here: SocketAddress, there: SocketAddress) {
        side == .client ? (client(port), server) : (server, client(port))
    }

    /// What the kernel says of a side's socket now; nil where there is none.
    func row(
        _ side: PrivateNetwork.Side, client port: UInt16
    ) throws(KernelError) -> SocketRow? {
        let (here, there) = ends(side, client: port)
        return try wire.run(in: side) { () throws(KernelError) in
            try SocketLookup.open().row(from: here, to: there)
        }
    }
}
