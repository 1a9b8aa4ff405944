import Kernel
import Model
import Resolver
import Testbed
import Text

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
    let memory: TLSMemory

    var request: Trace.Request
    private(set) var failure: Trace.Failure?
    private(set) var notes: [String] = []

    mutating func note(_ text: String) { notes.append(text) }

    /// The interface that the address names; 0 for none.
    private var scope: UInt32 = 0

    init(
        url: TraceURL, options: Tracer.Options, clock: TraceClock, deadline: Double,
        resolve: @escaping Tracer.Resolve, watch: StateWatch?, changes: StateChanges?,
        memory: TLSMemory
    ) {
        self.url = url
        self.options = options
        self.clock = clock
        self.deadline = deadline
        self.resolve = resolve
        self.watch = watch
        self.changes = changes
        self.memory = memory
        request = Trace.Request(url: url.description)
    }

    mutating func run() throws(KernelError) {
        guard let addresses = name(), let socket = try connect(addresses) else {
            watch?.stop()
            return
        }
        let channel = TraceChannel(
            socket: socket, clock: clock, deadline: deadline, engine: engine())
        let talk = Conversation(channel)
        var end = Conversation.End.done
        if channel.engine != nil {
            if let failed = try secure(channel) {
                end = failed
            } else {
                end = try converse(talk)
            }
        } else if url.scheme == .http {
            end = try converse(talk)
        }
        close(channel, after: try lastLook(talk, end))
    }

    mutating func fail(_ stage: Trace.Stage, _ reason: String, _ errno: String? = nil) {
        guard failure == nil else { return }
        failure = Trace.Failure(stage: stage, reason: reason, errno: errno, isUsage: false)
    }

    private mutating func name() -> [IPAddress]? {
        let began = clock.now
        let resolution =
            options.fixed.resolution(of: url, family: options.family)
            ?? resolve(url.host, max(deadline - began, 0.001))
        request.name = Trace.Name(
            span: .init(began: began, ended: clock.now), resolution: resolution,
            isIterative: options.isIterative && !resolution.queries.isEmpty)
        guard let first = resolution.failure else {
            guard clock.now < deadline else {
                fail(
                    .name,
                    "the lookup of \(url.host) took \((clock.now - began).duration); the limit of a trace is "
                        + "\(options.timeout.duration) (--timeout)")
                return nil
            }
            if let zone = url.zone {
                guard let index = InterfaceIndex.of(zone) else {
                    fail(.name, "this host has no interface \(zone) (after the % of the address)")
                    failure?.isUsage = true
                    return nil
                }
                scope = index
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
        if addresses.count > Connector.mostAddresses {
            notes.append(
                "\(url.host) has \(addresses.count) addresses; tcptune tries only the first "
                    + "\(Connector.mostAddresses).")
        }
        var stage = Trace.Connect(began: clock.now)
        defer { request.connect = stage }
        let connector = Connector(
            addresses: addresses, port: url.port, scope: scope, clock: clock, deadline: deadline,
            watch: watch)
        if let socket = try connector.connect(into: &stage) { return socket }
        let tried = stage.attempts.map { attempt in
            let end = attempt.address.with(port: attempt.port)
            guard let errno = attempt.errno else {
                return "\(end) did not answer in \(attempt.span.seconds.duration)"
            }
            return "\(end): \(SocketErrno.words(errno) ?? errno) (\(errno))"
        }
        fail(
            .connect,
            tried.isEmpty
                ? "no time was left to connect (--timeout)"
                : "cannot connect to " + tried.joined(separator: "; "),
            stage.attempts.last { $0.errno != nil }?.errno)
        return nil
    }

    private mutating func converse(
        _ talk: Conversation
    ) throws(KernelError) -> Conversation.End {
        let (lines, shown) = RequestHeader.lines(
            url, authority: url.authority(ascii: HostName.ascii(of: url.host)),
            agent: options.agent, given: options.headers, isFirst: isFirstPlace)
        if let end = try talk.send(lines, shown: shown, into: &request) {
            fail(.request, words(end, "tcptune could not send the request", talk.channel))
            return end
        }
        let end = try talk.receive(into: &request)
        watch?.hurry()
        if let problem = request.response?.problem {
            switch end {
            case .bad: fail(.response, "what the server sent is not an HTTP response: \(problem)")
            case .reset:
                fail(.response, "the server reset the connection: \(problem)", "ECONNRESET")
            default: fail(.response, "the response is incomplete: \(problem)")
            }
        } else {
            switch end {
            case .timedOut, .failed, .bad, .broken:
                fail(.response, words(end, "the response did not end", talk.channel))
            case .reset:
                fail(.response, "the server reset the connection", "ECONNRESET")
            case .done, .peerEnded, .notified, .withheld: break
            }
        }
        return end
    }

    /// Whether it goes to the server that was asked first.
    private var isFirstPlace: Bool {
        url.scheme == options.url.scheme && url.host == options.url.host
            && url.port == options.url.port
    }

    private func words(
        _ end: Conversation.End, _ what: String, _ channel: TraceChannel
    ) -> String {
        switch end {
        case .timedOut:
            "\(what) within the limit of \(options.timeout.duration) (--timeout)"
        case .failed(let name): "\(what): \(SocketErrno.words(name) ?? name) (\(name))"
        case .reset: "\(what): the server reset the connection"
        case .broken(let failure): "\(what): \(failure.text)\(channel.clientCertificateHint)"
        default: what
        }
    }

    /// A server that said it would close is waited for; of another it is asked whether it has.
    private func lastLook(
        _ talk: Conversation, _ end: Conversation.End
    ) throws(KernelError) -> Conversation.End {
        // What follows the handshake must be read: bytes that nobody has read make close(2) send a reset.
        if end == .withheld { return try talk.awaitEnd(seconds: Self.ticketPatience) ?? end }
        guard end == .done || end == .notified else { return end }
        let closes = request.response?.keepsAlive == false || end == .notified
        return try talk.awaitEnd(seconds: closes ? Conversation.closePatience : 0) ?? end
    }

    private mutating func close(
        _ channel: TraceChannel, after end: Conversation.End
    ) {
        watch?.hurry()
        end.leavesRoomForNotice ? channel.sayClose(isJoined: true) : channel.endSession()
        let look = ClosingLook.close(channel.socket, clock: clock) {
            let patience = max(deadline - clock.now, Self.leastClosePatience)
            channel.hearOut(seconds: min(Self.noticePatience, patience))
        }
        noteTLS(channel, end)
        var close = Trace.Close(
            span: .init(began: look.closed, ended: clock.now), closed: look.closed,
            first: .unknown, reason: reason(end, at: look.closed))
        var states: ConnectionStates?
        if let watch, let pair = request.connect?.connection?.pair {
            // Where time is up, one more look is taken, and no more is waited for.
            let patience = max(deadline - clock.now, Self.leastClosePatience)
            states = watch.finish(pair, patience: min(Tracer.closePatience, patience))
        } else {
            watch?.stop()
        }
        switch end {
        case .peerEnded(let at):
            close.peerEnded = at
            close.span.began = min(at, look.closed)
        case .reset(let at):
            close.reset = .peer
            close.span.began = min(at, look.closed)
        default: break
        }
        if look.wasReset { close.reset = .peer }
        if look.hasReset { close.reset = .local }
        if states?.isPeerHere == true { request.connect?.connection?.isLocal = true }
        (close.held, close.heldSeconds) = (states?.held?.state, states?.held?.seconds)
        (close.peerHeld, close.peerHeldSeconds) = (
            states?.peerHeld?.state, states?.peerHeld?.seconds
        )
        let seen = seen(states, close)
        let own = Set(seen.filter { $0.side == .local }.map(\.state))
        close.first =
            PassedStates.exactFirst(seen) ?? look.first(end, own: own, held: close.held)
        let opened = request.connect?.span.ended ?? look.closed
        var closing = look.states(end, since: opened, first: close.first)
        if let gone = states?.goneUnmet {
            closing.append(
                Trace.StateSeen(
                    at: max(gone, look.afterAt), notBefore: look.closed, side: .local,
                    state: .close, source: .lookup))
        }
        request.states = PassedStates(request, closing, seen).list
        let last = request.states.lazy.filter { $0.side == .local }.map(\.at).max()
        close.span.ended = max(close.span.ended, last ?? 0)
        request.close = close
    }

    /// Seconds for which the end is watched at least.
    private static let leastClosePatience = 0.02
    /// Seconds for which the server's tickets are waited for where nothing is asked.
    private static let ticketPatience = 0.05
    /// Seconds for which the server's answer to a close_notify is waited for.
    private static let noticePatience = 0.2

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
                    "The kernel reported more state changes than there was room for: the "
                        + "states shown are those that tcptune looked up.")
                return seen
            }
            seen += ExactStates(told, of: pair, clock: clock, held: held).seen
        }
        return seen
    }

    private func reason(_ end: Conversation.End, at closed: Double) -> String {
        switch end {
        case .done where url.scheme == .https && request.tls == nil:
            "TLS is not available here, so tcptune sent no request"
        case .done where request.response?.keepsAlive == false:
            "the server announced to close, but did not within "
                + max(closed - (request.response?.span.ended ?? closed), 0).duration
        case .done: "the response was complete, and the server would have kept the connection"
        case .peerEnded: "the server had closed"
        case .reset: "the server had reset the connection"
        case .failed, .timedOut: "the trace could not continue"
        case .bad: "what arrived is not an HTTP response"
        case .notified: "the server had ended TLS and left the connection open"
        case .broken: "TLS could not continue"
        case .withheld: "tcptune sends no request to a server that is not trusted"
        }
    }
}
