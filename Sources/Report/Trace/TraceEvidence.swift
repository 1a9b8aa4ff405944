import Audit
import Model
import Text

/// What tells of each stage, in lines.
struct TraceEvidence {
    private let request: Trace.Request
    /// Where the redirect was followed to; nil where none was.
    private let next: String?
    private let failure: Trace.Failure?

    init(_ request: Trace.Request, leadsTo next: String?, failure: Trace.Failure?) {
        self.request = request
        self.next = next
        // What is behind a redirect is told there.
        self.failure = next == nil ? failure : nil
    }

    var stages: [Timeline.Stage] {
        var stages: [Timeline.Stage] = []
        func add(_ stage: Trace.Stage, _ span: Trace.Span, _ evidence: [Phrase]) {
            var evidence = evidence
            if failure?.stage == stage, let reason = failure?.reason {
                evidence.append(.severity(.warning, "failed: \(reason)"))
            }
            stages.append(
                Timeline.Stage(
                    stage.title, began: span.began, ended: span.ended, evidence: evidence))
        }
        if let name = request.name {
            add(.name, name.span, NameEvidence(name).lines)
        }
        if let connect = request.connect { add(.connect, connect.span, self.connect(connect)) }
        if let tls = request.tls { add(.tls, tls.span, TLSEvidence(tls).lines) }
        if let sent = request.sent { add(.request, sent.span, self.sent(sent)) }
        if let response = request.response {
            add(.response, response.span, self.response(response))
        }
        if let close = request.close { add(.close, close.span, self.close(close)) }
        return stages
    }

    private func connect(_ connect: Trace.Connect) -> [Phrase] {
        var lines = connect.attempts.map { attempt in
            Self.attempt(attempt, roundTrip: connect.connection?.roundTrip)
        }
        guard let connection = connect.connection else { return lines }
        let local = connection.source.with(port: connection.sourcePort)
        var own: Phrase = "from " + .strong(local)
        if let ports = connection.ports {
            let share = ports.usable > 0 ? Double(ports.used) / Double(ports.usable) : 1
            own += Phrase(
                ": \(ports.used.grouped) of \(ports.usable.grouped) ports to this destination "
                    + "\(ports.used == 1 ? "is" : "are") in use (\(min(share, 1).percent)), including this one"
            )
        }
        lines.append(own)
        var facts: [String] = []
        if let roundTrip = connection.roundTrip { facts.append("round trip \(roundTrip.latency)") }
        if let on = connection.timestamps { facts.append("timestamps \(on ? "on" : "off")") }
        if let on = connection.fastOpen { facts.append("fast open \(on ? "used" : "not used")") }
        if let bytes = connection.segmentBytes {
            facts.append("segments of \(Int(bytes).grouped) bytes")
        }
        if !facts.isEmpty {
            lines.append(Phrase("kernel: " + facts.joined(separator: ", ")))
        }
        if let peer = connection.peer {
            let pids = peer.pids.prefix(4).map { "\($0)" }.joined(separator: ", ")
            lines.append(
                "the peer is on this host: " + OwnerText.phrase(peer)
                    + Phrase(peer.pids.isEmpty ? "" : " (process \(pids))"))
        } else {
            lines.append("the peer is not in this network namespace")
        }
        return lines
    }

    /// - Parameter roundTrip: of the connection that came about, by the kernel.
    private static func attempt(_ attempt: Trace.Attempt, roundTrip: Double?) -> Phrase {
        let end = Phrase.strong(attempt.address.with(port: attempt.port))
        let time = attempt.span.seconds.latency
        let retries = attempt.synRetries.map { count in
            switch count {
            case 0: ", no SYN retransmitted"
            case 1: ", SYN retransmitted once"
            default: ", SYN retransmitted \(count) times"
            }
        }
        switch attempt.outcome {
        case .connected:
            let wire = wire(roundTrip, of: attempt.span.seconds, retries: attempt.synRetries)
            return end + Phrase(" answered: handshake in \(time)\(wire)\(retries ?? "")")
        case .failed:
            return end + Phrase(" failed after \(time): \(attempt.errno ?? "unknown error")")
        case .overtaken:
            return end + Phrase(" given up after \(time): another address answered\(retries ?? "")")
        case .unanswered: return end + Phrase(" did not answer in \(time)\(retries ?? "")")
        }
    }

    /// What of a handshake the kernel saw on the wire; the rest passed until this program was woken.
    private static func wire(_ roundTrip: Double?, of whole: Double, retries: UInt32?) -> String {
        guard let roundTrip, retries == 0, roundTrip <= whole else { return "" }
        return " (kernel: \(roundTrip.latency) from SYN to SYN ACK)"
    }

    private func sent(_ sent: Trace.Sent) -> [Phrase] {
        [.code(sent.lines.first ?? "") + Phrase(", \(sent.bytes.grouped) bytes")]
    }

    private func response(_ response: Trace.Response) -> [Phrase] {
        var lines: [Phrase] = []
        if let head = response.head {
            let closed = response.framing == "close"
            let end =
                switch response.framing {
                case "length": "Content-Length"
                case "chunked": "chunked"
                case "none": "no body"
                default: "ends when the connection closes"
                }
            lines.append(
                .strong("\(head.version) \(head.status) \(head.reason)".trimmed)
                    + Phrase(
                        ": \(response.headBytes.counted("header byte")), "
                            + "\(response.bodyBytes.counted("body byte")); \(end)"))
            lines.append(
                Phrase(
                    Self.keepAlive(
                        head, closed: closed, peerEnded: request.close?.first == .peer)))
            if let location = head.location, head.isRedirect {
                lines.append(
                    next.map { "redirects to " + .strong($0) + ", followed" }
                        ?? "redirects to " + .strong(location)
                        + Phrase(failure == nil ? "; follow it with --follow" : ""))
            }
        } else if response.firstByte == nil {
            lines.append("no byte arrived")
        } else {
            lines.append(Phrase("\(response.headBytes.counted("byte")) arrived"))
        }
        if let first = response.firstByte {
            let wait = max(first - response.span.began, 0)
            let rest = max(response.span.ended - first, 0)
            lines.append(
                Phrase(
                    "first byte after \(wait.latency), at \(first.latency); "
                        + (rest == 0 || Self.cameAtOnce(response)
                            ? "all bytes at once" : "last byte \(rest.latency) later")))
            if let arrival = Self.arrival(response, read: first) { lines.append(arrival) }
        }
        if let problem = response.problem, failure?.stage != .response {
            lines.append(.severity(.warning, "incomplete response: \(problem)"))
        }
        if response.interim > 0 {
            lines.append(
                Phrase(
                    "\(response.interim.counted("interim response")) (1xx) came first"
                ))
        }
        if response.extraBytes > 0 {
            lines.append(
                Phrase(
                    "\(response.extraBytes.counted("byte")) arrived after the end of the response"
                ))
        }
        return lines
    }

    /// What the kernel noted of the bytes' coming, which may be long before this program was woken to read them.
    private static func arrival(_ response: Trace.Response, read first: Double) -> Phrase? {
        guard let came = response.firstArrived else {
            return "the kernel did not record the arrival: these are read times"
        }
        var words =
            "arrived at \(came.latency) (kernel), read \(max(first - came, 0).latency) later"
        if let last = response.lastArrived, !cameAtOnce(response) {
            words += "; the last byte at \(last.latency)"
        }
        return Phrase(words)
    }

    /// Whether the first byte and the last came in one segment, or the kernel has joined theirs: they have one time.
    private static func cameAtOnce(_ response: Trace.Response) -> Bool {
        guard let first = response.firstArrived, let last = response.lastArrived else {
            return false
        }
        // Each is told by what lay between two clocks when it was read.
        return last - first < 5e-6
    }

    private static func keepAlive(
        _ head: ResponseHead, closed: Bool, peerEnded: Bool
    ) -> String {
        if closed, head.keepsAlive {
            return "keep-alive refused: the response ends only when the connection closes"
        }
        if head.keepsAlive {
            return peerEnded
                ? "keep-alive offered, but the server closed the connection first"
                : "keep-alive offered: the server leaves the connection open"
        }
        let why = head.values("connection").isEmpty ? head.version : "Connection: close"
        return "keep-alive refused (\(why)): the server closes the connection"
    }

    /// What a socket that no reset ended must have passed between two states, and no look met; nil where that is nothing.
    private static func unseen(
        _ from: TCPState, _ to: TCPState, _ side: Trace.StateSeen.Side, _ close: Trace.Close
    ) -> String? {
        guard to == .close else { return nil }
        let isFirst =
            switch close.first {
            case .local: side == .local
            case .peer: side == .peer
            case .both, .unknown: false
            }
        switch from {
        case .closeWait: return "(LAST_ACK not observed)"
        case .established where close.first == .both || close.first == .unknown:
            return "(states between not observed)"
        case .established:
            return isFirst
                ? "(FIN_WAIT1, FIN_WAIT2 not observed)" : "(CLOSE_WAIT, LAST_ACK not observed)"
        default: return nil
        }
    }

    private func close(_ close: Trace.Close) -> [Phrase] {
        let first = TraceCost.whoEnded(close, request.states)
        var lines: [Phrase] = [.strong(first) + Phrase(": \(close.reason)")]
        for (side, title) in [
            (Trace.StateSeen.Side.local, "this socket"), (.peer, "the server's"),
        ] {
            let states = request.states.filter { $0.side == side }
            guard !states.isEmpty else { continue }
            let passed = states.indices.flatMap { place in
                let state = states[place]
                let isExact = state.notBefore == nil || side == .local && state.source == .event
                let text = "\(state.state.name) \(isExact ? "" : "≤ ")\(state.at.latency)"
                guard place > 0, close.reset == nil, state.source != .tracepoint else {
                    return [text]
                }
                return [Self.unseen(states[place - 1].state, state.state, side, close), text]
                    .compactMap(\.self)
            }
            lines.append(Phrase("\(title): " + passed.joined(separator: " → ")))
        }
        if let end = request.tls.flatMap({ TLSEvidence($0).end }) { lines.append(end) }
        lines.append(Phrase(TraceCost.holding(close)))
        return lines
    }
}
