import Catalogue
import Kernel
import Model
import Testbed

/// syn-queue: handshakes that are never finished, and who still gets in.
enum SynQueue {
    /// An arm and what its server asks for.
    struct Case: ExperimentCase {
        var arm: Arm
        /// The argument of listen().
        var backlog: Int32
    }

    static let cases = [
        Case(arm: arm("syncookies 0", .baseline, cookies: 0), backlog: 16),
        Case(arm: arm("syncookies 1", .remedy, cookies: 1), backlog: 16),
        Case(arm: arm("listen(256)", .variant, cookies: 0), backlog: 256),
        Case(arm: arm("syncookies 2", .variant, cookies: 2), backlog: 16),
        Case(
            arm: Arm(
                "max_syn_backlog", .variant,
                ["net.ipv4.tcp_syncookies": "0", "net.ipv4.tcp_max_syn_backlog": "32"]),
            backlog: 256),
    ]

    private static func arm(_ name: String, _ role: ArmResult.Role, cookies: Int) -> Arm {
        Arm(name, role, ["net.ipv4.tcp_syncookies": "\(cookies)"])
    }

    /// Clients that never hear the server's answer.
    private static let silentClients = 40
    private static let realClients = 4
    /// A listener that is short of room gives up a half-open connection at its third SYN-ACK, 7 s after its SYN
    /// (`net/ipv4/inet_connection_sock.c:reqsk_timer_handler`).
    private static let lifetime: Int64 = 6_500_000_000

    static let experiment = make(cases)

    static func make(_ cases: [Case]) -> Experiment {
        Experiment(
            .synQueue,
            question:
                "\"Possible SYN flooding on port …\": what happens to real clients while half-open connections fill the queue?",
            claim:
                "The listen backlog limits half-open connections; beyond it the kernel drops SYNs and clients time out, unless tcp_syncookies answers the SYNs without keeping state",
            source: [
                "net/ipv4/tcp_input.c:tcp_conn_request",
                "net/ipv4/tcp_input.c:tcp_syn_flood_action",
                "include/net/inet_connection_sock.h:inet_csk_reqsk_queue_is_full",
                "net/ipv4/syncookies.c:cookie_v4_check",
            ],
            arms: cases.map(\.arm), measures: measures, claims: claims,
            scaling:
                "\(silentClients) clients that drop the SYN-ACK stand in for a flood, a backlog of 16 for thousands: one request more than the backlog. A client gives up after 3 s here (tcp_syn_retries = 1), after 2 minutes by default.",
            purpose: purpose, descriptors: 192,
            trial: Experiment.trial(of: cases, run))
    }

    private static let measures = [
        Measure("connected", "real clients that got in", .count, better: .up),
        Measure("timed_out", "real clients that gave up (ETIMEDOUT)", .count, better: .down),
        Measure("half_open", "connections in SYN_RECV", .count),
        Measure("cookies", "SyncookiesSent", .count),
        Measure("drops", "ListenDrops", .count, better: .down),
    ]

    private static let purpose = Purpose(
        "let real clients in while half-open connections fill the queue",
        [
            .init(
                "connected", Double(realClients)...Double(realClients),
                "all \(realClients) real clients get in"
            ) { "\($0.counted) of \(realClients) real clients get in" }
        ]
    ) { tried in
        tried.only("net.ipv4.tcp_syncookies").map { cookies in
            let connected = Double(cookies == 0 ? 0 : realClients)
            return [
                .init(
                    "\(connected.counted) of \(realClients) real clients get in", "connected",
                    connected...connected)
            ]
        } ?? []
    }

    private static let claims: [Claim] = {
        let (off, on, always) = (
            "syncookies 0", "syncookies 1", "syncookies 2"
        )
        let long = "listen(256)"
        let short = "max_syn_backlog"
        return [
            // 17 where the kernel compares with > (measured on 6.18), 16 where with >=.
            Claim(
                "listen(16) keeps 16 or 17 of \(silentClients) handshakes that no client finishes",
                .within(arm: off, measure: "half_open", 16...17)),
            Claim(
                "with tcp_syncookies = 0, no real client gets in",
                .within(arm: off, measure: "connected", 0...0)),
            Claim(
                "with tcp_syncookies = 0, the real clients time out",
                .within(arm: off, measure: "timed_out", 4...4)),
            Claim(
                "with tcp_syncookies = 1, all \(realClients) real clients get in",
                .within(arm: on, measure: "connected", 4...4)),
            Claim(
                "with tcp_syncookies = 1, the kernel sends cookies",
                .more(arm: on, than: off, measure: "cookies")),
            Claim(
                "with tcp_syncookies = 2, no connection stays half open",
                .within(arm: always, measure: "half_open", 0...0)),
            Claim(
                "listen(256) keeps all \(silentClients) of them",
                .within(arm: long, measure: "half_open", 40...40)),
            Claim(
                "listen(256) lets the real clients in, even with tcp_syncookies = 0",
                .within(arm: long, measure: "connected", 4...4)),
            Claim(
                "with tcp_syncookies = 0, three quarters of tcp_max_syn_backlog = 32 are also a limit",
                .within(arm: short, measure: "half_open", 24...26)),
        ]
    }()

    private static func run(_ scene: Case, _ stop: StopSign) throws(KernelError) -> Trial {
        let ground = try TrialGround.make(scene.arm, isHasty: true)
        let listener = try ground.listen(backlog: scene.backlog)
        let silent = try ground.open(.client, count: silentClients)
        let real = try ground.open(.client, count: realClients)
        defer {
            for socket in silent + real { socket.reset() }
            listener.close()
        }
        return try ground.network.run(in: .server) { () throws(KernelError) in
            try run(silent, real, to: ground.server, stop)
        }
    }

    /// In the server's namespace, where its queue and counters are seen.
    private static func run(
        _ silent: [TCPSocket], _ real: [TCPSocket], to server: SocketAddress, _ stop: StopSign
    ) throws(KernelError) -> Trial {
        var silent = Attempts(silent, to: server)
        var real = Attempts(real, to: server)
        try silent.dropIncoming()
        let start = LoadClock.now
        silent.beginAll()
        let sampler = try NamespaceSampler.open()
        // Each SYN is held, answered by a cookie or dropped; one that is sent again may be counted again.
        var halfOpen = 0
        let haveArrived = try TrialGround.wait(seconds: 10, stop) { () throws(KernelError) in
            halfOpen = try sampler.census().states[.synReceived]
            let counters = TrialGround.counters()
            return halfOpen + Int(counters["TcpExt", "ListenDrops"] ?? 0)
                + Int(counters["TcpExt", "SyncookiesSent"] ?? 0) >= silentClients
        }
        real.beginAll()
        let isDecided = try TrialGround.wait(seconds: 20, stop) {
            real.look()
            return real.waiting == 0
        }
        let isFresh = LoadClock.now - start < lifetime
        let counters = TrialGround.counters()
        let timedOut = real.failed(TCPSocket.timedOut)
        let drops = counters["TcpExt", "ListenDrops"] ?? 0
        return Trial(
            values: [
                "connected": Double(real.connected),
                "timed_out": Double(timedOut),
                "half_open": Double(halfOpen),
                "cookies": Double(counters["TcpExt", "SyncookiesSent"] ?? 0),
                "drops": Double(drops),
            ],
            void: haveArrived && isDecided && isFresh && (timedOut == 0 || drops > 0)
                ? nil : "the machine was too slow for handshakes")
    }
}
