extension Trace {
    /// How the connection ended, as far as it was watched.
    public struct Close: Sendable, Equatable, Codable {
        /// From the first sign of the end to the last state.
        public var span: Span
        /// When this program closed its socket.
        public var closed: Double
        /// When the peer's end was read; nil where this side closed before.
        @Explicit public var peerEnded: Double?
        public var first: Closer
        /// Where the connection ended by a reset, who sent it; a FIN of ``first`` may have gone before.
        @Explicit public var reset: Closer?
        /// What this host still holds of this program's socket: TIME_WAIT, FIN_WAIT2; nil where nothing is left.
        @Explicit public var held: TCPState?
        /// Seconds for which that stays, as the kernel says.
        @Explicit public var heldSeconds: Double?
        /// The same of the server's socket, where that is on this host.
        @Explicit public var peerHeld: TCPState?
        @Explicit public var peerHeldSeconds: Double?
        /// Why this program closed when it did, in words.
        public var reason: String

        public init(
            span: Span,
            closed: Double,
            peerEnded: Double? = nil,
            first: Closer,
            reset: Closer? = nil,
            held: TCPState? = nil,
            heldSeconds: Double? = nil,
            peerHeld: TCPState? = nil,
            peerHeldSeconds: Double? = nil,
            reason: String
        ) {
            self.span = span
            self.closed = closed
            self.peerEnded = peerEnded
            self.first = first
            self.reset = reset
            self.held = held
            self.heldSeconds = heldSeconds
            self.peerHeld = peerHeld
            self.peerHeldSeconds = peerHeldSeconds
            self.reason = reason
        }

        enum CodingKeys: String, CodingKey {
            case span, first, reset, held, reason
            case closed = "closed_seconds"
            case peerEnded = "peer_ended_seconds"
            case heldSeconds = "held_seconds"
            case peerHeld = "peer_held"
            case peerHeldSeconds = "peer_held_seconds"
        }
    }

    public enum Closer: String, Sendable, Hashable, Codable {
        case local, peer
        /// Each before it saw the other's.
        case both
        case unknown
    }

    /// A state that a socket was in from a time on.
    public struct StateSeen: Sendable, Equatable, Codable {
        public enum Side: String, Sendable, Hashable, Codable { case local, peer }

        public enum Source: String, Sendable, Hashable, Codable {
            /// The socket was looked up again and again.
            case lookup = "sock_diag"
            /// The kernel announced that the socket is gone.
            case event = "destroy_event"
            /// The system call that was made leads to it.
            case call = "system_call"
            /// The socket itself was asked, by its descriptor.
            case info = "tcp_info"
            /// It was not seen: no connection gets without it from the state before to the one behind.
            case implied
            /// The kernel told of the change itself.
            case tracepoint
        }

        public var at: Double
        /// When it was last seen in another state, so that the change lies between; nil where the time is exact.
        @Explicit public var notBefore: Double?
        public var side: Side
        public var state: TCPState
        public var source: Source

        public init(
            at: Double,
            notBefore: Double? = nil,
            side: Side,
            state: TCPState,
            source: Source
        ) {
            self.at = at
            self.notBefore = notBefore
            self.side = side
            self.state = state
            self.source = source
        }

        enum CodingKeys: String, CodingKey {
            case side, state, source
            case at = "at_seconds"
            case notBefore = "not_before_seconds"
        }
    }
}
