extension Trace {
    public struct Connect: Sendable, Equatable, Codable {
        public var span: Span
        /// In the order in which they were begun.
        public var attempts: [Attempt]
        /// What the connection that came about is; nil where none did.
        @Explicit public var connection: Connection?

        public init(began: Double) {
            span = Span(began: began, ended: began)
            attempts = []
        }
    }

    /// An address that was tried.
    public struct Attempt: Sendable, Equatable, Codable {
        public enum Outcome: String, Sendable, Hashable, Codable {
            case connected, failed
            /// Another address was faster.
            case overtaken
            /// Time was up.
            case unanswered
        }

        public var address: IPAddress
        public var port: UInt16
        public var span: Span
        public var outcome: Outcome
        /// The kernel's name of the error.
        @Explicit public var errno: String?
        /// How often the SYN was sent again; nil where the kernel did not tell.
        @Explicit public var synRetries: UInt32?

        public init(
            address: IPAddress,
            port: UInt16,
            span: Span,
            outcome: Outcome,
            errno: String? = nil,
            synRetries: UInt32? = nil
        ) {
            self.address = address
            self.port = port
            self.span = span
            self.outcome = outcome
            self.errno = errno
            self.synRetries = synRetries
        }

        enum CodingKeys: String, CodingKey {
            case address, port, span, outcome, errno
            case synRetries = "syn_retries"
        }
    }

    /// The connection that came about, as the kernel describes it then.
    public struct Connection: Sendable, Equatable, Codable {
        public var source: IPAddress
        public var sourcePort: UInt16
        public var destination: IPAddress
        public var destinationPort: UInt16
        /// From SYN to SYN-ACK as the kernel measured it; nil where it did not.
        @Explicit public var roundTrip: Double?
        @Explicit public var timestamps: Bool?
        @Explicit public var selectiveAcknowledgements: Bool?
        @Explicit public var windowScaling: Bool?
        /// Whether the server acknowledged data that came with the SYN (TCP Fast Open).
        @Explicit public var fastOpen: Bool?
        /// Bytes of data that a segment holds at most.
        @Explicit public var segmentBytes: UInt32?
        /// True where the other end is in this host's network namespace.
        public var isLocal: Bool
        /// Who listens there, where it is local.
        @Explicit public var peer: Owner?
        @Explicit public var ports: PortUse?
        /// The interface of link-local addresses, while the connection is looked at; 0 for none.
        public var scope: UInt32 = 0

        public init(
            source: IPAddress,
            sourcePort: UInt16,
            destination: IPAddress,
            destinationPort: UInt16,
            roundTrip: Double? = nil,
            timestamps: Bool? = nil,
            selectiveAcknowledgements: Bool? = nil,
            windowScaling: Bool? = nil,
            fastOpen: Bool? = nil,
            segmentBytes: UInt32? = nil,
            isLocal: Bool,
            peer: Owner? = nil,
            ports: PortUse? = nil,
            scope: UInt32 = 0
        ) {
            self.source = source
            self.sourcePort = sourcePort
            self.destination = destination
            self.destinationPort = destinationPort
            self.roundTrip = roundTrip
            self.timestamps = timestamps
            self.selectiveAcknowledgements = selectiveAcknowledgements
            self.windowScaling = windowScaling
            self.fastOpen = fastOpen
            self.segmentBytes = segmentBytes
            self.isLocal = isLocal
            self.peer = peer
            self.ports = ports
            self.scope = scope
        }

        public var tuple: Tuple {
            Tuple(source: source, destination: destination, port: destinationPort)
        }

        enum CodingKeys: String, CodingKey {
            case source, destination, timestamps, peer, ports
            case sourcePort = "source_port"
            case destinationPort = "destination_port"
            case roundTrip = "round_trip_seconds"
            case selectiveAcknowledgements = "selective_acknowledgements"
            case windowScaling = "window_scaling"
            case fastOpen = "fast_open"
            case segmentBytes = "segment_bytes"
            case isLocal = "local"
        }
    }

    /// The ports of this source to this destination: how many are taken, and how soon one is to be had again.
    public struct PortUse: Sendable, Equatable, Codable {
        public var used: Int
        public var usable: Int
        /// Seconds for which a connection that this side closes keeps its port.
        public var holdSeconds: Double
        /// Whether connect() may take a port in TIME_WAIT again.
        public var isReused: Bool
        /// Connections a second that one source can make to this destination for good, closing first.
        public var limitPerSecond: Double
        /// Settings it rests on, as they were read.
        public var settings: [String: String]

        public init(
            used: Int, usable: Int, holdSeconds: Double, isReused: Bool, limitPerSecond: Double,
            settings: [String: String]
        ) {
            self.used = used
            self.usable = usable
            self.holdSeconds = holdSeconds
            self.isReused = isReused
            self.limitPerSecond = limitPerSecond
            self.settings = settings
        }

        enum CodingKeys: String, CodingKey {
            case used, usable, settings
            case holdSeconds = "hold_seconds"
            case isReused = "reused"
            case limitPerSecond = "limit_per_second"
        }
    }
}
