import Model

@testable import Report

/// Checks a sentence by its words against a recording, in a way of its own: not by what chose it.
struct CaptionOracle {
    let exchange: Exchange

    init(_ exchange: Exchange) { self.exchange = exchange }

    /// What is wrong with a sentence; nil where it is true.
    ///
    /// One that no rule knows is wrong.
    func objection(to text: String, _ event: Exchange.Event, _ change: Exchange.Change?) -> String?
    {
        switch event.kind {
        case .note: return nil
        case .state(let actor, let state):
            return objection(to: text, of: state, at: actor, event, change)
        case .message(let message): return objection(to: text, of: message, event)
        }
    }

    // MARK: segments

    private struct Seen {
        var at: Double
        var message: Exchange.Message
        var segment: Exchange.Segment
        var end: UInt32 {
            let flags = message.flags
            return segment.sequence &+ UInt32(segment.bytes) &+ (flags.contains("SYN") ? 1 : 0)
                &+ (flags.contains("FIN") ? 1 : 0)
        }
    }

    private func all(_ port: UInt16?) -> [Seen] {
        exchange.events.compactMap { event in
            guard event.port == port, case .message(let message) = event.kind,
                let segment = message.segment
            else { return nil }
            return Seen(at: event.at, message: message, segment: segment)
        }
    }

    private func objection(
        to text: String, of message: Exchange.Message, _ event: Exchange.Event
    ) -> String? {
        if text.contains("does not forward the SYN") {
            let asked = all(event.port).last { $0.message.to == message.from && $0.at < event.at }
            return message.label.hasPrefix("ICMP ") && asked?.message.flags == ["SYN"]
                && text.hasSuffix(message.label.dropFirst(5) + ".") ? nil : "turns no SYN away"
        }
        guard let own = message.segment else { return "has no numbers" }
        let (me, other) = (message.from, message.to)
        let before = all(event.port).filter { $0.at < event.at }
        let sent = before.filter { $0.message.from == me }
        let came = all(event.port).filter {
            $0.message.to == me && ($0.message.arrives ?? .infinity) <= event.at + 0.001
        }.sorted { ($0.message.arrives ?? 0) < ($1.message.arrives ?? 0) }
        let state = state(of: me, event.port, near: event.at)
        let end = Seen(at: event.at, message: message, segment: own).end
        func holds(_ condition: Bool, _ why: String) -> String? { condition ? nil : why }
        func confirms(_ seen: Seen) -> Bool { own.acknowledgement == seen.end }
        func isAcknowledged(_ number: UInt32) -> Bool {
            came.contains { $0.segment.acknowledgement == number }
        }

        // A segment is long on its way where another like it was sent before it arrived.
        if text.contains("It is delayed on the way"), message.arrives ?? 0 < event.at + 0.9 {
            return "was not held up"
        }
        if text.contains("gives up the connection") {
            let probe = sent.last
            let after = self.state(of: me, event.port, near: event.at + 0.1)
            return holds(
                message.flags.contains("RST") && probe?.message.flags == ["ACK"]
                    && probe?.segment.bytes == 0 && probe?.segment.sequence == own.sequence &- 1
                    && [nil, .close].contains(after), "gave nothing up after a probe")
        }
        if text.contains("keepalive probe") {
            return holds(
                message.flags == ["ACK"] && own.bytes == 0 && isAcknowledged(own.sequence &+ 1),
                "asks with a number that was not acknowledged")
        }
        if text.contains("answers the probe") {
            let probe = came.last
            return holds(
                message.flags == ["ACK"] && probe?.message.flags == ["ACK"]
                    && probe?.segment.bytes == 0
                    && probe?.segment.sequence == own.acknowledgement.map { $0 &- 1 }
                    && state == .established, "no probe came")
        }
        if text.contains("SYN that crossed its own") {
            let asked = came.last { $0.message.flags == ["SYN"] }
            let own = sent.last { $0.message.flags == ["SYN"] }
            return holds(
                message.flags == ["SYN", "ACK"] && asked.map(confirms) == true
                    && own?.segment.sequence == message.segment?.sequence
                    && asked.map { $0.at < (own?.message.arrives ?? 0) } == true,
                "no SYN crossed its own")
        }
        if text.contains("asks for the same connection") {
            let asked = before.last { $0.message.from == other && $0.message.flags == ["SYN"] }
            return holds(
                message.flags == ["SYN"]
                    && asked.map { $0.message.arrives ?? 0 > event.at } == true,
                "no SYN is under way")
        }
        if text.contains("third step: ") && text.hasPrefix("The third step") {
            let offer = came.last { $0.message.flags == ["SYN", "ACK"] }
            let asked = sent.last { $0.message.flags == ["SYN"] }
            return holds(
                offer.map(confirms) == true && asked?.end == own.sequence
                    && offer?.segment.acknowledgement == asked?.end && state == .established,
                "is not the third step")
        }
        if text.contains("No third step") {
            return holds(
                state == .timeWait && came.last?.message.flags == ["SYN", "ACK"]
                    && came.last.map(confirms) == false, "no SYN ACK met TIME_WAIT")
        }
        if text.contains("refuses the SYN") {
            return holds(
                state == .timeWait && came.last?.message.flags == ["SYN"]
                    && came.last.map(confirms) == false, "no SYN met TIME_WAIT")
        }
        if text.contains("answers from TIME_WAIT") {
            let fin = came.last { $0.message.flags.contains("FIN") }
            return holds(
                state == .timeWait && fin.map(confirms) == true
                    && sent.contains { $0.segment.acknowledgement == own.acknowledgement },
                "is no answer of TIME_WAIT")
        }
        if text.contains("acknowledges the FIN of") {
            let fin = came.last { $0.message.flags.contains("FIN") }
            let isWaiting = !text.contains("from TIME_WAIT") || state == .timeWait
            let isFirst = !text.contains("sends its own") || message.flags.contains("FIN")
            return holds(
                fin.map(confirms) == true && isWaiting && isFirst, "does not confirm a FIN so")
        }
        if text.contains("nothing more to send") {
            return holds(
                message.flags.contains("FIN")
                    && !sent.contains { $0.message.flags.contains("FIN") && $0.end == end },
                "is no first FIN")
        }
        if text.contains("sends its FIN again") {
            let first = sent.first { $0.message.flags.contains("FIN") && $0.end == end }
            return holds(first != nil && !isAcknowledged(end), "is no FIN that nobody confirmed")
        }
        if text.contains("sent before arrives") {
            return holds(
                message.origin != .sent
                    && sent.contains {
                        $0.segment.sequence == own.sequence && $0.segment.bytes == own.bytes
                    }, "was not sent before")
        }
        if text.contains("acknowledges the data") {
            return holds(
                came.contains { $0.segment.bytes > 0 && confirms($0) }, "confirms no data")
        }
        if text.contains("timestamp is older") {
            let times = came.dropLast().compactMap(\.segment.timestamp)
            let last = came.last?.segment.timestamp
            return holds(
                last.map { last in times.contains { Int32(bitPattern: last &- $0) < 0 } } == true
                    && came.last?.segment.sequence == own.acknowledgement, "is not older")
        }
        if text.contains("acknowledges nothing new") {
            let isSame = sent.contains { $0.segment.acknowledgement == own.acknowledgement }
            let isBehind =
                !text.contains("already has what arrived")
                || came.last.map { Int32(bitPattern: (own.acknowledgement ?? 0) &- $0.end) >= 0 }
                    == true
            let isAhead =
                !text.contains("more than it has sent")
                || came.last?.segment.acknowledgement.map {
                    Int32(bitPattern: $0 &- own.sequence) > 0
                } == true
            return holds(isSame && isBehind && isAhead, "acknowledges something new")
        }
        if text.contains("SYN ACK again") {
            return holds(
                sent.contains { $0.message.flags == ["SYN", "ACK"] && $0.end == end }
                    && !isAcknowledged(end), "is no SYN ACK that nobody confirmed")
        }
        if text.contains("accepts and sends its initial") {
            let asked = came.last { $0.message.flags == ["SYN"] }
            let isLong = asked.map { ($0.message.arrives ?? 0) - $0.at > 0.9 } ?? false
            let isOld =
                !text.contains("is old") || asked?.message.origin == .duplicate || isLong
            return holds(
                message.flags == ["SYN", "ACK"] && asked.map(confirms) == true && isOld,
                "agrees to nothing")
        }
        if text.contains("sends its SYN again") {
            let asked = sent.last { $0.message.flags == ["SYN"] && $0.end == end }
            return holds(
                asked.map { asked in
                    !came.contains {
                        $0.message.flags == ["SYN", "ACK"] && $0.segment.acknowledgement == end
                            && $0.at > asked.at
                    }
                } == true, "did not ask before, or was answered")
        }
        if text.contains("asks for a") {
            let waits = self.state(of: other, event.port, near: event.at) == .timeWait
            return holds(
                message.flags == ["SYN"] && message.origin == .sent
                    && waits == text.contains("is in TIME_WAIT"), "asks for nothing so")
        }
        if text.contains("A SYN for") || text.contains("A reset for") {
            return holds(message.origin == .crafted, "was not made up")
        }
        if text.contains("sends a reset: that ACK") {
            let request = sent.last { $0.message.flags.contains("SYN") }
            return holds(
                message.flags.contains("RST") && came.last?.message.flags == ["ACK"]
                    && came.last?.segment.acknowledgement != request?.end
                    && [.synSent, .synReceived].contains(state), "no other numbers came")
        }
        if text.contains("reads no more") {
            return holds(
                message.flags.contains("RST") && (came.last?.segment.bytes ?? 0) > 0
                    && sent.contains { $0.message.flags.contains("FIN") }, "no data came")
        }
        if text.contains("it has no connection") {
            return holds(
                message.flags.contains("RST") && [nil, .close, .listen].contains(state),
                "holds one: \(state?.name ?? "")")
        }
        if text.contains("ends the connection with a reset") {
            let after = self.state(of: me, event.port, near: event.at + 0.1)
            return holds(
                message.flags.contains("RST") && [nil, .close].contains(after), "holds one after")
        }
        if let match = text.firstMatch(of: /sends (\d+) bytes?/) {
            let isAgain =
                !text.contains("again")
                || sent.contains { $0.segment.sequence == own.sequence && $0.segment.bytes > 0 }
            return holds(Int(match.1) == own.bytes && isAgain, "sends other bytes")
        }
        return "no rule knows this sentence"
    }

    // MARK: states

    private func objection(
        to text: String, of name: String, at actor: Int, _ event: Exchange.Event,
        _ change: Exchange.Change?
    ) -> String? {
        guard let state = TCPState(anyName: name)?.canonical else { return "is no state" }
        let all = all(event.port)
        let sent = all.filter { $0.message.from == actor && $0.at <= event.at + 0.02 }
        let came = all.filter {
            $0.message.to == actor && ($0.message.arrives ?? .infinity) <= event.at
        }
        let fin = sent.last { $0.message.flags.contains("FIN") && $0.message.origin == .sent }
        let isConfirmed = fin.map { fin in
            came.contains { $0.segment.acknowledgement == fin.end }
        }
        let hasFin = came.contains { $0.message.flags.contains("FIN") }
        func holds(_ condition: Bool?, _ why: String) -> String? { condition == true ? nil : why }
        // The title has what led there.
        if change?.transition?.cause == "60 s" {
            let lasted = change?.seen.seconds ?? 0
            if lasted < 59.5 { return "60 s, and it lasted \(lasted) s" }
        }
        if change?.transition?.cause == "rcv RST" {
            guard came.last?.message.flags.contains("RST") == true else { return "no reset came" }
        }
        if change?.transition?.answer == "snd RST" {
            guard sent.contains(where: { $0.message.flags.contains("RST") }) else {
                return "no reset was sent"
            }
        }
        if change?.transition?.cause == "rcv ACK" {
            guard came.last?.message.flags.contains("ACK") == true else { return "no ACK came" }
        }
        if change?.transition?.cause.hasPrefix("no answer") == true {
            guard isConfirmed != true else { return "an answer came" }
        }
        switch state {
        case .listen: return holds(text.contains("waits for connection requests"), "says else")
        case .synSent:
            return holds(
                text.contains("has sent its SYN") && sent.contains { $0.message.flags == ["SYN"] },
                "did not ask")
        case .synReceived:
            let hasAsked = sent.contains { $0.message.flags == ["SYN"] }
            return holds(
                text.contains(hasAsked ? "has sent a SYN itself" : "keeps the request")
                    && came.contains { $0.message.flags == ["SYN"] }, "no request came")
        case .established:
            return holds(
                text.contains("open in both directions")
                    && came.last?.message.flags.contains("ACK") == true, "is not open")
        case .finWait1:
            return holds(
                text.contains("not yet acknowledged") && isConfirmed == false, "is confirmed")
        case .finWait2:
            return holds(text.contains("received its FIN") && isConfirmed == true, "was not")
        case .closeWait:
            return holds(text.contains("sends no more") && hasFin, "no FIN came")
        case .lastAck, .closing:
            return holds(hasFin && isConfirmed == false, "no FIN, or it is confirmed")
        case .timeWait:
            guard hasFin, isConfirmed == true else { return "did not end both directions" }
            let next = exchange.events.first {
                guard case .state(actor, let other) = $0.kind else { return false }
                return $0.port == event.port && $0.at > event.at && other != name
            }
            if let next {
                let time = SequenceChart.time(next.at - event.at)
                return holds(text.contains("ends after \(time)"), "it ends after \(time)")
            }
            return holds(text.contains("is still there when the recording ends"), "it still waits")
        default: return holds(text.contains("has no connection"), "says else")
        }
    }

    /// The state of a side's socket after all that happened up to a time: of those that it may have been in, the last.
    private func state(of actor: Int, _ port: UInt16?, near time: Double) -> TCPState? {
        var found: TCPState?
        for event in exchange.events where event.port == port {
            if case .state(actor, let name) = event.kind, (event.notBefore ?? event.at) <= time {
                // One that began with the segment itself is told only where it explains it.
                found = TCPState(anyName: name)?.canonical
            }
        }
        return found
    }
}
