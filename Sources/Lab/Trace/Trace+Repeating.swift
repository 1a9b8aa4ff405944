import Model
import Statistics

extension Trace.Repetition {
    init(_ traces: [Trace]) {
        let runs = traces.map(Run.init)
        let later = runs.dropFirst()
        let stages = Measure.allCases.compactMap { measure -> Stage? in
            let first = runs.first?.seconds[measure.rawValue]
            let spread = Spread(later.compactMap { $0.seconds[measure.rawValue] })
            guard first != nil || spread != nil else { return nil }
            return Stage(name: measure, first: first, later: spread)
        }
        self.init(runs: runs, stages: stages)
    }
}

extension Trace.Repetition.Spread {
    /// Nil of none.
    init?(_ times: [Double]) {
        guard let least = times.min(), let most = times.max(),
            let median = Sample(times).median
        else { return nil }
        self.init(
            count: times.count, median: (median * 1e6).rounded() / 1e6, minimum: least,
            maximum: most)
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
        self.init(
            seconds: seconds.mapValues { ($0 * 1e6).rounded() / 1e6 },
            status: last?.response?.head?.status,
            isResumed: last?.tls.flatMap { $0.close == nil ? nil : $0.session.isResumed },
            failure: trace.failure)
    }
}
