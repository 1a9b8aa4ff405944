/// What passed between hosts and what became of their sockets, in order: the matter of a sequence diagram.
public struct Exchange: Sendable, Hashable, Codable {
    /// From left to right.
    public var actors: [Actor]
    /// In the order of their times.
    public var events: [Event]

    public init(actors: [Actor], events: [Event] = []) {
        self.actors = actors
        self.events = events
    }

    /// Who sends and receives.
    public struct Actor: Sendable, Hashable, Codable {
        /// `client`, `resolver`.
        public var name: String
        /// An address, a program; nil where there is nothing to say.
        public var detail: String?

        public init(_ name: String, detail: String? = nil) {
            self.name = name
            self.detail = detail
        }
    }

    public struct Event: Sendable, Hashable {
        /// Seconds from the beginning.
        public var at: Double
        public var kind: Kind
        /// The client's port of the connection that it belongs to; nil where that is not known.
        public var port: UInt16?
        /// Of a state: when it was last looked for and was not there yet; nil where that is not known.
        ///
        /// It began between then and ``at``.
        public var notBefore: Double?

        public init(
            at: Double, _ kind: Kind, port: UInt16? = nil, notBefore: Double? = nil
        ) {
            self.at = at
            self.kind = kind
            self.port = port
            self.notBefore = notBefore
        }
    }

    public enum Kind: Sendable, Hashable {
        case message(Message)
        /// The place of an actor, and the state that a socket of it is in from now on: `TIME_WAIT`.
        case state(actor: Int, String)
        /// A word at an actor, or across all of them.
        case note(actor: Int?, String)
    }

    /// A segment, a datagram, a request: anything that goes from one actor to another.
    public struct Message: Sendable, Hashable, Codable {
        /// Places of actors.
        public var from: Int
        public var to: Int
        /// In a few words: `SYN`, `FIN ACK`, `A? example.org`.
        public var label: String
        /// More, for those who look closely: `seq 0, ack 1, mss 1460`.
        @Explicit public var detail: String?
        /// Seconds from the beginning at which it arrived; nil where it never did, or is not known.
        @Explicit public var arrives: Double?
        public var isLost: Bool
        public var origin: Origin
        /// What its header says; nil where no segment was seen.
        public var segment: Segment?

        public init(
            from: Int, to: Int, _ label: String, detail: String? = nil, arrives: Double? = nil,
            isLost: Bool = false, origin: Origin = .sent, segment: Segment? = nil
        ) {
            self.from = from
            self.to = to
            self.label = label
            self.detail = detail
            self.arrives = arrives
            self.isLost = isLost
            self.origin = origin
            self.segment = segment
        }

        enum CodingKeys: String, CodingKey {
            case from, to, label, detail, origin, segment
            case arrives = "arrives_seconds"
            case isLost = "lost"
        }
    }

    /// Of a TCP segment's header, the numbers as they went over the wire (RFC 9293 §3.1).
    public struct Segment: Sendable, Hashable, Codable {
        public var sequence: UInt32
        /// Nil without the flag ACK.
        public var acknowledgement: UInt32?
        /// Of its payload.
        public var bytes: Int
        /// The sender's clock (RFC 7323); nil without the option.
        public var timestamp: UInt32?

        public init(
            sequence: UInt32, acknowledgement: UInt32? = nil, bytes: Int = 0,
            timestamp: UInt32? = nil
        ) {
            self.sequence = sequence
            self.acknowledgement = acknowledgement
            self.bytes = bytes
            self.timestamp = timestamp
        }

        enum CodingKeys: String, CodingKey {
            case sequence, acknowledgement, timestamp
            case bytes = "payload_bytes"
        }
    }

    /// Where a message comes from, so that nothing is taken for seen that was not.
    public enum Origin: String, Sendable, Hashable, Codable {
        /// By the actor that it goes out from, and seen.
        case sent
        /// A copy of one that was sent before, kept back on the way: an old duplicate.
        case duplicate
        /// Made up and put on the way by the experiment, in the name of the actor.
        case crafted
        /// Not seen, but concluded from what was seen.
        case concluded
    }
}

extension Exchange.Event: Codable {
    enum CodingKeys: String, CodingKey {
        case kind, message, state, actor, text
        case at = "at_seconds"
        case port = "client_port"
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        at = try container.decode(Double.self, forKey: .at)
        port = try container.decodeIfPresent(UInt16.self, forKey: .port)
        let word = try container.decode(String.self, forKey: .kind)
        switch word {
        case "message":
            kind = .message(try container.decode(Exchange.Message.self, forKey: .message))
        case "state":
            kind = .state(
                actor: try container.decode(Int.self, forKey: .actor),
                try container.decode(String.self, forKey: .state))
        case "note":
            kind = .note(
                actor: try container.decodeIfPresent(Int.self, forKey: .actor),
                try container.decode(String.self, forKey: .text))
        default:
            throw DecodingError.dataCorruptedError(
                forKey: .kind, in: container, debugDescription: "no kind of event: \(word)")
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(at, forKey: .at)
        try container.encodeIfPresent(port, forKey: .port)
        switch kind {
        case .message(let message):
            try container.encode("message", forKey: .kind)
            try container.encode(message, forKey: .message)
        case .state(let actor, let state):
            try container.encode("state", forKey: .kind)
            try container.encode(actor, forKey: .actor)
            try container.encode(state, forKey: .state)
        case .note(let actor, let text):
            try container.encode("note", forKey: .kind)
            try container.encode(actor, forKey: .actor)
            try container.encode(text, forKey: .text)
        }
    }
}
