import Model

/// What captions ask of a segment and what was before it.
extension PassingMoment {
    /// Whether its number is what the last segment acknowledged, as a reset that answers it has (RFC 9293 §3.5.2).
    var answersLast: Bool { last.map(isAnswered) ?? false }

    /// Whether this, a reset, has the number that answers a segment.
    func isAnswered(_ segment: RecordedTraffic.Passage) -> Bool {
        guard let number = passage.sequence else { return false }
        return segment.acknowledgement.map { $0 == number } ?? (number == 0)
    }

    /// Whether what came last acknowledges anything but the sender's own SYN.
    var isRequestPassedOver: Bool {
        guard let own = ownRequest, let last else { return false }
        return !last.confirms(own)
    }

    /// Whether the sender's socket is gone with it.
    var isEndedAfter: Bool {
        traffic.stays.contains {
            $0.actor == passage.from && $0.port == passage.port && $0.state == .close
                && abs($0.from - passage.at) < 0.1
        }
    }

    /// Whether the other side has asked, too, and its SYN has not come yet.
    var crossesRequest: Bool {
        traffic.passages.contains {
            $0.from == passage.to && $0.port == passage.port && $0.flags == ["SYN"]
                && $0.place < passage.place && $0.arrives.map { $0 > passage.at } ?? false
        }
    }

    /// Whether it has the last number that was acknowledged, and nothing else: nobody sends that again but to be answered.
    ///
    /// Source: `net/ipv4/tcp_output.c:tcp_xmit_probe_skb`.
    var isProbe: Bool {
        let sent = said.filter { $0.origin == .sent && $0.length > 0 }
        guard let end = sent.last?.end, let own = passage.sequence else { return false }
        return own &+ 1 == end && heard.contains { $0.acknowledgement == end }
    }

    /// Whether what came last is a probe: a bare ACK of a number that this side has acknowledged before.
    var isAnswerToProbe: Bool {
        guard let last, last.isBareAck, let own = passage.acknowledgement,
            let number = last.sequence
        else { return false }
        return number &+ 1 == own
    }

    /// Whether the last two segments or more that it sent were probes, and nothing came since.
    var isAfterProbes: Bool {
        guard let probe = said.last, probe.isBareAck, let number = probe.sequence,
            passage.sequence == number &+ 1
        else { return false }
        return !heard.contains { $0.arrives ?? 0 > probe.at }
    }

    /// The SYN that came and that this acknowledges.
    var requestConfirmed: RecordedTraffic.Passage? {
        heard.last { $0.flags == ["SYN"] && passage.confirms($0) }
    }

    /// The FIN with the same number that the same side sent before.
    var formerEnd: RecordedTraffic.Passage? {
        said.last { $0.has("FIN") && $0.end == passage.end }.flatMap { former in
            // The FIN of an older connection may have the same number.
            said.contains { $0.has("SYN") && $0.place > former.place } ? nil : former
        }
    }

    /// The same bytes, sent before.
    var formerData: RecordedTraffic.Passage? {
        said.last {
            $0.bytes == passage.bytes && $0.sequence == passage.sequence && $0.origin == .sent
        }.flatMap {
            former in
            let isNew = said.contains { $0.has("SYN") && $0.place > former.place }
            return isNew && passage.origin == .sent ? nil : former
        }
    }

    var again: String {
        heard.count { $0.has("FIN") && passage.confirms($0) } > 1 && hasSaidSo ? " again" : ""
    }

    /// Whether the last that came has an older timestamp than one that came before it (PAWS, RFC 7323 §5).
    var isLastOld: Bool {
        guard let last, let time = last.timestamp else { return false }
        return heard.dropLast().contains { earlier in
            earlier.timestamp.map { Int32(bitPattern: time &- $0) < 0 } ?? false
        }
    }

    /// Whether all of what came last lies before what is acknowledged.
    var isLastBehind: Bool {
        guard let last, last.bytes > 0 || last.has("FIN") || last.has("SYN"), let end = last.end,
            let number = passage.acknowledgement
        else { return false }
        return Int32(bitPattern: number &- end) >= 0
    }

    /// Whether what came last acknowledges more than was ever sent.
    var isLastAhead: Bool {
        guard let number = last?.acknowledgement,
            let sent = said.last(where: { $0.origin == .sent })?.end
        else { return false }
        return Int32(bitPattern: number &- sent) > 0
    }
}
