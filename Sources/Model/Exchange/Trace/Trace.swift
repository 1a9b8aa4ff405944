/// One request, stage by stage: what happened when, and what tells so.
///
/// All times are seconds from the beginning.
package struct Trace: Sendable, Equatable, Codable {
    /// As it was asked for.
    package var url: String
    /// In order; more than one where redirects were followed.
    package var requests: [Request]
    package var seconds: Double
    /// Why it did not come to its end; nil where it did.
    @Explicit package var failure: Failure?
    /// All of it as a sequence of messages.
    package var exchange: Exchange
    /// What is to be known of how it was seen.
    package var notes: [String]
    /// Where it was made several times: all of them, beside this one, which was the first.
    @Explicit package var repetition: Repetition?

    /// So many redirects are followed, and no more.
    package static let mostRedirects = 10
    /// So often one address is traced, and no more.
    package static let mostTimes = 1000

    enum CodingKeys: String, CodingKey {
        case url, requests, seconds, failure, exchange, notes, repetition
    }

    package init(url: String) {
        self.url = url
        requests = []
        seconds = 0
        exchange = Exchange(actors: [])
        notes = []
    }

    package enum Stage: String, Sendable, Hashable, Codable, CaseIterable {
        case name, connect, tls, request, response, close

        /// As pages name it.
        package var title: String { self == .tls ? "TLS" : rawValue }
    }

    package struct Failure: Sendable, Equatable, Codable {
        package var stage: Stage
        /// What was tried, on what, why it failed.
        package var reason: String
        /// The kernel's name of the error, where there is one.
        @Explicit package var errno: String?
        /// True where what was entered can be no name.
        package var isUsage: Bool

        package init(
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
    package struct Span: Sendable, Equatable, Codable {
        package var began: Double
        package var ended: Double

        package init(
            began: Double,
            ended: Double
        ) {
            self.began = began
            self.ended = ended
        }
        package var seconds: Double { max(ended - began, 0) }

        enum CodingKeys: String, CodingKey {
            case began = "began_seconds"
            case ended = "ended_seconds"
        }
    }

    /// What one address led to.
    package struct Request: Sendable, Equatable, Codable {
        package var url: String
        @Explicit package var name: Name?
        @Explicit package var connect: Connect?
        /// Nil of http, and where no library that speaks it was found.
        @Explicit package var tls: TLS?
        @Explicit package var sent: Sent?
        @Explicit package var response: Response?
        @Explicit package var close: Close?
        /// States that the sockets of the connection were seen in, in order.
        package var states: [StateSeen]

        package init(url: String) {
            self.url = url
            states = []
        }

        enum CodingKeys: String, CodingKey {
            case url, name, connect, tls, response, close, states
            case sent = "request"
        }
    }

    package struct Name: Sendable, Equatable, Codable {
        package var span: Span
        package var resolution: NameResolution
        /// True where the servers were asked from the root on.
        package var isIterative: Bool

        package init(
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
    package struct Sent: Sendable, Equatable, Codable {
        package var span: Span
        package var bytes: Int
        /// Line by line.
        package var lines: [String]

        package init(
            span: Span,
            bytes: Int,
            lines: [String]
        ) {
            self.span = span
            self.bytes = bytes
            self.lines = lines
        }
    }

    package struct Response: Sendable, Equatable, Codable {
        /// From the end of the sending to the last byte.
        package var span: Span
        /// Nil where none came.
        @Explicit package var firstByte: Double?
        /// When the first byte had reached this host at the latest, as the kernel noted it; nil where it noted nothing.
        ///
        /// What lies between that and the reading is this program's waking up.
        @Explicit package var firstArrived: Double?
        /// The same of the last byte.
        @Explicit package var lastArrived: Double?
        @Explicit package var head: ResponseHead?
        package var headBytes: Int
        package var bodyBytes: Int
        /// Bytes behind its end.
        package var extraBytes: Int
        /// Responses of 1xx before it.
        package var interim: Int
        /// How its end is told: `length`, `chunked`, `close`, `none`.
        package var framing: String
        /// Whether the server says that the connection stays open.
        @Explicit package var keepsAlive: Bool?
        /// What of it was wrong; nil where it is whole.
        @Explicit package var problem: String?

        package init(
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
