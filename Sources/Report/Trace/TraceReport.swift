import Audit
package import Model
import Text

/// The page of `tcptune trace`: one request, stage by stage, and what it costs.
package struct TraceReport: Sendable {
    private let trace: Trace

    package init(_ trace: Trace) { self.trace = trace }

    /// - Parameter isFull: with the messages as a picture, which text has no room for.
    package func document(host: Host, isFull: Bool) -> Document {
        var blocks: [Block] = [
            .masthead(
                Masthead(
                    items: [
                        .strong(host.name), "Linux \(host.kernel)", "trace", Phrase(trace.url),
                    ],
                    severity: hasFailed ? .warning : nil, verdict: verdict, keys: keys,
                    word: hasFailed ? "failed" : "done"))
        ]
        if let table = trace.repetition.map(RepetitionTable.init) {
            blocks.append(.table(table.table))
            for remark in table.remarks { blocks.append(.paragraph(remark)) }
        }
        for (place, request) in trace.requests.enumerated() {
            let title = trace.requests.count == 1 ? "" : "\(place + 1)  \(request.url)"
            let next = place + 1 < trace.requests.count ? trace.requests[place + 1].url : nil
            blocks.append(
                .timeline(
                    Timeline(
                        title,
                        stages: TraceEvidence(request, leadsTo: next, failure: trace.failure).stages
                    )))
        }
        if isFull, let diagram { blocks.append(.chart(diagram)) }
        if let last = trace.requests.last {
            for line in TraceCost(last, requests: trace.requests.count).lines {
                blocks.append(.remark(label: line.label, line.phrase))
            }
        }
        for note in trace.notes { blocks.append(.remark(label: "note", Phrase(note))) }
        return Document(title: "tcptune: trace of \(trace.url)", blocks: blocks)
    }

    /// The messages as a picture; nil where there are none.
    private var diagram: Chart? {
        let messages = trace.exchange.events.count { event in
            if case .message = event.kind { true } else { false }
        }
        guard messages > 0 else { return nil }
        return .sequence(
            title: "Messages",
            summary: "\(messages) messages between "
                + trace.exchange.actors.map(\.name).joined(separator: ", ")
                + ". The TCP messages are inferred from socket states, not observed.",
            exchange: trace.exchange)
    }

    private var last: Trace.Request? { trace.requests.last }

    /// When the last byte of the last response was there; nil where none came.
    private var lastByte: Double? {
        last?.response.flatMap { $0.firstByte == nil ? nil : $0.span.ended }
    }

    /// It, or one of its repetitions.
    private var hasFailed: Bool {
        trace.failure != nil || trace.repetition?.runs.contains { $0.failure != nil } == true
    }

    private var verdict: String {
        if let runs = trace.repetition?.runs, let failure = runs.lazy.compactMap(\.failure).first {
            let failed = runs.count { $0.failure != nil }
            return
                "\(failed.grouped) of \(runs.count.grouped) traces failed; the first at \(failure.stage.title): "
                + failure.reason + "."
        }
        if let failure = trace.failure {
            // What is not trusted has an answer all the same.
            let answer =
                failure.stage == .tls && last?.response?.head != nil ? " " + outcome : ""
            return "Failed at \(failure.stage.title): \(failure.reason)." + answer
        }
        return outcome
    }

    private var outcome: String {
        guard let last else { return "No request was sent." }
        var text: String
        if let response = last.response, let head = response.head {
            text = "\(head.status) \(head.reason)".trimmed
            text += ", \(response.bodyBytes.grouped) bytes in \((lastByte ?? 0).latency)"
            let followed = trace.requests.count - 1
            if followed > 0 { text += " after \(followed.counted("redirect"))" }
        } else {
            text = "Connected in \((last.connect?.span.ended ?? 0).latency)"
        }
        if let close = last.close.map(TraceCost.closing) { text += "; \(close)" }
        text += "."
        if let tls = last.tls {
            if trace.failure?.stage != .tls, let verification = tls.verification,
                !verification.isTrusted
            {
                text = "The certificate is not trusted: \(verification.words). " + text
            }
            if let status = last.response?.head?.status, 400...499 ~= status,
                TLSEvidence(tls).asksForCertificate
            {
                text +=
                    " The server asked for a client certificate, and a trace has none."
            }
        }
        return text
    }

    private var keys: [KeyFigure] {
        var keys: [KeyFigure] = []
        if let lastByte {
            keys.append(KeyFigure(lastByte.latency, "from the lookup to the last byte"))
        }
        guard let last, let connection = last.connect?.connection else { return keys }
        if let roundTrip = connection.roundTrip {
            keys.append(KeyFigure(roundTrip.latency, "round trip"))
        }
        if last.close?.first == .local, last.close?.reset == nil, last.close?.held == .timeWait,
            let ports = connection.ports
        {
            keys.append(
                KeyFigure(
                    "\(ports.limitPerSecond.rate)/s",
                    "requests from one such client to this destination, at most"))
        }
        return keys
    }

    /// One `tcptune.trace/1` document.
    package func json(host: Host, tool: Tool) throws -> String {
        try Envelope(
            .trace, tool: tool, host: HostJSON(host), data: trace, notes: trace.notes
        ).encoded(pretty: true)
    }
}

extension Double {
    /// A rate in whole connections, as scripts count them: `470`, `28 232`.
    var rate: String {
        guard isFinite, magnitude < 1e15 else { return "-" }
        return self < 10 ? figure : Int(self).grouped
    }
}

extension String {
    /// Without blanks at its end.
    var trimmed: String {
        var text = self[...]
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
