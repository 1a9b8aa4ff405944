import Audit
import HostState
import Lab

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
                    stage.rawValue, began: span.began, ended: span.ended, evidence: evidence))
        }
        if let name = request.name {
            add(.name, name.span, NameEvidence(name).lines)
        }
        if let connect = request.connect { add(.connect, connect.span, self.connect(connect)) }
        if let sent = request.sent { add(.request, sent.span, self.sent(sent)) }
        if let response = request.response {
            add(.response, response.span, self.response(response))
        }
        if let close = request.close { add(.close, close.span, self.close(close)) }
        return stages
    }

    private func connect(_ connect: Trace.Connect) -> [Phrase] {
        var lines = connect.attempts.map(Self.attempt)
        guard let connection = connect.connection else { return lines }
        let local = connection.source.with(port: connection.sourcePort)
        var own: Phrase = "from " + .strong(local)
        if let ports = connection.ports {
            let share = ports.usable > 0 ? Double(ports.used) / Double(ports.usable) : 1
            own += Phrase(
                ": \(ports.used.grouped) of \(ports.usable.grouped) ports to this destination "
                    + "\(ports.used == 1 ? "is" : "are") taken (\(min(share, 1).percent))")
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
            lines.append(Phrase("the kernel says: " + facts.joined(separator: ", ")))
        }
        if let peer = connection.peer {
            let pids = peer.pids.prefix(4).map { "\($0)" }.joined(separator: ", ")
            lines.append(
                "at the other end, on this host: " + OwnerText.phrase(peer)
                    + Phrase(peer.pids.isEmpty ? "" : " (process \(pids))"))
        } else {
            lines.append("the other end is not in this network namespace")
        }
        return lines
    }

    private static func attempt(_ attempt: Trace.Attempt) -> Phrase {
        let end = Phrase.strong(attempt.address.with(port: attempt.port))
        let time = attempt.span.seconds.latency
        let retries = attempt.synRetries.map { count in
            switch count {
            case 0: ", no SYN was sent again"
            case 1: ", the SYN was sent again once"
            default: ", the SYN was sent again \(count) times"
            }
        }
        switch attempt.outcome {
        case .connected: return end + Phrase(" answered: handshake in \(time)\(retries ?? "")")
        case .failed:
            return end + Phrase(" failed after \(time): \(attempt.errno ?? "for no known reason")")
        case .overtaken:
            return end + Phrase(" was given up after \(time): another answered\(retries ?? "")")
        case .unanswered: return end + Phrase(" did not answer in \(time)\(retries ?? "")")
        }
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
                case "length": "its length tells where it ends"
                case "chunked": "in chunks"
                case "none": "it has no body"
                default: "it ends with the connection"
                }
            lines.append(
                .strong("\(head.version) \(head.status) \(head.reason)".trimmed)
                    + Phrase(
                        ": \(response.headBytes.grouped) bytes of head, "
                            + "\(response.bodyBytes.grouped) of body; \(end)"))
            lines.append(Phrase(Self.keepAlive(head, closed: closed)))
            if let location = head.location, head.isRedirect {
                lines.append(
                    next.map { "leads to " + .strong($0) + ", which was followed" }
                        ?? "leads to " + .strong(location)
                        + Phrase(failure == nil ? "; follow it with --follow" : ""))
            }
        } else if response.firstByte == nil {
            lines.append("no byte came")
        } else {
            lines.append(Phrase("\(response.headBytes.grouped) bytes came"))
        }
        if let first = response.firstByte {
            let wait = max(first - response.span.began, 0)
            let rest = max(response.span.ended - first, 0)
            lines.append(
                Phrase(
                    "first byte after \(wait.latency), at \(first.latency); last "
                        + (rest == 0 ? "with it" : "\(rest.latency) later")))
        }
        if response.interim > 0 {
            lines.append(Phrase("\(response.interim) interim responses (1xx) came before it"))
        }
        if response.extraBytes > 0 {
            lines.append(
                Phrase("\(response.extraBytes.grouped) bytes more than the response has came"))
        }
        return lines
    }

    private static func keepAlive(_ head: ResponseHead, closed: Bool) -> String {
        if closed, head.keepsAlive {
            return "keep-alive refused: only the end of the connection ends the response"
        }
        if head.keepsAlive { return "keep-alive offered: the server leaves the connection open" }
        let why = head.values("connection").isEmpty ? head.version : "Connection: close"
        return "keep-alive refused (\(why)): the server closes the connection"
    }

    private func close(_ close: Trace.Close) -> [Phrase] {
        var lines: [Phrase] = [.strong(Self.first(close)) + Phrase(": \(close.reason)")]
        for (side, title) in [
            (Trace.StateSeen.Side.local, "this socket"), (.peer, "the server's"),
        ] {
            let states = request.states.filter { $0.side == side }
            guard !states.isEmpty else { continue }
            let passed = states.map { state in
                let isExact = state.notBefore == nil || side == .local && state.source == .event
                return "\(state.state.name) \(isExact ? "" : "≤ ")\(state.at.latency)"
            }
            lines.append(Phrase("\(title): " + passed.joined(separator: " → ")))
        }
        lines.append(Phrase(TraceCost.holding(close)))
        return lines
    }

    private static func first(_ close: Trace.Close) -> String {
        switch (close.reset, close.first) {
        case (.local?, _): "this host reset the connection"
        case (_?, _): "the server reset the connection"
        case (nil, .local): "this host sent the first FIN"
        case (nil, .peer): "the server sent the first FIN"
        case (nil, .both): "both sent a FIN before they saw the other's"
        case (nil, .unknown): "who sent the first FIN was not seen"
        }
    }
}
