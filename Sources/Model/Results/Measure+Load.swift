extension Measure {
    /// What a trial that is a run of the load generator measures.
    public static let ofLoad = [
        Measure("completed", "requests answered", .count, better: .up),
        Measure("failed", "requests failed", .count, better: .down),
        Measure("failed_ratio", "share of failed requests", .ratio, better: .down),
        Measure("rate_per_second", "requests answered per second", .perSecond, better: .up),
        Measure("connect_p50_seconds", "connect() p50", .seconds, better: .down),
        Measure("connect_p99_seconds", "connect() p99", .seconds, better: .down),
        Measure("total_p50_seconds", "request p50", .seconds, better: .down),
        Measure("total_p99_seconds", "request p99", .seconds, better: .down),
        Measure(
            "client_cpu_seconds", "client CPU per request", .seconds, better: .down),
        Measure("client_TIME_WAIT", "TIME_WAIT at the client at the end", .count),
        Measure("server_TIME_WAIT", "TIME_WAIT at the server at the end", .count),
    ]
}
