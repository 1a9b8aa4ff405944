import Kernel
import Testbed

/// The way that bytes of a request and its response take over a connection: as they are, or through TLS.
final class TraceChannel {
    let socket: TCPSocket
    let clock: TraceClock
    /// When time is up.
    let deadline: Double
    /// Nil where the bytes go as they are.
    let engine: TLSEngine?
    /// Bytes of TLS that the socket had no room for yet.
    private var unsent: [UInt8] = []
    private var ciphered = [UInt8](repeating: 0, count: 65_536)
    private var arrived: Int64?
    /// When each part of TLS was read (on the clock of ``LoadClock``), and when it had come.
    private var arrivals: [(read: Int64, came: Double)] = []
    private static let mostArrivals = 512
    /// What came first of all: it tells a server of another kind.
    private(set) var firstBytes: [UInt8] = []
    /// When the server's close_notify was read; nil where none was.
    private(set) var closeNotified: Double?
    /// When this side's was sent.
    private(set) var closeNotifySent: Double?
    /// Whether the handshake came to its end.
    private(set) var isOpen = false

    private static let mostFirstBytes = Greeting.mostBytes

    init(socket: TCPSocket, clock: TraceClock, deadline: Double, engine: TLSEngine?) {
        self.socket = socket
        self.clock = clock
        self.deadline = deadline
        self.engine = engine
    }

    /// What an attempt to read gives.
    enum Reading: Hashable {
        /// So many bytes, and when the last of them had reached this host (CLOCK_REALTIME, in nanoseconds).
        case bytes(Int, arrived: Int64?)
        /// Nothing is there to be read.
        case waits
        /// The server's FIN.
        case ended
        /// The server's close_notify: TLS has ended, the connection not yet.
        case notified
        /// The errno.
        case failed(Int32)
        case broken(TLSFailure)
    }

    // MARK: the handshake

    enum Handshake: Hashable {
        case done, timedOut
        case ended(Double)
        case reset(Double)
        /// The errno's name.
        case failed(String)
        case broken(TLSFailure)
    }

    /// Makes the handshake of TLS.
    func shakeHands() throws(KernelError) -> Handshake {
        guard let engine else { return .done }
        let events = try EventSet.open()
        _ = events.add(socket, token: 0, writable: true)
        while true {
            let progress = engine.shakeHands()
            // What the server said before it went is worth more than that nothing can be sent to it any more.
            let unsendable = flush()
            switch progress {
            case .done where unsent.isEmpty:
                isOpen = true
                return .done
            case .failed(let failure): return .broken(failure)
            case .done, .waits: break
            }
            guard clock.now < deadline else { return .timedOut }
            switch takeCiphered() {
            case .bytes: continue
            case .ended: return .ended(clock.now)
            case .failed(let code): return Self.handshake(failed: code, at: clock.now)
            case .waits, .notified, .broken: break
            }
            if unsendable < 0 { return Self.handshake(failed: -unsendable, at: clock.now) }
            _ = events.wait(nanoseconds: clock.nanoseconds(until: deadline))
        }
    }

    private static func handshake(failed code: Int32, at time: Double) -> Handshake {
        [TCPSocket.wasReset, TCPSocket.brokenPipe].contains(code)
            ? .reset(time) : .failed(SocketErrno.name(code))
    }

    // MARK: sending

    /// Sends bytes of a range; how many were taken, or the errno below zero.
    func send(_ bytes: [UInt8], from start: Int, to end: Int) -> Int {
        guard let engine else { return socket.send(bytes, from: start, to: end) }
        if !unsent.isEmpty {
            let code = flush()
            guard code == 0 else { return Int(code) }
            guard unsent.isEmpty else { return Int(TCPSocket.wouldBlock) }
        }
        // A renegotiation may have to come first.
        guard engine.write(Array(bytes[start..<end]), from: 0) == .done else {
            return Int(TCPSocket.wouldBlock)
        }
        let code = flush()
        return code == 0 ? end - start : Int(code)
    }

    /// Whether all that was sent has gone to the kernel.
    var hasSentAll: Bool { unsent.isEmpty }

    /// Hands the kernel what TLS wants to send, as far as it takes it; 0, or the errno below zero.
    ///
    /// - Parameter isJoined: whether the last of it goes with the FIN that follows.
    func flush(isJoined: Bool = false) -> Int32 {
        engine?.give(to: &unsent)
        var sent = 0
        defer { unsent.removeFirst(sent) }
        while sent < unsent.count {
            let count = socket.send(
                unsent, from: sent, to: unsent.count, isJoined: isJoined)
            guard count >= 0 else {
                return count == Int(TCPSocket.wouldBlock) ? 0 : Int32(count)
            }
            sent += count
        }
        return 0
    }

    // MARK: reading

    /// Reads what the server's program sent.
    ///
    /// A server whose bytes are never any of its program's is not heard beyond the deadline.
    func receive(into room: inout [UInt8], atMost most: Int) -> Reading {
        guard let engine else {
            let (count, arrived) = socket.receiveStamped(into: &room, atMost: most)
            return Self.reading(count, arrived)
        }
        var lateReads = 0
        while true {
            let reading = engine.read(into: &room, atMost: most)
            _ = flush()
            switch reading {
            case .bytes(let count): return .bytes(count, arrived: arrived)
            case .closed:
                closeNotified = closeNotified ?? clock.now
                return .notified
            case .failed(let failure): return .broken(failure)
            case .waits: break
            }
            let came = takeCiphered()
            guard case .bytes = came else { return came }
            if clock.now >= deadline { lateReads += 1 }
            guard lateReads <= Conversation.mostLateReads else { return .waits }
        }
    }

    /// Reads whatever comes, to be thrown away; what it is to TLS is noted.
    func receiveAnything(into room: inout [UInt8]) -> Reading {
        guard let engine else {
            let count = socket.receive(into: &room)
            return Self.reading(count, nil)
        }
        let came = takeCiphered()
        while true {
            switch engine.read(into: &room, atMost: room.count) {
            case .bytes: continue
            case .closed: closeNotified = closeNotified ?? clock.now
            case .waits, .failed: break
            }
            return came
        }
    }

    private static func reading(_ count: Int, _ arrived: Int64?) -> Reading {
        switch count {
        case 1...: .bytes(count, arrived: arrived)
        case 0: .ended
        case Int(TCPSocket.wouldBlock): .waits
        default: .failed(Int32(-count))
        }
    }

    /// When what was read last before that time had reached this host; nil where the kernel did not note it.
    func arrival(ofReadBefore time: Int64) -> Double? {
        arrivals.last { $0.read <= time }.map(\.came)
    }

    private func takeCiphered() -> Reading {
        let (count, arrived) = socket.receiveStamped(into: &ciphered, atMost: ciphered.count)
        if count > 0 {
            self.arrived = arrived
            let now = LoadClock.now
            if arrivals.count < Self.mostArrivals,
                let came = clock.arrival(arrived, readAt: clock.seconds(at: now))
            {
                arrivals.append((now, came))
            }
            let room = Self.mostFirstBytes - firstBytes.count
            firstBytes += ciphered.prefix(min(count, max(room, 0)))
            engine?.take(ciphered, count: count)
        }
        return Self.reading(count, arrived)
    }

    // MARK: the end

    /// Sends a close_notify, once.
    ///
    /// - Parameter isJoined: whether it goes in one segment with the FIN: a server that closes at the first of the two would
    ///   otherwise send the first FIN now and then, depending on how long this program is kept from running between them.
    func sayClose(isJoined: Bool) {
        guard let engine, isOpen, closeNotifySent == nil else { return }
        engine.sayClose()
        let code = flush(isJoined: isJoined)
        if code == 0, unsent.isEmpty { closeNotifySent = clock.now }
    }

    /// Marks the session as one that came to its end, so that it can be resumed; where the server has closed nobody would read a
    /// close_notify.
    func endSession() {
        guard isOpen, closeNotifySent == nil else { return }
        engine?.sayClose()
    }

    /// After this side's FIN: reads what TLS of the server still says, until its FIN or so many seconds.
    ///
    /// A close_notify in answer that met a closed socket would be answered with a reset
    /// (`net/ipv4/tcp_input.c:tcp_rcv_state_process`).
    func hearOut(seconds: Double) {
        guard engine != nil, isOpen, let events = try? EventSet.open() else { return }
        _ = events.add(socket, token: 0)
        let until = clock.now + seconds
        var room = [UInt8](repeating: 0, count: 16_384)
        while clock.now < until {
            switch receiveAnything(into: &room) {
            case .bytes: continue
            case .waits: _ = events.wait(nanoseconds: clock.nanoseconds(until: until))
            case .ended, .notified, .failed, .broken: return
            }
        }
    }
}
