extension Trace {
    /// Several traces of one address, one after the other.
    package struct Repetition: Sendable, Equatable, Codable {
        /// In their order; the first is told whole beside them.
        package var runs: [Run]
        package var stages: [Stage]

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
            package var status: Int?
            /// Whether TLS went on with the session of an earlier connection; nil without TLS.
            package var isResumed: Bool?
            package var failure: Failure?

            enum CodingKeys: String, CodingKey {
                case seconds, status, failure
                case isResumed = "resumed"
            }
        }

        /// What one measure came to.
        package struct Stage: Sendable, Equatable, Codable {
            package var name: Measure
            /// Of the first trace, in seconds; nil where it did not come so far.
            package var first: Double?
            /// Of the others; nil where none came so far.
            package var later: Spread?

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

            enum CodingKeys: String, CodingKey {
                case count
                case median = "median_seconds"
                case minimum = "min_seconds"
                case maximum = "max_seconds"
            }

            /// Nil of none.
            init?(_ times: [Double]) {
                guard let least = times.min(), let most = times.max(),
                    let median = Sample(times).median
                else { return nil }
                count = times.count
                self.median = (median * 1e6).rounded() / 1e6
                (minimum, maximum) = (least, most)
            }
        }

        init(_ traces: [Trace]) {
            runs = traces.map(Run.init)
            let later = runs.dropFirst()
            stages = Measure.allCases.compactMap { [runs] measure in
                let first = runs.first?.seconds[measure.rawValue]
                let spread = Spread(later.compactMap { $0.seconds[measure.rawValue] })
                guard first != nil || spread != nil else { return nil }
                return Stage(name: measure, first: first, later: spread)
            }
        }
    }
}

extension Trace.Repetition.Run {
    init(_ trace: Trace) {
        var seconds: [String: Double] = [:]
        func add(_ measure: Trace.Repetition.Measure, _ time: Double?) {
            if let time { seconds[measure.rawValue, default: 0] += max(time, 0) }
        }
        for request in trace.requests {
            add(.name, request.name?.span.seconds)
            add(
                .connect, request.connect?.connection.flatMap { _ in request.connect?.span.seconds }
            )
            // What did not come to its end has no time of its own.
            if request.tls?.close != nil { add(.tls, request.tls?.span.seconds) }
            add(.request, request.sent?.span.seconds)
            guard let response = request.response, let first = response.firstByte else { continue }
            add(.firstByte, first - response.span.began)
            if response.problem == nil { add(.response, response.span.seconds) }
        }
        let last = trace.requests.last
        if let response = last?.response, response.firstByte != nil, response.problem == nil {
            add(.total, response.span.ended)
        }
        // As the clock tells them, to the microsecond.
        self.seconds = seconds.mapValues { ($0 * 1e6).rounded() / 1e6 }
        status = last?.response?.head?.status
        isResumed = last?.tls.flatMap { $0.close == nil ? nil : $0.session.isResumed }
        failure = trace.failure
    }
}
