extension Trace {
    /// Several traces of one address, one after the other.
    public struct Repetition: Sendable, Equatable, Codable {
        /// In their order; the first is told whole beside them.
        public var runs: [Run]
        public var stages: [Stage]

        public init(
            runs: [Run],
            stages: [Stage]
        ) {
            self.runs = runs
            self.stages = stages
        }

        /// What takes time: a stage, the wait for the first byte, or all of it up to the last byte.
        public enum Measure: String, Sendable, Hashable, Codable, CaseIterable {
            case name, connect, tls, request
            case firstByte = "first_byte"
            case response, total
        }

        /// One trace.
        public struct Run: Sendable, Equatable, Codable {
            /// By the name of the ``Measure``, of redirects all together; what did not happen is left out.
            public var seconds: [String: Double]
            /// Of the last response; nil where none came.
            @Explicit public var status: Int?
            /// Whether TLS went on with the session of an earlier connection; nil without TLS.
            @Explicit public var isResumed: Bool?
            @Explicit public var failure: Failure?

            public init(
                seconds: [String: Double],
                status: Int? = nil,
                isResumed: Bool? = nil,
                failure: Failure? = nil
            ) {
                self.seconds = seconds
                self.status = status
                self.isResumed = isResumed
                self.failure = failure
            }

            enum CodingKeys: String, CodingKey {
                case seconds, status, failure
                case isResumed = "resumed"
            }
        }

        /// What one measure came to.
        public struct Stage: Sendable, Equatable, Codable {
            public var name: Measure
            /// Of the first trace, in seconds; nil where it did not come so far.
            @Explicit public var first: Double?
            /// Of the others; nil where none came so far.
            @Explicit public var later: Spread?

            public init(
                name: Measure,
                first: Double? = nil,
                later: Spread? = nil
            ) {
                self.name = name
                self.first = first
                self.later = later
            }

            enum CodingKeys: String, CodingKey {
                case name, later
                case first = "first_seconds"
            }
        }

        /// Of several times, in seconds.
        public struct Spread: Sendable, Equatable, Codable {
            public var count: Int
            public var median: Double
            public var minimum: Double
            public var maximum: Double

            public init(
                count: Int,
                median: Double,
                minimum: Double,
                maximum: Double
            ) {
                self.count = count
                self.median = median
                self.minimum = minimum
                self.maximum = maximum
            }

            enum CodingKeys: String, CodingKey {
                case count
                case median = "median_seconds"
                case minimum = "min_seconds"
                case maximum = "max_seconds"
            }
        }
    }
}
