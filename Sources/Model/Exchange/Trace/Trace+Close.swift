extension Trace {
    /// How the connection ended, as far as it was watched.
    package struct Close: Sendable, Equatable, Codable {
        /// From the first sign of the end to the last state.
        package var span: Span
        /// When this program closed its socket.
        package var closed: Double
        /// When the peer's end was read; nil where this side closed before.
        @Explicit package var peerEnded: Double?
        package var first: Closer
        /// Where the connection ended by a reset, who sent it; a FIN of ``first`` may have gone before.
        @Explicit package var reset: Closer?
        /// What this host still holds of this program's socket: TIME_WAIT, FIN_WAIT2; nil where nothing is left.
        @Explicit package var held: TCPState?
        /// Seconds for which that stays, as the kernel says.
        @Explicit package var heldSeconds: Double?
        /// The same of the server's socket, where that is on this host.
        @Explicit package var peerHeld: TCPState?
        @Explicit package var peerHeldSeconds: Double?
        /// Why this program closed when it did, in words.
        package var reason: String

        package init(
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

    package enum Closer: String, Sendable, Hashable, Codable {
        case local, peer
        /// Each before it saw the other's.
        case both
        case unknown
    }

    /// A state that a socket was in from a time on.
    package struct StateSeen: Sendable, Equatable, Codable {
        package enum Side: String, Sendable, Hashable, Codable { case local, peer }

        package enum Source: String, Sendable, Hashable, Codable {
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

        package var at: Double
        /// When it was last seen in another state, so that the change lies between; nil where the time is exact.
        @Explicit package var notBefore: Double?
        package var side: Side
        package var state: TCPState
        package var source: Source

        package init(
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
