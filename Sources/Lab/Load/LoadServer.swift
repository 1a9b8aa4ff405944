import HostState
import Kernel

/// The server of an own pair: accepts, reads a request, answers, closes as it is told.
struct LoadServer: ~Copyable {
    /// What it did.
    struct Record: Sendable {
        var accepted = 0
        var answered = 0
        /// By the errno's name; resets by the client are no error where it closes so.
        var errors: [String: Int] = [:]
        var cpuNanoseconds: Int64 = 0

        /// Adds what another thread did.
        mutating func add(_ other: Record) {
            accepted += other.accepted
            answered += other.answered
            errors.merge(other.errors, uniquingKeysWith: +)
            cpuNanoseconds += other.cpuNanoseconds
        }
    }

    private struct Peer {
        /// Bytes of the request that have not come.
        var left: Int32
        var answered: Int32 = 0
        /// Bytes of the response that are sent; as many as it has where none is under way.
        var sent: Int32
    }

    static let port: UInt16 = 7777

    private let plan: LoadPlan
    private let requestCount: Int32
    private let response: [UInt8]
    private let events: EventSet
    private let listener: TCPSocket
    /// By descriptor.
    private var peers: [Peer]
    private var buffer = [UInt8](repeating: 0, count: 65536)
    private var record = Record()
    /// Connections wait that could not be accepted for want of descriptors.
    private var owesAccept = false
    /// When the next connection may be accepted.
    private var acceptFrom: Int64 = 0

    private init(_ plan: LoadPlan, listener: TCPSocket, events: consuming EventSet) {
        self.plan = plan
        self.listener = listener
        self.events = events
        requestCount = Int32(plan.request.count)
        response = plan.response
        peers = []
        peers.reserveCapacity(plan.connections + 64)
    }

    /// Listens on every address of the namespace of the calling thread.
    ///
    /// - Parameter isShared: others listen beside it.
    static func listen(_ plan: LoadPlan, isShared: Bool = false) throws(KernelError) -> LoadServer {
        func check(_ result: Int32, _ operation: String) throws(KernelError) {
            guard result < 0 else { return }
            throw KernelError(operation, "the server's socket", code: 0 &- result)
        }
        let events = try EventSet.open()
        let number = TCPSocket.open(isIPv6: false)
        try check(number, "open")
        let listener = TCPSocket(descriptor: number)
        try check(listener.allowPortReuse(), "set up")
        if isShared { try check(listener.shareListening(), "set up") }
        if plan.fastOpen { try check(listener.takeFastOpen(queue: plan.backlog), "set up") }
        try check(listener.bind(to: SocketAddress(.unspecifiedV4, port: port)), "bind")
        try check(listener.listen(backlog: plan.backlog), "listen on")
        try check(events.add(listener, token: UInt64(number)), "wait for")
        return LoadServer(plan, listener: listener, events: events)
    }

    /// Serves until it is told to stop.
    mutating func run(until stop: StopSign) -> Record {
        LoadClock.wakePrecisely()
        while !stop.isSet {
            let count = events.wait(nanoseconds: patience)
            if owesAccept { acceptAll() }
            for index in 0..<count {
                let number = Int32(truncatingIfNeeded: events.token(index))
                if number == listener.descriptor {
                    acceptAll()
                } else {
                    serve(
                        TCPSocket(descriptor: number), isNew: false,
                        hasEnded: events.hasEnded(index))
                }
            }
        }
        record.cpuNanoseconds = LoadClock.usedByThread
        return record
    }

    /// Nanoseconds to wait for events at most.
    private var patience: Int64 {
        guard owesAccept else { return 20_000_000 }
        return plan.acceptDelay > 0 ? min(acceptFrom - LoadClock.now, 20_000_000) : 5_000_000
    }

    /// Closes the listener, and with it what waits in its queue.
    consuming func close() { listener.close() }

    private mutating func acceptAll() {
        owesAccept = false
        while true {
            if plan.acceptDelay > 0 {
                let now = LoadClock.now
                owesAccept = now < acceptFrom
                if owesAccept { return }
                acceptFrom = now + Int64(plan.acceptDelay * 1e9)
            }
            let number = listener.accept()
            guard number >= 0 else {
                if number != TCPSocket.wouldBlock {
                    fail(0 &- number)
                    // Edge-triggered: nobody tells again of those that wait already.
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
            serve(TCPSocket(descriptor: number), isNew: true)
        }
    }

    private mutating func serve(_ socket: TCPSocket, isNew: Bool, hasEnded: Bool = false) {
        // All is said, and the client is gone: nothing can be left to read.
        if hasEnded, peers[Int(socket.descriptor)].answered == plan.requestsPerConnection,
            peers[Int(socket.descriptor)].sent == response.count
        {
            return socket.close()
        }
        if !isNew, peers[Int(socket.descriptor)].sent < response.count, !send(to: socket) {
            return
        }
        while true {
            let count = socket.receive(into: &buffer)
            if count == 0 {
                socket.close()
                return
            }
            guard count > 0 else {
                if count == Int(TCPSocket.wouldBlock) { break }
                fail(Int32(0 - count))
                socket.close()
                return
            }
            if !take(count, from: socket) { return }
            // With room left all has been read. An end that came with it is told of when the socket is added, and not again
            // later: where one may come so early it is read at once.
            if count < buffer.count, isNew { break }
            if count < buffer.count, plan.close != .half { return }
        }
        if isNew {
            let isWriting = peers[Int(socket.descriptor)].sent < response.count
            if events.add(
                socket, token: UInt64(socket.descriptor), writable: isWriting) < 0
            {
                socket.close()
            }
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
        if plan.close == .server || plan.serverLeaves,
            peers[place].answered == plan.requestsPerConnection
        {
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
