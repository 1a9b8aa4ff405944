import Model

/// A sentence on an event of a recording, and what the recording must show for it to be true.
struct Caption<Moment>: Sendable {
    /// For tests: which one was chosen.
    let name: String
    let holds: @Sendable (Moment) -> Bool
    let sentence: @Sendable (Moment) -> String

    init(
        _ name: String, if holds: @escaping @Sendable (Moment) -> Bool,
        _ sentence: @escaping @Sendable (Moment) -> String
    ) {
        self.name = name
        self.holds = holds
        self.sentence = sentence
    }
}

/// A segment of a recording, and what was before it.
struct PassingMoment {
    let passage: RecordedTraffic.Passage
    let traffic: RecordedTraffic
    /// Who sends it, and to whom.
    let from: String
    let to: String
    /// What its sender had got and sent before, on the same connection.
    let heard: [RecordedTraffic.Passage]
    let said: [RecordedTraffic.Passage]

    init(_ passage: RecordedTraffic.Passage, _ traffic: RecordedTraffic, names: [String]) {
        self.passage = passage
        self.traffic = traffic
        (from, to) = (names[passage.from], names[passage.to])
        heard = traffic.heard(before: passage)
        said = traffic.said(before: passage)
    }

    /// What came last; of a reset, what it answers, for more may have come before it was seen.
    var last: RecordedTraffic.Passage? {
        (passage.has("RST") ? heard.last(where: isAnswered) : nil) ?? heard.last
    }

    func senderIs(_ states: TCPState...) -> Bool {
        traffic.isIn(Set(states), passage.from, on: passage.port, at: passage.at)
    }

    /// The sender's own SYN that it sent last: with it its connection begins.
    var ownRequest: RecordedTraffic.Passage? {
        said.last { $0.has("SYN") && $0.origin == .sent }
    }

    /// Whether a segment is of the sender's connection, not of one before between the same ends.
    private func isOfNow(_ other: RecordedTraffic.Passage) -> Bool {
        other.place > ownRequest?.place ?? -1
    }

    /// The same segment, sent before, while the sender had a socket all the time.
    var former: RecordedTraffic.Passage? {
        said.last(where: passage.repeats).flatMap { former in
            traffic.stays.contains {
                $0.actor == passage.from && $0.port == passage.port && $0.state == .close
                    && former.at < $0.from && $0.from < passage.at
            } ? nil : former
        }
    }

    /// Whether anything that came confirms what was sent before.
    func isConfirmed(_ sent: RecordedTraffic.Passage) -> Bool {
        heard.contains { $0.place > sent.place && $0.confirms(sent) }
    }

    /// Whether the sender has ended its own direction, and knows that the other side has that.
    var isOwnEndConfirmed: Bool {
        said.last { $0.has("FIN") && $0.origin == .sent }.map(isConfirmed) ?? false
    }

    /// The other side's FIN that came and that this confirms.
    var confirmedEnd: RecordedTraffic.Passage? {
        heard.last { $0.has("FIN") && isOfNow($0) && passage.confirms($0) }
    }

    /// The data that came and that this confirms.
    var confirmedData: RecordedTraffic.Passage? {
        heard.last { $0.bytes > 0 && isOfNow($0) && passage.confirms($0) }
    }

    /// Whether it was acknowledged before by the same side, in the same connection.
    var hasSaidSo: Bool {
        guard let number = passage.acknowledgement else { return false }
        return said.contains {
            $0.acknowledgement == number
                && (isOfNow($0) || $0.place == ownRequest?.place)
        }
    }

    /// What came last, in a word.
    var lastWord: String {
        guard let last else { return "segment" }
        if last.flags == ["SYN"] { return "SYN" }
        if last.flags.isSuperset(of: ["SYN", "ACK"]) { return "SYN ACK" }
        if last.has("FIN") { return "FIN" }
        return last.bytes > 0 ? "data" : last.has("ACK") ? "ACK" : "segment"
    }
}

/// A state that a socket enters, and what was before it.
struct StateMoment {
    let actor: Int
    let port: UInt16?
    let at: Double
    let state: TCPState
    let traffic: RecordedTraffic
    let name: String
    let other: String

    /// What it sent until then: a look may come before the segment is seen on the wire.
    var sent: [RecordedTraffic.Passage] {
        traffic.sent(by: actor, on: port, until: at + RecordedTraffic.moment)
    }

    /// What had come: whoever looks does so after what has arrived, so nothing that came later has led there.
    var came: [RecordedTraffic.Passage] {
        traffic.came(to: actor, on: port, until: at)
    }

    var ownEnd: RecordedTraffic.Passage? { sent.last { $0.has("FIN") } }
    var otherEnd: RecordedTraffic.Passage? { came.last { $0.has("FIN") } }

    var isOwnEndConfirmed: Bool {
        guard let own = ownEnd else { return false }
        return came.contains { $0.place > own.place && $0.confirms(own) }
    }

    /// How long it stays so in this recording: `; here it ends after 0.2 s`.
    var stay: String {
        guard let stay = traffic.stay(of: actor, on: port, from: at) else { return "" }
        guard stay.until.isFinite else {
            return "; TIME_WAIT is still there when the recording ends"
        }
        return "; here TIME_WAIT ends after \(SequenceChart.time(stay.until - stay.from))"
    }
}
