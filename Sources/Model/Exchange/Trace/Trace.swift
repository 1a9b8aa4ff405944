/// One request, stage by stage: what happened when, and what tells so.
///
/// All times are seconds from the beginning.
public struct Trace: Sendable, Equatable, Codable {
    /// As it was asked for.
    public var url: String
    /// In order; more than one where redirects were followed.
    public var requests: [Request]
    public var seconds: Double
    /// Why it did not come to its end; nil where it did.
    @Explicit public var failure: Failure?
    /// All of it as a sequence of messages.
    public var exchange: Exchange
    /// What is to be known of how it was seen.
    public var notes: [String]
    /// Where it was made several times: all of them, beside this one, which was the first.
    @Explicit public var repetition: Repetition?

    /// So many redirects are followed, and no more.
    public static let mostRedirects = 10
    /// So often one address is traced, and no more.
    public static let mostTimes = 1000

    enum CodingKeys: String, CodingKey {
        case url, requests, seconds, failure, exchange, notes, repetition
    }

    public init(url: String) {
        self.url = url
        requests = []
        seconds = 0
        exchange = Exchange(actors: [])
        notes = []
    }

    public enum Stage: String, Sendable, Hashable, Codable, CaseIterable {
        case name, connect, tls, request, response, close

        /// As pages name it.
        public var title: String { self == .tls ? "TLS" : rawValue }
    }

    public struct Failure: Sendable, Equatable, Codable {
        public var stage: Stage
        /// What was tried, on what, why it failed.
        public var reason: String
        /// The kernel's name of the error, where there is one.
        @Explicit public var errno: String?
        /// True where what was entered can be no name.
        public var isUsage: Bool

        public init(
            stage: Stage,
            reason: String,
            errno: String? = nil,
            isUsage: Bool
        ) {
            self.stage = stage
            self.reason = reason
            self.errno = errno
            self.isUsage = isUsage
        }

        enum CodingKeys: String, CodingKey {
            case stage, reason, errno
            case isUsage = "usage"
        }
    }

    /// A stage's place in time.
    public struct Span: Sendable, Equatable, Codable {
        public var began: Double
        public var ended: Double

        public init(
            began: Double,
            ended: Double
        ) {
            self.began = began
            self.ended = ended
        }
        public var seconds: Double { max(ended - began, 0) }

        enum CodingKeys: String, CodingKey {
            case began = "began_seconds"
            case ended = "ended_seconds"
        }
    }

    /// What one address led to.
    public struct Request: Sendable, Equatable, Codable {
        public var url: String
        @Explicit public var name: Name?
        @Explicit public var connect: Connect?
        /// Nil of http, and where no library that speaks it was found.
        @Explicit public var tls: TLS?
        @Explicit public var sent: Sent?
        @Explicit public var response: Response?
        @Explicit public var close: Close?
        /// States that the sockets of the connection were seen in, in order.
        public var states: [StateSeen]

        public init(url: String) {
            self.url = url
            states = []
        }

        enum CodingKeys: String, CodingKey {
            case url, name, connect, tls, response, close, states
            case sent = "request"
        }
    }

    public struct Name: Sendable, Equatable, Codable {
        public var span: Span
        public var resolution: NameResolution
        /// True where the servers were asked from the root on.
        public var isIterative: Bool

        public init(
            span: Span,
            resolution: NameResolution,
            isIterative: Bool
        ) {
            self.span = span
            self.resolution = resolution
            self.isIterative = isIterative
        }

        enum CodingKeys: String, CodingKey {
            case span, resolution
            case isIterative = "iterative"
        }
    }

    /// What was sent.
    public struct Sent: Sendable, Equatable, Codable {
        public var span: Span
        public var bytes: Int
        /// Line by line.
        public var lines: [String]

        public init(
            span: Span,
            bytes: Int,
            lines: [String]
        ) {
            self.span = span
            self.bytes = bytes
            self.lines = lines
        }
    }

    public struct Response: Sendable, Equatable, Codable {
        /// From the end of the sending to the last byte.
        public var span: Span
        /// Nil where none came.
        @Explicit public var firstByte: Double?
        /// When the first byte had reached this host at the latest, as the kernel noted it; nil where it noted nothing.
        ///
        /// What lies between that and the reading is this program's waking up.
        @Explicit public var firstArrived: Double?
        /// The same of the last byte.
        @Explicit public var lastArrived: Double?
        @Explicit public var head: ResponseHead?
        public var headBytes: Int
        public var bodyBytes: Int
        /// Bytes behind its end.
        public var extraBytes: Int
        /// Responses of 1xx before it.
        public var interim: Int
        /// How its end is told: `length`, `chunked`, `close`, `none`.
        public var framing: String
        /// Whether the server says that the connection stays open.
        @Explicit public var keepsAlive: Bool?
        /// What of it was wrong; nil where it is whole.
        @Explicit public var problem: String?

        public init(
            span: Span,
            firstByte: Double? = nil,
            firstArrived: Double? = nil,
            lastArrived: Double? = nil,
            head: ResponseHead? = nil,
            headBytes: Int,
            bodyBytes: Int,
            extraBytes: Int,
            interim: Int,
            framing: String,
            keepsAlive: Bool? = nil,
            problem: String? = nil
        ) {
            self.span = span
            self.firstByte = firstByte
            self.firstArrived = firstArrived
            self.lastArrived = lastArrived
            self.head = head
            self.headBytes = headBytes
            self.bodyBytes = bodyBytes
            self.extraBytes = extraBytes
            self.interim = interim
            self.framing = framing
            self.keepsAlive = keepsAlive
            self.problem = problem
        }

        enum CodingKeys: String, CodingKey {
            case span, head, interim, framing, problem
            case firstByte = "first_byte_seconds"
            case firstArrived = "first_byte_arrived_seconds"
            case lastArrived = "last_byte_arrived_seconds"
            case headBytes = "head_bytes"
            case bodyBytes = "body_bytes"
            case extraBytes = "extra_bytes"
            case keepsAlive = "keep_alive"
        }
    }
}
