import Model

extension Workload {
    /// Many clients, keep-alive, and the server closes.
    static let webServer = Workload(
        "web-server",
        "clients from 16 addresses, four requests of 8 KiB per connection, and the server closes first",
        plan: web,
        measures: [
            WorkloadMeasure("failed", .decisive), WorkloadMeasure("total_p50_seconds", .decisive),
            // Clients come by chance, so their number differs from run to run.
            WorkloadMeasure("rate_per_second", .beside),
            WorkloadMeasure("total_p99_seconds", .beside),
            WorkloadMeasure("client_cpu_seconds", .beside),
            WorkloadMeasure(
                Measure("server_TIME_WAIT", "TIME_WAIT at the server", .count), .beside),
        ],
        series: ["completed", "server_TIME_WAIT"])

    private static var web: LoadPlan {
        var plan = LoadPlan()
        plan.pace = .open(from: 200, to: 200, spacing: .poisson)
        plan.seconds = 3
        plan.connections = 512
        plan.close = .server
        plan.requestsPerConnection = 4
        plan.requestBytes = 300
        plan.responseBytes = 8192
        plan.sources = 16
        plan.backlog = 65535
        return plan
    }

    /// Connections that may wait to be accepted, in place of the host's net.core.somaxconn.
    static let queueRoom = 64

    /// A burst upon a server that accepts slowly.
    static let slowAccept = Workload(
        "slow-accept",
        "200 clients at once, and a server that accepts one per millisecond",
        plan: slow, scaling: .backlog(room: queueRoom),
        measures: [
            WorkloadMeasure("total_p99_seconds", .decisive),
            WorkloadMeasure(
                Measure(
                    "server_TcpExt.ListenOverflows", "accept queue full (ListenOverflows)",
                    .count, better: .down), .decisive),
            WorkloadMeasure("failed", .decisive), WorkloadMeasure("total_p50_seconds", .beside),
            WorkloadMeasure("rate_per_second", .beside),
        ],
        series: ["completed", "accept_queue"],
        assumed: [
            "the program asks for as long a queue as net.core.somaxconn allows; if listen() asks for less, that is the limit"
        ])

    private static var slow: LoadPlan {
        var plan = LoadPlan()
        plan.connections = 200
        plan.count = 200
        plan.close = .server
        plan.responseBytes = 1000
        plan.backlog = 65535
        plan.acceptDelay = 0.001
        // A SYN that was dropped is sent again after 1, 3 and 7 s.
        plan.timeout = 10
        return plan
    }

    /// Clients that do not answer the server's FIN.
    static let halfClosedClients = Workload(
        "half-closed-clients",
        "100 clients per second that vanish: the server closes, and they never do",
        plan: halfClosed, scaling: .finWait(longest: 3),
        measures: [
            WorkloadMeasure(
                Measure(
                    "server_FIN_WAIT2", "FIN_WAIT2 at the server", .count, better: .down),
                .decisive),
            WorkloadMeasure("failed", .decisive), WorkloadMeasure("total_p50_seconds", .beside),
        ],
        series: ["server_FIN_WAIT2", "completed"], leastSeconds: 3.5)

    private static var halfClosed: LoadPlan {
        var plan = LoadPlan()
        plan.pace = .open(from: 100, to: 100, spacing: .even)
        // Longer than the longest life.
        plan.seconds = 4
        // Every one of them stays open at the client.
        plan.connections = 500
        plan.close = .never
        plan.serverLeaves = true
        plan.latenessAllowed = 0.25
        return plan
    }
}
