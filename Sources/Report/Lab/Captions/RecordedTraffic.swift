import Model

/// The segments and the states of a recording, for what is said of one of them to be held against the others.
struct RecordedTraffic {
    /// A segment, with its numbers where they were seen.
    struct Passage: Sendable {
        var place: Int
        var at: Double
        /// Nil where it never arrived.
        var arrives: Double?
        var from: Int
        var to: Int
        var port: UInt16?
        var flags: Set<String>
        var origin: Exchange.Origin
        var sequence: UInt32?
        var acknowledgement: UInt32?
        var timestamp: UInt32?
        var bytes: Int
        /// As it is drawn.
        var label: String

        init?(_ event: Exchange.Event, at place: Int) {
            guard case .message(let message) = event.kind else { return nil }
            self.place = place
            at = event.at
            arrives = message.isLost ? nil : message.arrives ?? event.at
            (from, to, port) = (message.from, message.to, event.port)
            (flags, origin) = (message.flags, message.origin)
            sequence = message.segment?.sequence
            acknowledgement = message.segment?.acknowledgement
            timestamp = message.segment?.timestamp
            bytes = message.segment?.bytes ?? message.spokenBytes
            label = message.label
        }

        /// A copy of one that was sent before, or one that was so long on its way that another was sent meanwhile.
        var isOld: Bool {
            origin == .duplicate || arrives.map { $0 - at > RecordedTraffic.longWay } ?? false
        }

        /// What it takes of the sequence space.
        var length: Int { bytes + (has("SYN") ? 1 : 0) + (has("FIN") ? 1 : 0) }

        func has(_ flag: String) -> Bool { flags.contains(flag) }

        var isBareAck: Bool { flags == ["ACK"] && bytes == 0 }

        /// What follows it in the sequence space: a SYN and a FIN count as a byte each.
        var end: UInt32? {
            sequence.map { $0 &+ UInt32(bytes) &+ (has("SYN") ? 1 : 0) &+ (has("FIN") ? 1 : 0) }
        }

        /// Whether it acknowledges the whole of another; what was not seen is not told from it.
        func confirms(_ other: Passage) -> Bool {
            guard has("ACK") else { return false }
            guard let acknowledgement, let end = other.end else { return sequence == nil }
            return acknowledgement == end
        }

        /// Whether it is that other once more.
        func repeats(_ other: Passage) -> Bool {
            from == other.from && port == other.port && flags == other.flags
                && bytes == other.bytes && sequence == other.sequence
        }
    }

    /// A state that a side's socket was in.
    struct Stay: Sendable {
        var actor: Int
        var port: UInt16?
        var state: TCPState
        var from: Double
        /// From when on it may have been so: a look comes after what changed it.
        var earliest: Double
        /// `.infinity` where it was so at the end.
        var until: Double
    }

    let passages: [Passage]
    let stays: [Stay]

    init(_ exchange: Exchange) {
        passages = exchange.events.enumerated().compactMap { Passage($1, at: $0) }
        var stays: [Stay] = []
        for event in exchange.events {
            guard case .state(let actor, let name) = event.kind,
                let state = TCPState(anyName: name)?.canonical
            else { continue }
            let last = stays.lastIndex { $0.actor == actor && $0.port == event.port }
            if let last {
                guard stays[last].state != state else { continue }
                stays[last].until = event.at
            }
            stays.append(
                Stay(
                    actor: actor, port: event.port, state: state, from: event.at,
                    earliest: event.notBefore ?? event.at - Self.moment, until: .infinity))
        }
        self.stays = stays
    }

    /// Seconds after which a segment is sent again.
    static let longWay = 0.9

    /// A look at a socket follows the segment that changed it: by so much it may come later where nothing better is known.
    static let moment = 0.015

    // MARK: what came before

    /// What arrived at the side that sends a passage, on the same connection, before it was sent.
    func heard(before passage: Passage) -> [Passage] {
        came(to: passage.from, on: passage.port, until: passage.at + 0.0005)
    }

    /// In the order of their arrival.
    func came(to actor: Int, on port: UInt16?, until time: Double) -> [Passage] {
        passages.filter {
            $0.to == actor && $0.port == port && ($0.arrives ?? .infinity) <= time
        }.sorted { ($0.arrives ?? 0, $0.place) < ($1.arrives ?? 0, $1.place) }
    }

    /// What the sender of a passage sent before it, on the same connection.
    func said(before passage: Passage) -> [Passage] {
        passages.filter {
            $0.from == passage.from && $0.port == passage.port && $0.place < passage.place
                && $0.at <= passage.at
        }
    }

    /// What a side sent on a connection up to a time.
    func sent(by actor: Int, on port: UInt16?, until time: Double) -> [Passage] {
        passages.filter {
            $0.from == actor && $0.port == port && $0.at <= time && $0.origin != .duplicate
        }
    }

    /// Whether a side's socket is in a state when it sends or gets something; a look may be late.
    func isIn(_ states: Set<TCPState>, _ actor: Int, on port: UInt16?, at time: Double) -> Bool {
        stays.contains {
            $0.actor == actor && $0.port == port && states.contains($0.state)
                && $0.earliest <= time && time <= $0.until
        }
    }

    /// Whether no socket of a side's own is on a connection at a time.
    func holdsNothing(_ actor: Int, on port: UInt16?, at time: Double) -> Bool {
        let now = stays.last { $0.actor == actor && $0.port == port && $0.from <= time }
        return now.map { [.close, .listen].contains($0.state) } ?? true
    }

    /// The stay of a side's socket that begins at a time.
    func stay(of actor: Int, on port: UInt16?, from time: Double) -> Stay? {
        stays.last { $0.actor == actor && $0.port == port && $0.from <= time }
    }

    /// When the recording ends.
    var end: Double {
        max(
            passages.map { max($0.at, $0.arrives ?? $0.at) }.max() ?? 0,
            stays.map(\.from).max() ?? 0)
    }
}

extension Exchange.Message {
    /// As its label names them: `ACK + 9 bytes`.
    fileprivate var spokenBytes: Int {
        guard let sum = label.firstRange(of: " + ") else { return 0 }
        return Int(label[sum.upperBound...].prefix { $0.isNumber }) ?? 0
    }
}
