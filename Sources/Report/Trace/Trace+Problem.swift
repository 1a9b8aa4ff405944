import HostState
import Lab

extension Trace {
    private static let times = -1e-6...1e9
    private static let counts = 0...(1 << 52)

    /// What in it no tcptune would have written; nil where nothing is odd.
    var problem: String? {
        if requests.count > Tracer.mostRedirects + 1 {
            return "it has more requests than are ever made"
        }
        guard Self.times ~= seconds,
            requests.allSatisfy({ request in request.times.allSatisfy(Self.times.contains) })
        else { return "a time is none that a trace can take" }
        guard requests.allSatisfy({ $0.counts.allSatisfy(Self.counts.contains) }) else {
            return "a count is none that a trace can have"
        }
        return nil
    }
}

extension Trace.Request {
    fileprivate var times: [Double] {
        let attempts = connect?.attempts ?? []
        let connection = connect?.connection
        let spans =
            [name?.span, connect?.span, sent?.span, response?.span, close?.span]
            .compactMap(\.self) + attempts.map(\.span)
        let queries = name?.resolution.queries.flatMap { $0.sent + [$0.seconds] } ?? []
        let others = [
            response?.firstByte, close?.closed, close?.peerEnded, close?.heldSeconds,
            close?.peerHeldSeconds, connection?.roundTrip, connection?.ports?.holdSeconds,
            connection?.ports?.limitPerSecond, name?.resolution.seconds,
        ].compactMap(\.self)
        return spans.flatMap { [$0.began, $0.ended] } + states.map(\.at) + queries + others
    }

    fileprivate var counts: [Int] {
        [
            sent?.bytes, response?.headBytes, response?.bodyBytes, response?.extraBytes,
            response?.interim, connect?.connection?.ports?.used, connect?.connection?.ports?.usable,
        ].compactMap(\.self)
    }
}
