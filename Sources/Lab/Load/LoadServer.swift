import Kernel
import Model
import Testbed

/// The server of an own pair: accepts, reads a request, answers, closes as it is told.
struct LoadServer: ~Copyable {
    /// What it did.
    struct Record: Sendable {
        var accepted = 0
        var answered = 0
        /// By the errno's name; resets by the client are no error where it closes so.
        var errors: [String: Int] = [:]
        var cpuNanoseconds: Int64 = 0
        /// Nil where this kernel does not tell.
        var scheduled: ThreadSchedstat?

        /// Adds what another thread did.
        mutating func add(_ other: Record) {
            accepted += other.accepted
            answered += other.answered
            errors.merge(other.errors, uniquingKeysWith: +)
            cpuNanoseconds += other.cpuNanoseconds
            scheduled = other.scheduled.map { $0 + (scheduled ?? ThreadSchedstat()) }
        }
    }

    private struct Peer {
        /// Bytes of the request that have not come.
        var left: Int32
        var answered: Int32 = 0
        /// Bytes of the response that are sent; as many as it has where none is under way.
        var sent: Int32
    }

    /// A connection that has its last answer, and whose client is about to close it.
    private struct Leaving {
        let socket: TCPSocket
        let since: Int64
    }

    static let port: UInt16 = 7777
    private static let stopToken: UInt64 = .max
    /// Between them it looks whether there is anything else.
    private static let acceptsAtOnce = 1
    /// Nanoseconds that a client has to close before it is waited for as others are.
    private static let patience: Int64 = 5_000_000
    private static let mostLeaving = 1024
    /// Nanoseconds between connections below which the next one comes soon.
    private static let busyGap: Int64 = 500_000

    private let plan: LoadPlan
    private let requestCount: Int32
    private let response: [UInt8]
    private let events: EventSet
    private let listener: TCPSocket
    /// By descriptor.
    private var peers: [Peer]
    private var buffer = [UInt8](repeating: 0, count: 65536)
    private var record = Record()
    /// Those that were answered last are looked at when the next ones come: to be told of each would take a system call to
    /// begin with, and a wake-up at the end.
    private var leaving: [Leaving] = []
    private let clientLeavesAtOnce: Bool
    /// Milliseconds.
    private let acceptDelay: UInt32
    private var greetedAt: Int64 = 0
    /// Connections wait that could not be accepted for want of descriptors.
    private var owesAccept = false

    private init(_ plan: LoadPlan, listener: TCPSocket, events: consuming EventSet) {
        self.plan = plan
        self.listener = listener
        self.events = events
        requestCount = Int32(plan.request.count)
        response = plan.response
        // A port that comes again soon must not wait for its old connection's end here.
        clientLeavesAtOnce =
            [.client, .reset].contains(plan.close) && plan.hold == 0 && !plan.bindsPorts
        acceptDelay = UInt32(min(max(plan.acceptDelay, 0), 10) * 1e3)
        leaving.reserveCapacity(Self.mostLeaving)
        peers = []
        peers.reserveCapacity(plan.connections + 64)
    }

    /// Listens on every address of the namespace of the calling thread.
    ///
    /// - Parameters:
    ///   - isShared: others listen beside it.
    ///   - stop: rung when it is to end.
    static func listen(
        _ plan: LoadPlan, isShared: Bool = false, until stop: EventSignal
    ) throws(KernelError) -> LoadServer {
        func check(_ result: Int32, _ operation: String) throws(KernelError) {
            guard result < 0 else { return }
            throw KernelError(operation, "the server's socket", code: 0 &- result)
        }
        let events = try EventSet.open()
        let number = TCPSocket.open(isIPv6: plan.family == .v6)
        try check(number, "open")
        let listener = TCPSocket(descriptor: number)
        try check(listener.allowPortReuse(), "set up")
        if isShared { try check(listener.shareListening(), "set up") }
        if plan.fastOpen { try check(listener.takeFastOpen(queue: plan.backlog), "set up") }
        try check(listener.bind(to: SocketAddress(plan.family.unspecified, port: port)), "bind")
        try check(listener.listen(backlog: plan.backlog), "listen on")
        try check(events.addListener(listener, token: UInt64(number)), "wait for")
        try check(events.add(stop.waitable, token: stopToken), "wait for")
        return LoadServer(plan, listener: listener, events: events)
    }

    /// Serves until it is told to stop.
    mutating func run() -> Record {
        LoadClock.wakePrecisely()
        var isOver = false
        while !isOver {
            let count = events.wait(
                nanoseconds: owesAccept || !leaving.isEmpty ? Self.patience : nil)
            if owesAccept { acceptAll() }
            for index in 0..<count {
                let token = events.token(index)
                let number = Int32(truncatingIfNeeded: token)
                if number == listener.descriptor {
                    acceptAll()
                } else if token == Self.stopToken {
                    isOver = true
                } else {
                    serve(TCPSocket(descriptor: number), hasEnded: events.hasEnded(index))
                }
            }
            if !leaving.isEmpty { closeLeft() }
        }
        record.cpuNanoseconds = LoadClock.usedByThread
        record.scheduled = .own
        return record
    }

    /// Closes the listener, and with it what waits in its queue.
    consuming func close() { listener.close() }

    private mutating func acceptAll() {
        owesAccept = false
        // Told again of those that are left, it need not ask until there are none.
        for _ in 0..<Self.acceptsAtOnce {
            // A program that has so much to do for each connection, and does it alone.
            if acceptDelay > 0 { LoadClock.rest(milliseconds: acceptDelay) }
            let number = listener.accept()
            guard number >= 0 else {
                if number != TCPSocket.wouldBlock {
                    fail(0 &- number)
                    owesAccept = true
                }
                return
            }
            record.accepted += 1
            let fresh = Peer(left: requestCount, sent: Int32(response.count))
            let place = Int(number)
            if place < peers.count {
                peers[place] = fresh
            } else {
                while peers.count <= place { peers.append(fresh) }
            }
            // The request has mostly come with the last step of the handshake.
            greet(TCPSocket(descriptor: number))
        }
    }

    /// Serves a connection that is new, and waits for what comes next.
    private mutating func greet(_ socket: TCPSocket) {
        guard readAll(socket, isNew: true) else { return }
        let peer = peers[Int(socket.descriptor)]
        if clientLeavesAtOnce, isDone(peer), leaving.count < Self.mostLeaving {
            let now = LoadClock.now
            let isBusy = now - greetedAt < Self.busyGap
            greetedAt = now
            if isBusy { return leaving.append(Leaving(socket: socket, since: now)) }
        }
        watch(socket)
    }

    private func isDone(_ peer: Peer) -> Bool {
        peer.answered == plan.requestsPerConnection && peer.sent == response.count
    }

    private mutating func watch(_ socket: TCPSocket) {
        let isWriting = peers[Int(socket.descriptor)].sent < response.count
        if events.add(socket, token: UInt64(socket.descriptor), writable: isWriting) < 0 {
            socket.close()
        }
    }

    /// Closes those that have left by now.
    private mutating func closeLeft() {
        let late = LoadClock.now - Self.patience
        var gone = 0
        for entry in leaving {
            let count = entry.socket.receive(into: &buffer)
            if count == Int(TCPSocket.wouldBlock) {
                // They leave in the order in which they were answered: those behind are still there.
                guard entry.since <= late else { break }
                watch(entry.socket)
            } else {
                if count < 0 { fail(Int32(0 - count)) }
                entry.socket.close()
            }
            gone += 1
        }
        leaving.removeFirst(gone)
    }

    private mutating func serve(_ socket: TCPSocket, hasEnded: Bool) {
        let peer = peers[Int(socket.descriptor)]
        // All is said, and the client is gone: nothing can be left to read.
        if hasEnded, isDone(peer) { return socket.close() }
        if peer.sent < response.count, !send(to: socket) { return }
        _ = readAll(socket, isNew: false)
    }

    /// Reads what there is, and answers; false where the connection is closed.
    private mutating func readAll(_ socket: TCPSocket, isNew: Bool) -> Bool {
        while true {
            let count = socket.receive(into: &buffer)
            if count == 0 {
                socket.close()
                return false
            }
            guard count > 0 else {
                if count == Int(TCPSocket.wouldBlock) { return true }
                fail(Int32(0 - count))
                socket.close()
                return false
            }
            if !take(count, from: socket) { return false }
            // With room left all has been read. An end that came with it is told of when the socket is added, and not again
            // later: where one may come so early it is read at once.
            if count < buffer.count, isNew || plan.close != .half { return true }
        }
    }

    /// Counts request bytes and answers; false where the connection is closed.
    private mutating func take(_ count: Int, from socket: TCPSocket) -> Bool {
        let place = Int(socket.descriptor)
        var count = Int32(count)
        while count > 0 {
            let taken = min(peers[place].left, count)
            count -= taken
            peers[place].left -= taken
            if peers[place].left == 0 {
                peers[place].left = requestCount
                peers[place].sent = 0
                if !send(to: socket) { return false }
            }
        }
        return true
    }

    /// Sends what is left of the response; false where the connection is closed.
    private mutating func send(to socket: TCPSocket) -> Bool {
        let place = Int(socket.descriptor)
        while peers[place].sent < response.count {
            let sent = socket.send(response, from: Int(peers[place].sent), to: response.count)
            guard sent >= 0 else {
                if sent == Int(TCPSocket.wouldBlock) {
                    _ = events.change(
                        socket, token: UInt64(socket.descriptor), writable: true)
                    return true
                }
                fail(Int32(0 - sent))
                socket.close()
                return false
            }
            peers[place].sent += Int32(sent)
        }
        record.answered += 1
        peers[place].answered += 1
        let isLast = peers[place].answered == plan.requestsPerConnection
        if isLast, plan.close == .server || plan.serverLeaves {
            socket.close()
            return false
        }
        return true
    }

    private mutating func fail(_ code: Int32) {
        let name = Failure.names[Failure.kind(code)]
        if plan.close == .reset, name == "ECONNRESET" { return }
        record.errors[name, default: 0] += 1
    }
}
