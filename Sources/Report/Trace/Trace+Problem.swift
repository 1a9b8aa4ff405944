import Model

extension Trace {
    private static let times = -1e-6...1e9
    private static let counts = 0...(1 << 52)
    /// From the year 0 to 9999, as X.509 has them.
    private static let dates = -1e11...1e12

    /// What in it no tcptune would have written; nil where nothing is odd.
    var problem: String? {
        if requests.count > Trace.mostRedirects + 1 {
            return "it has more requests than tcptune ever makes"
        }
        guard Self.times ~= seconds,
            requests.allSatisfy({ request in request.times.allSatisfy(Self.times.contains) })
        else { return "a time is one that no trace can take" }
        guard requests.allSatisfy({ $0.counts.allSatisfy(Self.counts.contains) }) else {
            return "a count is one that no trace can have"
        }
        guard requests.allSatisfy({ $0.dates.allSatisfy(Self.dates.contains) }) else {
            return "a date is one that no certificate can have"
        }
        guard let repetition else { return nil }
        guard repetition.runs.count <= Trace.mostTimes else {
            return "it has more repetitions than tcptune ever makes"
        }
        guard repetition.times.allSatisfy(Self.times.contains),
            repetition.counts.allSatisfy(Self.counts.contains)
        else { return "a time is one that no trace can take" }
        return nil
    }
}

extension Trace.Request {
    fileprivate var times: [Double] {
        let attempts = connect?.attempts ?? []
        let connection = connect?.connection
        let spans =
            [name?.span, connect?.span, tls?.span, sent?.span, response?.span, close?.span]
            .compactMap(\.self) + attempts.map(\.span)
        let queries = name?.resolution.queries.flatMap { $0.sent + [$0.seconds] } ?? []
        let others =
            [
                response?.firstByte, response?.firstArrived, response?.lastArrived, close?.closed,
                close?.peerEnded, close?.heldSeconds,
                close?.peerHeldSeconds, connection?.roundTrip, connection?.ports?.holdSeconds,
                connection?.ports?.limitPerSecond, name?.resolution.seconds, tls?.close?.received,
                tls?.close?.sent,
            ].compactMap(\.self) + (tls?.messages.flatMap { [$0.at, $0.arrived ?? 0] } ?? [])
        return spans.flatMap { [$0.began, $0.ended] } + states.map(\.at) + queries + others
    }

    fileprivate var counts: [Int] {
        [
            sent?.bytes, response?.headBytes, response?.bodyBytes, response?.extraBytes,
            response?.interim, tls?.session.tickets, connect?.connection?.ports?.used,
            connect?.connection?.ports?.usable,
        ].compactMap(\.self) + (tls?.messages.map(\.bytes) ?? [])
    }

    /// Days, and seconds since 1970, of certificates.
    fileprivate var dates: [Double] {
        (tls?.certificates ?? []).flatMap { certificate in
            [certificate.notBefore, certificate.notAfter, certificate.daysLeft].compactMap(\.self)
        }
    }
}

extension Trace.Repetition {
    fileprivate var times: [Double] {
        runs.flatMap { $0.seconds.values }
            + stages.flatMap { stage in
                [stage.first, stage.later?.median, stage.later?.minimum, stage.later?.maximum]
                    .compactMap(\.self)
            }
    }

    fileprivate var counts: [Int] { stages.compactMap(\.later?.count) }
}
