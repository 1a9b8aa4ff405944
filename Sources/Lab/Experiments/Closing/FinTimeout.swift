import Catalogue
import Kernel
import Model
import Testbed

/// fin-timeout: what tcp_fin_timeout shortens, and what it does not.
enum FinTimeout {
    static let arms = [60, 5, 65, 120].map { arm(seconds: $0) }

    private static func name(_ seconds: Int) -> String { "fin_timeout \(seconds)" }

    static func arm(seconds: Int, _ settings: KeyValuePairs<String, String> = [:]) -> Arm {
        var arm = Arm(
            name(seconds), seconds == 60 ? .baseline : seconds < 60 ? .remedy : .variant,
            [
                "net.ipv4.tcp_fin_timeout": "\(seconds)",
                // On a busy machine the FIN comes twice, and the answer to the second is a reset that would end TIME_WAIT.
                "net.ipv4.tcp_rfc1337": "1",
            ])
        arm.settings += Arm("", .variant, settings).settings
        return arm
    }

    /// Until then both sockets are watched: 60 s, what the timer wheel may add, and what a loaded machine takes.
    private static let watched = 70.0

    static let experiment = make(arms)

    static func make(_ arms: [Arm]) -> Experiment {
        Experiment(
            .finTimeout,
            question: "Does a lower tcp_fin_timeout shorten TIME_WAIT?",
            claim:
                "No: TIME_WAIT lasts 60 s at any value; tcp_fin_timeout sets how long an orphaned FIN_WAIT2 lasts: its own value up to 60 s, and from 61 on twice the part above 60",
            source: [
                "include/net/tcp.h:TCP_TIMEWAIT_LEN", "include/net/tcp.h:tcp_fin_time",
                "net/ipv4/tcp_minisocks.c:tcp_time_wait", "net/ipv4/tcp.c:__tcp_close",
                "net/ipv4/tcp_timer.c:tcp_keepalive_timer",
            ],
            arms: arms, measures: measures, claims: claims,
            occupation: .idle, purpose: purpose,
            trial: Experiment.trial { (arm, conditions) throws(KernelError) in
                try run(arm, conditions.stop)
            })
    }

    private static let measures = [
        Measure("time_wait_seconds", "TIME_WAIT lasted", .seconds, better: .down),
        Measure("time_wait_timer_seconds", "timer of TIME_WAIT at its start", .seconds),
        Measure("fin_wait2_seconds", "orphaned FIN_WAIT2 lasted", .seconds, better: .down),
    ]

    /// The timer wheel fires late, never early: by up to 5.1 s at 100 ticks a second, 4.1 s at 1000, 2.1 s at 250
    /// (`kernel/time/timer.c`); beyond that it is the machine that looks late.
    private static let sixty = 59.9...67.0

    private static let purpose = Purpose(
        "shorten TIME_WAIT",
        [
            .init("time_wait_seconds", 0...55, "TIME_WAIT lasts less than 55 s") {
                $0 == 0
                    ? "there is no TIME_WAIT" : "TIME_WAIT lasts \(Measure.Unit.seconds.text($0))"
            }
        ]
    ) { tried in
        guard let value = tried.only("net.ipv4.tcp_fin_timeout") else { return [] }
        let waits = Purpose.Law("TIME_WAIT lasts 60 s", "time_wait_seconds", sixty)
        let seconds = Double(lifetime(ofOrphans: value))
        // Below a second the retransmission time-out counts, above a minute nobody waits for it here.
        guard (1...62).contains(seconds) else { return [waits] }
        return [
            waits,
            .init(
                "an orphaned FIN_WAIT2 lasts "
                    + (value <= 60 ? "\(value) s" : "2 × (\(value) - 60) = \(seconds.counted) s"),
                "fin_wait2_seconds", (seconds - 0.1)...(seconds * 1.1 + 3)),
        ]
    }

    private static let claims =
        [60, 5, 120].map { seconds in
            Claim(
                "with tcp_fin_timeout = \(seconds), TIME_WAIT lasts 60 s",
                .within(arm: name(seconds), measure: "time_wait_seconds", sixty))
        } + [
            Claim(
                "with tcp_fin_timeout = 60, an orphaned FIN_WAIT2 lasts 60 s",
                .within(arm: name(60), measure: "fin_wait2_seconds", sixty)),
            Claim(
                "with tcp_fin_timeout = 5, an orphaned FIN_WAIT2 lasts 5 s",
                .within(arm: name(5), measure: "fin_wait2_seconds", 4.9...7.5)),
            Claim(
                "with tcp_fin_timeout = 65, an orphaned FIN_WAIT2 lasts 2 × (65 - 60) = 10 s",
                .within(arm: name(65), measure: "fin_wait2_seconds", 9.8...14)),
        ]

    private static func run(_ arm: Arm, _ stop: StopSign) throws(KernelError) -> Trial {
        let ground = try TrialGround.make(arm)
        let listener = try ground.listen(backlog: 16)
        defer { listener.close() }
        var pairs = try ConnectedPairs.make(
            2, from: try ground.open(.client, count: 2), to: listener,
            at: ground.server, stop)
        defer { pairs.close() }
        let ends = pairs.clients.compactMap { $0.localPort() }.map(ground.client)
        guard ends.count == 2 else { return Trial(void: "a socket has no port") }

        // The first server closes in its turn; the second does not, and its client's socket becomes an orphan.
        let isOrphanWatched = expected(arm) <= 62
        let start = LoadClock.now
        pairs.closeClients()
        pairs.closeFirstServer()
        return try ground.network.run(in: .client) { () throws(KernelError) in
            var waiting = Watch(end: ends[0], to: ground.server, state: .timeWait, start: start)
            var orphan = Watch(end: ends[1], to: ground.server, state: .finWait2, start: start)
            let lookup = try SocketLookup.open()
            var series: [String: [Double]] = [:]
            let isOver = try TrialGround.wait(seconds: watched, every: 50, stop) {
                () throws(KernelError) in
                try waiting.look(lookup)
                if isOrphanWatched { try orphan.look(lookup) }
                // A place for each half second that has passed.
                while Double(series["client_TIME_WAIT", default: []].count) * 0.5 <= waiting.age {
                    series["client_TIME_WAIT", default: []].append(waiting.isThere ? 1 : 0)
                    if isOrphanWatched {
                        series["client_FIN_WAIT2", default: []].append(orphan.isThere ? 1 : 0)
                    }
                }
                return waiting.isOver && (orphan.isOver || !isOrphanWatched)
            }
            var values: [String: Double] = [
                "time_wait_seconds": waiting.seconds,
                "time_wait_timer_seconds": waiting.firstTimer,
            ]
            if isOrphanWatched { values["fin_wait2_seconds"] = orphan.seconds }
            return Trial(
                values: values, series: series, seriesStep: 0.5,
                void: isOver ? nil : "sockets were still there after \(Int(watched)) s")
        }
    }

    /// Seconds that an orphan will last, to know whether to wait for it.
    private static func expected(_ arm: Arm) -> Int {
        let value = arm.settings.last { $0.key.path == "net/ipv4/tcp_fin_timeout" }
            .flatMap { Int($0.value) }
        return lifetime(ofOrphans: value ?? 60)
    }

    /// By a value of tcp_fin_timeout.
    private static func lifetime(ofOrphans value: Int) -> Int {
        value <= 60 ? value : 2 * (value - 60)
    }

    /// One socket, looked at until it is gone.
    private struct Watch {
        let end: SocketAddress
        let server: SocketAddress
        let state: TCPState
        let start: Int64
        private(set) var isThere = false
        /// Gone, in whatever state it was before.
        private(set) var isOver = false
        private(set) var firstTimer = 0.0
        private var wasSeen = false
        private var lastSeen: Int64 = 0
        private var looked: Int64 = 0

        init(end: SocketAddress, to server: SocketAddress, state: TCPState, start: Int64) {
            self.end = end
            self.server = server
            self.state = state
            self.start = start
        }

        mutating func look(_ lookup: borrowing SocketLookup) throws(KernelError) {
            guard !isOver else {
                looked = LoadClock.now
                return
            }
            let row = try lookup.row(from: end, to: server)
            looked = LoadClock.now
            isThere = row?.state == state
            if isThere, !wasSeen, let row { firstTimer = Double(row.expires) / 1000 }
            if isThere { wasSeen = true }
            if row != nil { lastSeen = looked }
            isOver = row == nil
        }

        /// From the close to the last look that found it in its state; 0 where none did.
        var seconds: Double { wasSeen ? Double(lastSeen - start) / 1e9 : 0 }
        var age: Double { Double(looked - start) / 1e9 }
    }
}
