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

    public var from: TCPState
    public var to: TCPState
    /// `rcv SYN ACK`, `close()`: what is called is named as programs call it.
    public var cause: String
    /// `snd ACK`; nil where nothing is sent.
    public var answer: String?
    public var source: Source

    private init(
        _ from: TCPState, _ to: TCPState, _ cause: String, _ answer: String? = nil,
        _ source: Source = .figure
    ) {
        self.from = from
        self.to = to
        self.cause = cause
        self.answer = answer
        self.source = source
    }

    /// `rcv SYN ACK / snd ACK`.
    public var words: String { answer.map { "\(cause) / \($0)" } ?? cause }

    /// The figure's first, by the order in which a connection lives through them.
    public static let all: [TCPTransition] = figure + besides + ended

    /// The first that leads from one to the other; nil where nothing does.
    ///
    /// - Parameter byReset: whether one is preferred that a reset makes.
    public static func between(
        _ from: TCPState, _ to: TCPState, byReset: Bool = false
    ) -> TCPTransition? {
        let ways = all.filter { $0.from == from.standing && $0.to == to.standing }
        return (byReset ? ways.first { $0.cause.contains("RST") } : nil) ?? ways.first
    }

    private static let figure = [
        TCPTransition(.close, .listen, "listen()"),
        TCPTransition(.close, .synSent, "connect()", "snd SYN"),
        TCPTransition(.listen, .synReceived, "rcv SYN", "snd SYN ACK"),
        TCPTransition(.listen, .synSent, "send()", "snd SYN"),
        TCPTransition(.listen, .close, "close()"),
        TCPTransition(.synSent, .synReceived, "rcv SYN", "snd SYN ACK"),
        TCPTransition(.synSent, .established, "rcv SYN ACK", "snd ACK"),
        TCPTransition(.synSent, .close, "close(), rcv RST, or no answer"),
        TCPTransition(.synReceived, .established, "rcv ACK"),
        TCPTransition(.synReceived, .finWait1, "close()", "snd FIN"),
        TCPTransition(.established, .finWait1, "close()", "snd FIN"),
        TCPTransition(.established, .closeWait, "rcv FIN", "snd ACK"),
        TCPTransition(.finWait1, .finWait2, "rcv ACK"),
        TCPTransition(.finWait1, .closing, "rcv FIN", "snd ACK"),
        TCPTransition(.closing, .timeWait, "rcv ACK"),
        TCPTransition(.finWait2, .timeWait, "rcv FIN", "snd ACK"),
        TCPTransition(.closeWait, .lastAck, "close()", "snd FIN"),
        TCPTransition(.lastAck, .close, "rcv ACK"),
        TCPTransition(.timeWait, .close, "60 s"),
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
        // Nobody holds the socket any more, and the peer never says that it has closed:
        // net.ipv4.tcp_fin_timeout, net/ipv4/tcp_timer.c:tcp_keepalive_timer.
        TCPTransition(.finWait2, .close, "tcp_fin_timeout, or rcv RST", nil, .linux),
    ]

    /// What ends a connection at once, from wherever it is: a reset that came, was sent, or an end of patience.
    private static let ended = [
        TCPState.synReceived, .established, .finWait1, .closeWait, .closing, .timeWait, .lastAck,
    ].map { TCPTransition($0, .close, "rcv RST, or an abort", nil, .text) }
}

extension TCPState {
    /// By the kernel's name, or as the RFC calls what is closed.
    public init?(anyName name: String) {
        self.init(name: name == "CLOSED" ? TCPState.close.name : name)
    }

    /// The RFC's state of it: the kernel keeps young requests apart, and sockets that are bound only.
    public var standing: TCPState {
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
        /// Whether what it saw or sent last was a reset.
        public var isAfterReset: Bool

        /// Nil where none is known that leads there.
        public var transition: TCPTransition? { .between(from, to, byReset: isAfterReset) }
    }

    /// In the order of the events; what is no state of TCP is passed over.
    public var changes: [Change] {
        var last: [Int: TCPState] = [:]
        var isReset: [Int: Bool] = [:]
        var listening: Set<Int> = []
        var changes: [Change] = []
        for (place, event) in events.enumerated() {
            if case .message(let message) = event.kind, !message.isLost {
                isReset[message.from] = message.label.contains("RST")
                isReset[message.to] = message.label.contains("RST")
            }
            guard case .state(let actor, let name) = event.kind,
                let state = TCPState(anyName: name)?.standing
            else { continue }
            if state == .listen { listening.insert(actor) }
            // Whoever asks for a connection had none.
            if var before = last[actor] ?? (state == .synSent ? .close : nil), before != state {
                // Another connection of one that listens: it comes from there, not from the one that ended.
                if before == .close, listening.contains(actor), state != .listen {
                    before = .listen
                }
                changes.append(
                    Change(
                        event: place, actor: actor, from: before, to: state,
                        isAfterReset: isReset[actor] ?? false))
            }
            last[actor] = state
        }
        return changes
    }
}
