import Catalogue
import Kernel
import Model
import Testbed

extension Experiment {
    package static let timeWaitCap = Experiment(
        .timeWaitCap,
        question: "What happens when the number of TIME_WAIT sockets reaches tcp_max_tw_buckets?",
        claim:
            "The old ones stay and the kernel makes no new ones: it closes such a connection at once, counts it in TCPTimeWaitOverflow, and answers a late FIN with a reset.",
        source: [
            "net/ipv4/inet_timewait_sock.c:inet_twsk_alloc",
            "net/ipv4/tcp_minisocks.c:tcp_time_wait",
        ],
        arms: TimeWaitCap.arms, measures: TimeWaitCap.measures, claims: TimeWaitCap.claims,
        scaling:
            "A closing rate of R per second needs 60 s × R: 131 072 are enough for 2184 connections per second.",
        purpose: TimeWaitCap.purpose, descriptors: 160,
        trial: TimeWaitCap.trial)
}

/// More connections closed than may wait; then some whose other side closes late.
enum TimeWaitCap {
    static let connections = 300
    static let late = 50

    private static let capped = "tcp_max_tw_buckets = 100"
    private static let roomy = "tcp_max_tw_buckets = 1000"

    private static let cap = "net.ipv4.tcp_max_tw_buckets"

    static let arms = [
        Arm(capped, .baseline, settings: [.setting(cap, "100"), .reuse(0)]),
        Arm(roomy, .remedy, settings: [.setting(cap, "1000"), .reuse(0)]),
        Arm(
            "tcp_max_tw_buckets = 200", .variant, settings: [.setting(cap, "200"), .reuse(0)]),
    ]

    static let measures = [
        Measure("client_TIME_WAIT", "TIME_WAIT", .count),
        Measure("client_oldest_kept", "kept of the first 100", .count),
        Measure(
            "TCPTimeWaitOverflow", "TCPTimeWaitOverflow", .count,
            better: .down),
        Measure(
            "late_resets", "late FINs reset", .count, better: .down),
        Measure(
            "errors_ECONNRESET", "ECONNRESET, server", .count, better: .down),
    ]

    static let purpose = Purpose(
        "keep a TIME_WAIT for each of \(connections) connections",
        [
            .init("TCPTimeWaitOverflow", 0...0, "no connection closes without TIME_WAIT") {
                "\($0.counted) of \(connections) connections close without TIME_WAIT"
            },
            .init("late_resets", 0...0, "no late FIN gets a reset") {
                "\($0.counted) of \(late) late FINs get a reset"
            },
        ]
    ) { tried in
        guard let room = tried.only(cap) else { return [] }
        // Below 0 there is no limit: it is compared without its sign.
        let kept = Double(room < 0 ? connections : min(connections, room))
        return [
            .init(
                "\(kept.counted) of \(connections) connections leave a TIME_WAIT",
                "client_TIME_WAIT", kept...kept),
            .init(
                "TCPTimeWaitOverflow counts the other \((Double(connections) - kept).counted)",
                "TCPTimeWaitOverflow",
                (Double(connections) - kept)...(Double(connections) - kept)),
        ]
    }

    static let claims = [
        Claim(
            "with room for 100, 100 TIME_WAIT remain after 300 connections",
            .within(arm: capped, measure: "client_TIME_WAIT", 100...100)),
        Claim(
            "with room for 100, the first 100 stay: the kernel evicts none",
            .within(arm: capped, measure: "client_oldest_kept", 100...100)),
        Claim(
            "TCPTimeWaitOverflow counts the other 200",
            .within(arm: capped, measure: "TCPTimeWaitOverflow", 200...200)),
        Claim(
            "twice the room gives twice as many",
            .ratio(
                arm: "tcp_max_tw_buckets = 200", to: capped, measure: "client_TIME_WAIT", 2...2),
            isScaling: true),
        Claim(
            "with room for 100, the kernel answers a late FIN with a reset",
            .within(arm: capped, measure: "late_resets", 50...50)),
        Claim(
            "the server's program gets ECONNRESET from that reset",
            .within(arm: capped, measure: "errors_ECONNRESET", 50...50)),
        Claim(
            "with room for 1000, all 300 wait",
            .within(arm: roomy, measure: "client_TIME_WAIT", 300...300)),
        Claim(
            "with room for 1000, no late FIN gets a reset",
            .within(arm: roomy, measure: "late_resets", 0...0)),
    ]

    static func trial(
        _ arm: Arm, _ conditions: TrialConditions
    ) throws(Refusal) -> Trial {
        try BothEnds.run(arm, ground: [.reuse(0)]) { (ends) throws(KernelError) in
            var first: [UInt16] = []
            let before = try NamespaceSampler.open().counters()
            for number in 0..<connections {
                guard case .open(let connection) = ends.connect() else { continue }
                if number < 100, let port = connection.client.localPort() {
                    first.append(port)
                }
                ends.close(connection, first: .client)
            }
            let (full, _) = try ends.totals()
            let kept = try stillWaiting(first, ends)
            let errors = closeLate(ends)
            let (after, _) = try ends.totals()
            return Trial(values: [
                "client_TIME_WAIT": Double(full.inTimeWait ?? 0),
                "client_oldest_kept": Double(kept),
                "TCPTimeWaitOverflow": Double(
                    full.growth(of: .timeWaitOverflows, since: before) ?? 0),
                "late_resets": Double(after.growth(of: .resetsSent, since: full) ?? 0),
                "errors_ECONNRESET": Double(errors),
            ])
        }
    }

    /// How many of these ports are in TIME_WAIT.
    private static func stillWaiting(
        _ ports: [UInt16], _ ends: BothEnds
    ) throws(KernelError) -> Int {
        var count = 0
        for port in ports {
            let own = ends.client(port)
            if try TimeWaits.left(from: own, to: ends.destinations[0]) != nil { count += 1 }
        }
        return count
    }

    /// Connections that the client closes, and the server when it has heard of it.
    ///
    /// - Returns: how many the server's program saw end by ECONNRESET.
    private static func closeLate(_ ends: BothEnds) -> Int {
        var open: [TCPSocket] = []
        for _ in 0..<late {
            guard case .open(let connection) = ends.connect() else { continue }
            connection.client.close()
            open.append(connection.server)
        }
        // A FIN may be acknowledged 40 ms after it came (TCP_DELACK_MIN); until then the client's end is in FIN_WAIT1.
        LoadClock.rest(milliseconds: 100)
        for server in open {
            _ = BothEnds.drain(server)
            _ = server.shutdownSending()
        }
        LoadClock.rest(milliseconds: 100)
        return open.count { server in
            let error = server.takeError()
            server.close()
            return error == SocketErrno.reset
        }
    }
}
