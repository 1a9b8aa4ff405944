import Kernel

/// Answers, one question at a time, who holds which sockets.
///
/// Who asks is looked at by the user that connected, and can ask for nothing else. What it may take of the processor is a
/// share: a busy agent, or one that somebody took over, waits.
struct OwnersService: ~Copyable {
    private let listener: PacketSocket
    private let user: UInt32?
    private let signals: HeldSignals
    private var connections: [Connection] = []
    /// Until when nobody is read from, by `BootClock`.
    private var resting = -Double.infinity
    private var nextWord = -Double.infinity
    private var nextComplaint = -Double.infinity

    /// So many are connected at a time: the agent, and another look or two.
    private static let mostConnections = 4
    /// After an answer it rests so many times as long as that took: a fifth of a processor at most.
    private static let restFactor = 4.0
    private static let longestRest = 1.0
    /// Seconds that whoever asked may take to read an answer.
    private static let patience = 1.0
    /// Seconds between two complaints about users who may not ask.
    private static let betweenComplaints = 60.0

    private final class Connection {
        let socket: PacketSocket

        init(_ socket: consuming PacketSocket) { self.socket = socket }
    }

    init(_ listener: consuming PacketSocket, user: UInt32?, _ signals: HeldSignals) {
        self.listener = listener
        self.user = user
        self.signals = signals
    }

    /// Comes back when a signal asks for the end.
    consuming func run() throws(KernelError) {
        try? ServiceNotice.ready()
        while true {
            sayThatAlive()
            let now = BootClock.now
            let isResting = now < resting
            let asked = isResting ? [] : connections
            let ready = try Waitable.wait(
                for: [signals.waitable, listener.waitable]
                    + asked.map { $0.socket.waitable },
                atMost: min(isResting ? resting - now : .infinity, untilWord))
            if ready[0], let signal = signals.next(), signal != HeldSignals.hangUp { return }
            if ready[1] { accept() }
            // One at a time; it goes to the end of the row, so that nobody who asks without pause keeps the others waiting.
            for (connection, isReady) in zip(asked, ready.dropFirst(2)) where isReady {
                connections.removeAll { $0 === connection }
                if answer(connection) { connections.append(connection) }
                break
            }
        }
    }

    private var untilWord: Double {
        ServiceNotice.watchdog == nil ? 3600 : max(nextWord - BootClock.now, 0)
    }

    private mutating func sayThatAlive() {
        guard let watchdog = ServiceNotice.watchdog, BootClock.now >= nextWord else { return }
        try? ServiceNotice.tell(["WATCHDOG=1"])
        nextWord = BootClock.now + watchdog / 3
    }

    private mutating func accept() {
        let accepted: PacketSocket?
        do throws(KernelError) { accepted = try listener.accept() } catch {
            complain(error.description)
            return
        }
        guard let socket = consume accepted else { return }
        guard let peer = socket.peerUser, peer == 0 || peer == user else {
            return complain("refused a connection of another user than may ask")
        }
        // The one that has been here longest asked last, or has been forgotten.
        if connections.count >= Self.mostConnections { connections.removeFirst() }
        connections.append(Connection(socket))
    }

    private mutating func complain(_ text: String) {
        guard BootClock.now >= nextComplaint else { return }
        nextComplaint = BootClock.now + Self.betweenComplaints
        OwnersProgram.say(text)
    }

    /// Whether it stays connected.
    private mutating func answer(_ connection: Connection) -> Bool {
        let began = ProcessClock.used
        do throws(KernelError) {
            switch try connection.socket.receive(limit: OwnersRequest.largestBytes) {
            case .nothing: return true
            case .end: return false
            case .packet(let bytes):
                guard let request = OwnersRequest(bytes) else { return false }
                let reply = OwnersReply(to: request, root: .host)
                resting =
                    BootClock.now
                    + min((ProcessClock.used - began) * Self.restFactor, Self.longestRest)
                return try Self.send(OwnersPart.packets(of: reply), on: connection)
            }
        } catch {
            return false
        }
    }

    private static func send(
        _ packets: [[UInt8]], on connection: Connection
    ) throws(KernelError) -> Bool {
        let deadline = BootClock.now + patience
        for packet in packets {
            while try !connection.socket.send(packet) {
                let left = deadline - BootClock.now
                guard left > 0 else { return false }
                _ = try Waitable.wait(for: [connection.socket.writable], atMost: left)
            }
        }
        return true
    }
}
