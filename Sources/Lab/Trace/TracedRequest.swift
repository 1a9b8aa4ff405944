import HostState
import Kernel

/// One request of a trace, while it is made.
struct TracedRequest {
    let url: TraceURL
    let options: Tracer.Options
    let clock: TraceClock
    let deadline: Double
    let resolve: Tracer.Resolve
    let watch: StateWatch?
    /// What the kernel tells of states; nil where it was not asked.
    let changes: StateChanges?

    private(set) var request: Trace.Request
    private(set) var failure: Trace.Failure?
    private(set) var notes: [String] = []

    init(
        url: TraceURL, options: Tracer.Options, clock: TraceClock, deadline: Double,
        resolve: @escaping Tracer.Resolve, watch: StateWatch?, changes: StateChanges?
    ) {
        self.url = url
        self.options = options
        self.clock = clock
        self.deadline = deadline
        self.resolve = resolve
        self.watch = watch
        self.changes = changes
        request = Trace.Request(url: url.description)
    }

    mutating func run() throws(KernelError) {
        guard let addresses = name(), let socket = try connect(addresses) else {
            watch?.stop()
            return
        }
        let talk = Conversation(socket: socket, clock: clock, deadline: deadline)
        let end = url.scheme == .http ? try converse(talk) : .done
        close(socket, after: try lastLook(talk, end))
    }

    private mutating func fail(_ stage: Trace.Stage, _ reason: String, _ errno: String? = nil) {
        guard failure == nil else { return }
        failure = Trace.Failure(stage: stage, reason: reason, errno: errno, isUsage: false)
    }

    private mutating func name() -> [IPAddress]? {
        let began = clock.now
        let resolution = resolve(url.host, max(deadline - began, 0.001))
        request.name = Trace.Name(
            span: .init(began: began, ended: clock.now), resolution: resolution,
            isIterative: options.isIterative && !resolution.queries.isEmpty)
        guard let first = resolution.failure else {
            guard clock.now < deadline else {
                fail(
                    .name,
                    "\(url.host) took \((clock.now - began).duration), and a trace may take "
                        + "\(options.timeout.duration) (--timeout)")
                return nil
            }
            if !resolution.addresses.isEmpty { return resolution.addresses }
            fail(.name, "\(url.host) has no address")
            return nil
        }
        fail(.name, first.text)
        failure?.isUsage = [.badName, .notASCII].contains(first.reason)
        return nil
    }

    private mutating func connect(
        _ addresses: [IPAddress]
    ) throws(KernelError) -> TCPSocket? {
        var stage = Trace.Connect(began: clock.now)
        defer { request.connect = stage }
        let connector = Connector(
            addresses: addresses, port: url.port, clock: clock, deadline: deadline, watch: watch)
        if let socket = try connector.connect(into: &stage) { return socket }
        let tried = stage.attempts.map { attempt in
            let end = attempt.address.with(port: attempt.port)
            guard let errno = attempt.errno else {
                return "\(end) did not answer in \(attempt.span.seconds.duration)"
            }
            return "\(end): \(SocketErrno.words(errno) ?? errno) (\(errno))"
        }
        fail(
            .connect, "cannot connect to " + tried.joined(separator: "; "),
            stage.attempts.last { $0.errno != nil }?.errno)
        return nil
    }

    private mutating func converse(
        _ talk: Conversation
    ) throws(KernelError) -> Conversation.End {
        let lines = Conversation.lines(
            url, authority: url.authority(ascii: request.name?.resolution.asked),
            agent: options.agent)
        if let end = try talk.send(lines, into: &request) {
            fail(.request, Self.words(end, "the request could not be sent", options.timeout))
            return end
        }
        let end = try talk.receive(into: &request)
        watch?.hurry()
        if let problem = request.response?.problem {
            switch end {
            case .bad: fail(.response, "what the server sent is no response: \(problem)")
            case .reset:
                fail(.response, "the server reset the connection: \(problem)", "ECONNRESET")
            default: fail(.response, "the response is not whole: \(problem)")
            }
        } else {
            switch end {
            case .timedOut, .failed, .bad:
                fail(.response, Self.words(end, "the response did not end", options.timeout))
            case .reset:
                fail(.response, "the server reset the connection", "ECONNRESET")
            case .done, .peerEnded: break
            }
        }
        return end
    }

    private static func words(_ end: Conversation.End, _ what: String, _ timeout: Double) -> String
    {
        switch end {
        case .timedOut: "\(what) within the \(timeout.duration) that a trace may take (--timeout)"
        case .failed(let name): "\(what): \(SocketErrno.words(name) ?? name) (\(name))"
        case .reset: "\(what): the server reset the connection"
        default: what
        }
    }

    /// A server that said it would close is waited for; of another it is asked whether it has.
    private func lastLook(
        _ talk: Conversation, _ end: Conversation.End
    ) throws(KernelError) -> Conversation.End {
        guard case .done = end else { return end }
        let closes = request.response?.keepsAlive == false
        return try talk.awaitEnd(seconds: closes ? Conversation.closePatience : 0) ?? .done
    }

    private mutating func close(
        _ socket: TCPSocket, after end: Conversation.End
    ) {
        watch?.hurry()
        let hasUnread = socket.unreadBytes() > 0
        let closed = clock.now
        socket.close()
        var close = Trace.Close(
            span: .init(began: closed, ended: clock.now), closed: closed, first: .unknown,
            reason: reason(end))
        var states: ConnectionStates?
        if let watch, let pair = request.connect?.connection?.pair {
            states = watch.finish(pair, patience: Tracer.closePatience)
        } else {
            watch?.stop()
        }
        switch end {
        case .peerEnded(let at):
            close.peerEnded = at
            close.span.began = at
        case .reset(let at):
            close.reset = .peer
            close.span.began = at
        default: if hasUnread { close.reset = .local }
        }
        if states?.isPeerHere == true { request.connect?.connection?.isLocal = true }
        (close.held, close.heldSeconds) = (states?.held?.state, states?.held?.seconds)
        (close.peerHeld, close.peerHeldSeconds) = (
            states?.peerHeld?.state, states?.peerHeld?.seconds
        )
        request.states = PassedStates(request, close, seen(states, close)).list
        PassedStates.judge(&close, request.states)
        let last = request.states.lazy.filter { $0.side == .local }.map(\.at).max()
        close.span.ended = max(close.span.ended, last ?? 0)
        request.close = close
    }

    /// What was looked up, and what the kernel told.
    private mutating func seen(_ states: ConnectionStates?, _ close: Trace.Close) -> [Trace
        .StateSeen]
    {
        var seen = states?.seen ?? []
        if let changes, let pair = request.connect?.connection?.pair {
            var held: [Trace.StateSeen.Side: TCPState] = [:]
            held[.local] = close.held
            held[.peer] = close.peerHeld
            guard let told = changes.take() else {
                notes.append(
                    "The kernel had more changes of state to tell than there was room for: the "
                        + "states are those that were looked up.")
                return seen
            }
            seen += ExactStates(told, of: pair, clock: clock, held: held).seen
        }
        return seen
    }

    private func reason(_ end: Conversation.End) -> String {
        switch end {
        case .done where url.scheme == .https: "TLS is not spoken here, so nothing was asked"
        case .done where request.response?.keepsAlive == false:
            "the server said that it closes, and did not in "
                + Conversation.closePatience.duration
        case .done: "the response was whole, and the server would have kept the connection"
        case .peerEnded: "the server had closed"
        case .reset: "the server had reset the connection"
        case .failed, .timedOut: "the trace could not go on"
        case .bad: "what came is no response"
        }
    }
}
