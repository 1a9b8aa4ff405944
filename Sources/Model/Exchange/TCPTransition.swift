import Text

/// A way from one state of a TCP socket to another, and what makes it go there.
///
/// Source: RFC 9293 §3.3.2, figure 5 and its notes; §3.5.2 and §3.10.7 for resets. States have the kernel's names.
public struct TCPTransition: Sendable, Hashable {
    public enum Source: Sendable, Hashable {
        /// Drawn in the figure.
        case figure
        /// Said in the text of the RFC.
        case text
        /// What Linux does besides.
        case linux
    }

    /// What a recording must show for this to have been the way.
    public enum Sign: Sendable, Hashable {
        /// Nothing but the two states.
        case none
        /// A reset came last.
        case resetCame
        /// This side sent a reset last.
        case resetSent
        /// ICMP said last that a segment was not delivered.
        case unreachable
        /// A FIN came last.
        case fin
        /// An ACK came last.
        case acknowledgement
        /// No reset and no FIN came last.
        case silence
        /// The first state lasted so many seconds.
        case seconds(Double)
    }

    public var from: TCPState
    public var to: TCPState
    /// `rcv SYN ACK`, `close()`: what is called is named as programs call it.
    public var cause: String
    /// `snd ACK`; nil where nothing is sent.
    public var answer: String?
    public var source: Source
    public var sign: Sign

    private init(
        _ from: TCPState, _ to: TCPState, _ cause: String, _ answer: String? = nil,
        _ source: Source = .figure, _ sign: Sign = .none
    ) {
        self.from = from
        self.to = to
        self.cause = cause
        self.answer = answer
        self.source = source
        self.sign = sign
    }

    /// `rcv SYN ACK / snd ACK`.
    public var words: String { answer.map { "\(cause) / \($0)" } ?? cause }

    /// The figure's first, by the order in which a connection lives through them.
    public static let all: [TCPTransition] = figure + besides + ended

    /// The first that leads from one to the other, whatever a recording shows; nil where nothing does.
    public static func between(_ from: TCPState, _ to: TCPState) -> TCPTransition? {
        all.first { $0.from == from.canonical && $0.to == to.canonical }
    }

    /// The first that leads from one to the other and whose sign was seen; nil where none was.
    public static func between(
        _ from: TCPState, _ to: TCPState, seen: Evidence
    ) -> TCPTransition? {
        let ways = all.filter { $0.from == from.canonical && $0.to == to.canonical }
        // A reset explains a change before all else that may.
        return ways.first {
            [.resetCame, .resetSent, .unreachable].contains($0.sign) && seen.shows($0.sign)
        }
            ?? ways.first { seen.shows($0.sign) }
    }

    /// What was seen of a socket from the beginning of one state to that of the next.
    public struct Evidence: Sendable, Hashable {
        /// The flags of the last segment that came, or was sent; nil where none was.
        public var came: Set<String>?
        public var sent: Set<String>?
        /// How long the first state lasted; nil where its beginning was not seen.
        public var seconds: Double?
        /// False where messages were concluded rather than seen: then nothing is told from those that are missing.
        public var isOfWire: Bool

        public init(
            came: Set<String>? = nil, sent: Set<String>? = nil, seconds: Double? = nil,
            isOfWire: Bool = false
        ) {
            self.came = came
            self.sent = sent
            self.seconds = seconds
            self.isOfWire = isOfWire
        }

        func shows(_ sign: Sign) -> Bool {
            switch sign {
            case .none: true
            case .resetCame: came?.contains("RST") ?? false
            case .resetSent: sent?.contains("RST") ?? false
            case .unreachable: came?.contains("ICMP") ?? false
            case .fin: came?.contains("FIN") ?? false
            case .acknowledgement: came?.contains("ACK") ?? !isOfWire
            case .silence: !isOfWire || (came ?? []).isDisjoint(with: ["RST", "FIN"])
            case .seconds(let least): seconds.map { $0 >= least } ?? !isOfWire
            }
        }
    }

    /// What TIME_WAIT lasts, less what looking at it late may hide.
    private static let timeWait = 59.5

    private static let figure = [
        TCPTransition(.close, .listen, "listen()"),
        TCPTransition(.close, .synSent, "connect()", "snd SYN"),
        TCPTransition(.listen, .synReceived, "rcv SYN", "snd SYN ACK"),
        TCPTransition(.listen, .synSent, "send()", "snd SYN"),
        TCPTransition(.listen, .close, "close()"),
        TCPTransition(.synSent, .synReceived, "rcv SYN", "snd SYN ACK"),
        TCPTransition(.synSent, .established, "rcv SYN ACK", "snd ACK"),
        TCPTransition(.synSent, .close, "close(), or no answer"),
        TCPTransition(.synReceived, .established, "rcv ACK"),
        TCPTransition(.synReceived, .finWait1, "close()", "snd FIN"),
        TCPTransition(.established, .finWait1, "close()", "snd FIN"),
        TCPTransition(.established, .closeWait, "rcv FIN", "snd ACK"),
        TCPTransition(.finWait1, .finWait2, "rcv ACK"),
        TCPTransition(.finWait1, .closing, "rcv FIN", "snd ACK"),
        TCPTransition(.closing, .timeWait, "rcv ACK"),
        TCPTransition(.finWait2, .timeWait, "rcv FIN", "snd ACK"),
        TCPTransition(.closeWait, .lastAck, "close()", "snd FIN"),
        TCPTransition(.lastAck, .close, "rcv ACK", nil, .figure, .acknowledgement),
        TCPTransition(.timeWait, .close, "60 s", nil, .figure, .seconds(timeWait)),
    ]

    private static let besides = [
        // Figure 5, note 1: a request that came while listening is forgotten, and the listener is as it was.
        TCPTransition(.synReceived, .listen, "rcv RST", nil, .text),
        // Figure 5, note 2: the FIN and the ACK of this side's own come in one segment.
        TCPTransition(.finWait1, .timeWait, "rcv FIN ACK", "snd ACK", .text),
        // §3.6.1: a SYN that is surely newer opens the connection anew; net/ipv4/tcp_minisocks.c:
        // tcp_timewait_state_process returns TCP_TW_SYN, and the listener takes the SYN.
        TCPTransition(.timeWait, .synReceived, "rcv SYN", "snd SYN ACK", .text),
        // Its own new connect() takes the place of one that waits, where timestamps tell old from new:
        // net/ipv4/tcp_ipv4.c:tcp_twsk_unique.
        TCPTransition(.timeWait, .synSent, "connect()", "snd SYN", .linux),
        // With SYN cookies nothing is held until the third step: net/ipv4/syncookies.c:cookie_v4_check.
        TCPTransition(.listen, .established, "rcv ACK of a SYN cookie", nil, .linux),
        // tcp_max_tw_buckets allows no TIME_WAIT more: net/ipv4/tcp_minisocks.c:tcp_time_wait.
        TCPTransition(
            .finWait1, .close, "rcv FIN ACK, no room for TIME_WAIT", "snd ACK", .linux, .fin),
        TCPTransition(.finWait2, .close, "rcv FIN, no room for TIME_WAIT", "snd ACK", .linux, .fin),
        // A request that cannot be delivered: net/ipv4/tcp_ipv4.c:tcp_v4_err.
        TCPTransition(.synSent, .close, "rcv ICMP unreachable", nil, .linux, .unreachable),
        // Nobody holds the socket any more, and the peer never says that it has closed:
        // net.ipv4.tcp_fin_timeout, net/ipv4/tcp_timer.c:tcp_keepalive_timer.
        TCPTransition(.finWait2, .close, "tcp_fin_timeout", nil, .linux, .silence),
    ]

    /// What ends a connection at once, from wherever it is: a reset that came or was sent, or an end of patience.
    private static let ended =
        [
            TCPState.synSent, .synReceived, .established, .finWait1, .finWait2, .closeWait,
            .closing, .timeWait, .lastAck,
        ].flatMap { state in
            [
                TCPTransition(state, .close, "rcv RST", nil, .text, .resetCame),
                TCPTransition(state, .close, "abort", "snd RST", .text, .resetSent),
            ]
        }
        // net/ipv4/tcp_timer.c:tcp_write_timeout.
        + [
            TCPState.synReceived, .established, .finWait1, .closeWait, .closing, .lastAck,
        ].map {
            TCPTransition(
                $0, .close, "no answer, however often it was sent", nil, .linux, .silence)
        }
}

extension TCPState {
    /// By the kernel's name, or as the RFC calls what is closed.
    public init?(anyName name: String) {
        self.init(name: name == "CLOSED" ? TCPState.close.name : name)
    }

    /// The RFC's state of it: the kernel keeps young requests apart, and sockets that are bound only.
    public var canonical: TCPState {
        switch self {
        case .newSynReceived: .synReceived
        case .boundInactive: .close
        default: self
        }
    }
}

extension Exchange {
    /// That the socket of an actor was in another state from an event on.
    public struct Change: Sendable, Hashable {
        /// The place of the event.
        public var event: Int
        public var actor: Int
        public var from: TCPState
        public var to: TCPState
        /// What was seen between the one and the other.
        public var seen: TCPTransition.Evidence

        /// Nil where none is known that leads there and whose sign was seen.
        public var transition: TCPTransition? { .between(from, to, seen: seen) }
    }

    /// A socket of a side; of sides whose connections are not told apart, all that the side has.
    private struct Socket: Hashable {
        var actor: Int
        var port: UInt16?
    }

    /// In the order of the events; what is no state of TCP is passed over.
    public var changes: [Change] {
        var last: [Socket: (state: TCPState, since: Double)] = [:]
        var listening: Set<Int> = []
        var changes: [Change] = []
        for (place, event) in events.enumerated() {
            guard case .state(let actor, let name) = event.kind,
                let state = TCPState(anyName: name)?.canonical
            else { continue }
            let socket = Socket(actor: actor, port: event.port)
            if state == .listen { listening.insert(actor) }
            let known = last[socket]
            // Whoever asks for a connection had none.
            if var before = known?.state ?? (state == .synSent ? .close : nil), before != state {
                // Another connection of one that listens: it comes from there, not from the one that ended.
                if before == .close, listening.contains(actor), state != .listen {
                    before = .listen
                }
                changes.append(
                    Change(
                        event: place, actor: actor, from: before, to: state,
                        seen: seen(by: socket, since: known?.since, until: event.at)))
            }
            if known?.state != state { last[socket] = (state, event.at) }
        }
        return changes
    }

    /// A look follows what it is the look of; by so much may times differ that are taken one after the other.
    private static let moment = 0.002

    private func seen(
        by socket: Socket, since start: Double?, until end: Double
    ) -> TCPTransition.Evidence {
        var evidence = TCPTransition.Evidence(isOfWire: socket.port != nil)
        evidence.seconds = start.map { end - $0 }
        var latest = -Double.infinity
        for event in events where event.port == socket.port {
            guard case .message(let message) = event.kind else { continue }
            let flags = message.flags
            if message.to == socket.actor, !message.isLost {
                let arrives = message.arrives ?? event.at
                if arrives > start ?? -.infinity, arrives <= end + Self.moment, arrives >= latest {
                    (latest, evidence.came) = (arrives, flags)
                }
            }
            if message.from == socket.actor, [.sent, .concluded].contains(message.origin),
                event.at >= (start ?? -.infinity) - Self.moment, event.at <= end + Self.moment
            {
                evidence.sent = flags
            }
        }
        return evidence
    }
}

extension Exchange.Message {
    /// The flags that its label names: `FIN`, `ACK`; `ICMP` where it is no segment.
    public var flags: Set<String> {
        Set(label.split { !$0.isLetter }.map(String.init)).intersection([
            "SYN", "ACK", "FIN", "RST", "ICMP",
        ])
    }
}
