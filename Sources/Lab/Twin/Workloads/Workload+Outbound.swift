import Model

extension Workload {
    /// Many short connections from one host to one service.
    static let outboundClient = Workload(
        "outbound-client",
        "short connections to one destination, one request each, and the client closes first",
        plan: outbound(destinations: 1, rate: portRate, responseBytes: 100),
        scaling: .ports(room: portRoom), measures: outboundMeasures,
        series: ["ports_used", "client_TIME_WAIT", "EADDRNOTAVAIL", "completed"],
        leastSeconds: leastSeconds)

    /// Ports run out after 1.3 s; in a shorter run nothing does, whatever the settings.
    private static let leastSeconds = 2.0

    /// A proxy that opens a connection to a backend for each request.
    static let reverseProxy = Workload(
        "reverse-proxy",
        "requests forwarded to two backends, one connection each, and the proxy closes first",
        plan: outbound(destinations: 2, rate: 2 * portRate, responseBytes: 4096),
        scaling: .ports(room: portRoom), measures: outboundMeasures,
        series: ["ports_used", "client_TIME_WAIT", "EADDRNOTAVAIL", "completed"],
        assumed: [
            "connections from the proxy's own clients are another load: --workload slow-accept"
        ], leastSeconds: leastSeconds)

    static func outbound(destinations: Int, rate: Double, responseBytes: Int) -> LoadPlan {
        var plan = LoadPlan()
        plan.pace = .open(from: rate, to: rate, spacing: .even)
        plan.seconds = 2.5
        plan.connections = 256
        plan.close = .client
        plan.requestBytes = 64
        plan.responseBytes = responseBytes
        plan.destinations = destinations
        plan.timeout = 2
        // Ports run out whether or not one connection in a hundred comes a moment late.
        plan.latenessAllowed = 0.25
        return plan
    }

    static let outboundMeasures = [
        WorkloadMeasure(
            Measure(
                "errors_EADDRNOTAVAIL", "no port left (EADDRNOTAVAIL)", .count, better: .down),
            .decisive),
        WorkloadMeasure("rate_per_second", .decisive),
        WorkloadMeasure(
            Measure("failed_otherwise", "requests failed otherwise", .count, better: .down),
            .beside),
        WorkloadMeasure("connect_p50_seconds", .answered),
        WorkloadMeasure("client_cpu_seconds", .answered),
        WorkloadMeasure(
            Measure("client_TIME_WAIT", "TIME_WAIT at the client", .count), .beside),
    ]
}
