extension Trace {
    /// Several traces of one address, one after the other.
    package struct Repetition: Sendable, Equatable, Codable {
        /// In their order; the first is told whole beside them.
        package var runs: [Run]
        package var stages: [Stage]

        package init(
            runs: [Run],
            stages: [Stage]
        ) {
            self.runs = runs
            self.stages = stages
        }

        /// What takes time: a stage, the wait for the first byte, or all of it up to the last byte.
        package enum Measure: String, Sendable, Hashable, Codable, CaseIterable {
            case name, connect, tls, request
            case firstByte = "first_byte"
            case response, total
        }

        /// One trace.
        package struct Run: Sendable, Equatable, Codable {
            /// By the name of the ``Measure``, of redirects all together; what did not happen is left out.
            package var seconds: [String: Double]
            /// Of the last response; nil where none came.
            @Explicit package var status: Int?
            /// Whether TLS went on with the session of an earlier connection; nil without TLS.
            @Explicit package var isResumed: Bool?
            @Explicit package var failure: Failure?

            package init(
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
        package struct Stage: Sendable, Equatable, Codable {
            package var name: Measure
            /// Of the first trace, in seconds; nil where it did not come so far.
            @Explicit package var first: Double?
            /// Of the others; nil where none came so far.
            @Explicit package var later: Spread?

            package init(
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
        package struct Spread: Sendable, Equatable, Codable {
            package var count: Int
            package var median: Double
            package var minimum: Double
            package var maximum: Double

            package init(
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
