import Catalogue
import Kernel
import Model
import Testbed

/// keepalive: who notices that a peer is gone when nothing is sent.
enum KeepaliveProbes {
    /// An arm, and what becomes of the peer.
    struct Case: ExperimentCase {
        var arm: Arm
        var peer = Peer.vanished
        /// True where the client's program asks the kernel to look after its socket (SO_KEEPALIVE).
        var asks = true
    }

    enum Peer: Sendable {
        /// Nothing that is sent arrives any more, either way.
        case vanished
        case lives
        /// It knows nothing of the connection any more, and its kernel answers.
        case restarted
    }

    static let defaults = "the defaults"
    static let short = "2 s, 1 s, 2 probes"
    static let wide = "1 s, 2 s, 2 probes"
    static let off = "without SO_KEEPALIVE"
    static let lives = "peer lives"
    static let restarted = "peer restarted"

    private static let time = "net.ipv4.tcp_keepalive_time"
    private static let interval = "net.ipv4.tcp_keepalive_intvl"
    private static let probes = "net.ipv4.tcp_keepalive_probes"

    /// Seconds until the first probe, from one to the next, and how many.
    struct Pace: Sendable {
        var time: Int
        var interval: Int
        var probes: Int

        /// Seconds of silence after which the connection is given up.
        var total: Double { Double(time) + Double(probes) * Double(interval) }

        var settings: [LoadPlan.Assignment] {
            [
                .setting(KeepaliveProbes.time, "\(time)"),
                .setting(KeepaliveProbes.interval, "\(interval)"),
                .setting(KeepaliveProbes.probes, "\(probes)"),
            ]
        }
    }

    private static let usual = Pace(time: 7200, interval: 75, probes: 9)
    private static let brief = Pace(time: 2, interval: 1, probes: 2)
    private static let sparse = Pace(time: 1, interval: 2, probes: 2)

    static let cases = [
        Case(arm: Arm(defaults, .baseline, settings: usual.settings)),
        Case(arm: Arm(short, .remedy, settings: brief.settings)),
        Case(arm: Arm(wide, .variant, settings: sparse.settings)),
        Case(arm: Arm(off, .variant, settings: brief.settings), asks: false),
        Case(arm: Arm(lives, .variant, settings: brief.settings), peer: .lives),
        Case(arm: Arm(restarted, .variant, settings: brief.settings), peer: .restarted),
    ]

    static let experiment = make(cases)

    static func make(_ cases: [Case]) -> Experiment {
        Experiment(
            .keepalive,
            question:
                "The peer is gone and no program sends: who notices, and when (SO_KEEPALIVE)?",
            claim:
                "Nobody without SO_KEEPALIVE, whatever tcp_keepalive_* say; with it, the kernel sends the first probe after tcp_keepalive_time and the others tcp_keepalive_intvl apart, and the program gets ETIMEDOUT after tcp_keepalive_time + tcp_keepalive_probes × tcp_keepalive_intvl: 2 h 11 min by default. A live peer answers, a restarted peer resets",
            source: [
                "net/ipv4/tcp_timer.c:tcp_keepalive_timer",
                "net/ipv4/tcp_output.c:tcp_write_wakeup",
                "net/ipv4/tcp_output.c:tcp_send_active_reset",
                "net/ipv4/tcp_timer.c:tcp_set_keepalive", "RFC 9293 §3.8.4",
            ],
            arms: cases.map(\.arm), measures: measures, claims: claims,
            scaling:
                "The experiment watches for \(Int(watched)) s, with seconds in place of hours: the same timer, with the value that is asked for. A segment takes 20 ms each way here.",
            isComparison: false, purpose: purpose,
            trial: Experiment.wireTrial(of: cases, run))
    }

    private static let measures = [
        Measure("probes", "probes sent", .count),
        Measure("first_probe_seconds", "until the first probe", .seconds),
        Measure("between_probes_seconds", "from one probe to the next", .seconds),
        Measure("answers", "probes that were answered", .count),
        Measure("told_seconds", "until the program got an error", .seconds, better: .down),
        Measure("errors_ETIMEDOUT", "ETIMEDOUT, client", .count),
        Measure("errors_ECONNRESET", "ECONNRESET, client", .count),
        Measure("resets", "resets sent by the client", .count),
        Measure("timer_seconds", "timer of the client's socket at first", .seconds),
        Measure("left_at_client", "left at the client in the end", .count, better: .down),
    ]

    private static let watched = 6.0
    private static let port: UInt16 = 40_000

    /// When a timer of so many seconds fires: never early, and by an eighth late (`kernel/time/timer.c`); more on a busy machine.
    private static func firing(_ seconds: Double) -> ClosedRange<Double> {
        (seconds - 0.02)...(seconds * 1.125 + 0.6)
    }

    private static let purpose = Purpose(
        "give a program with SO_KEEPALIVE an error within \(Int(watched)) s after its peer is gone",
        [.told(within: watched)]
    ) { tried in
        let keys = [time, interval, probes]
        guard tried.settings.contains(where: { keys.contains($0.key.name) }) else { return [] }
        let pace = Pace(
            time: tried.number(time) ?? usual.time,
            interval: tried.number(interval) ?? usual.interval,
            probes: tried.number(probes) ?? usual.probes)
        let sum = "\(pace.time) + \(pace.probes) × \(pace.interval) = \(pace.total.counted) s"
        if firing(pace.total).upperBound <= watched {
            return [
                .init("the program gets the error after \(sum)", "told_seconds", firing(pace.total))
            ]
        }
        guard pace.total > watched else { return [] }
        return [.init("the program would get the error after \(sum)", "errors_ETIMEDOUT", 0...0)]
    }

    private static let claims: [Claim] = {
        let paces = [(short, brief), (wide, sparse)].flatMap { arm, pace in
            [
                Claim.within(
                    "\(arm): the first probe comes after \(pace.time) s of silence (tcp_keepalive_time)",
                    arm, "first_probe_seconds", firing(Double(pace.time))),
                Claim.within(
                    "\(arm): the next probe comes \(pace.interval) s later (tcp_keepalive_intvl)",
                    arm, "between_probes_seconds", firing(Double(pace.interval))),
                Claim.within(
                    "\(arm): the kernel sends \(pace.probes) probes (tcp_keepalive_probes)", arm,
                    "probes",
                    Double(pace.probes)...Double(pace.probes)),
                Claim.within("\(arm): the program gets ETIMEDOUT", arm, "errors_ETIMEDOUT", 1...1),
                Claim.within(
                    "\(arm): the error comes after \(pace.time) + \(pace.probes) × \(pace.interval) = \(pace.total.counted) s",
                    arm, "told_seconds", firing(pace.total)),
                Claim.within(
                    "\(arm): the kernel resets the connection that it gives up", arm, "resets",
                    1...1),
            ]
        }
        return [
            Claim.within(
                "without SO_KEEPALIVE, the kernel sends no probe, whatever is set", off, "probes",
                0...0),
            Claim.within("without SO_KEEPALIVE, no timer runs", off, "timer_seconds", 0...0),
            Claim.within(
                "without SO_KEEPALIVE, the program has no error after \(Int(watched)) s", off,
                "left_at_client", 1...1),
            Claim.within(
                "by default, the first probe is due after \(usual.time) s", defaults,
                "timer_seconds", Double(usual.time) - 60...Double(usual.time)),
            Claim.within(
                "by default, the program has no error after \(Int(watched)) s", defaults,
                "errors_ETIMEDOUT", 0...0),
        ] + paces + [
            Claim.within("a live peer answers each probe", lives, "answers", 2...3),
            Claim.within("a live peer keeps the connection", lives, "left_at_client", 1...1),
            Claim.within(
                "a restarted peer answers the first probe with a reset", restarted,
                "probes", 1...1),
            Claim.within(
                "with a restarted peer, the program gets ECONNRESET", restarted,
                "errors_ECONNRESET", 1...1),
            Claim.within(
                "with a restarted peer, the first probe brings the error, after \(brief.time) s, not after \(brief.total.counted) s",
                restarted,
                "told_seconds",
                firing(Double(brief.time))),
        ]
    }()

    static func run(_ scene: Case, _ ground: WireGround) throws(KernelError) -> Trial {
        let listener = try ground.listen()
        ground.wire.note(
            scene.asks ? "setsockopt(SO_KEEPALIVE), connect()" : "connect(), without SO_KEEPALIVE",
            at: .client)
        let client = try ground.connect(from: port) { scene.asks ? $0.keepAlive() : 0 }
        guard let server = try ground.accept(at: listener) else {
            throw KernelError("open", "a connection", code: TCPSocket.timedOut)
        }
        try ground.require(.client, in: .established, client: port)
        try ground.require(.server, in: .established, client: port)
        let isSettled = try ground.row(.client, client: port)
        try lose(scene.peer, server, ground)
        let opening = ground.record
        let count = opening.passages.count
        let start = opening.time(of: .established, at: .client, client: port) ?? LoadClock.now
        let isOver = try ground.sees(.client, in: nil, client: port, seconds: watched)
        let told = Double(LoadClock.now - start) / 1e9
        let error = client.takeError()
        if error != 0 { ground.wire.note("gets \(SocketErrno.name(error))", at: .client) }
        try ground.settle()

        let later = ground.record.passages.dropFirst(count)
        let probes = later.filter { $0.from == .client && $0.segment.isBareAck }
        let opened = opening.passages.filter { $0.from == .client && $0.segment.isBareAck }
        let gaps = FirstRequest.gaps(between: Array(opened.suffix(1)) + probes)
        var values = [
            "probes": Double(probes.count),
            "answers": Double(
                later.count { $0.from == .server && $0.origin == .sent && $0.arrived != nil }),
            "errors_ETIMEDOUT": error == SocketErrno.timedOut ? 1 : 0,
            "errors_ECONNRESET": error == SocketErrno.reset ? 1 : 0,
            "resets": Double(
                later.count { $0.from == .client && $0.segment.flags.contains(.reset) }),
            "timer_seconds": Double((isSettled?.timer ?? 0) == 0 ? 0 : isSettled?.expires ?? 0)
                / 1000,
            "left_at_client": isOver ? 0 : 1,
        ]
        values["first_probe_seconds"] = gaps.first
        values["between_probes_seconds"] = gaps.dropFirst().first
        if isOver { values["told_seconds"] = told }
        return Trial(
            values: values,
            void: opening.hasRepeatedInVain
                ? "the machine was too slow: a segment was retransmitted without a loss" : nil)
    }

    /// What becomes of the peer.
    private static func lose(
        _ peer: Peer, _ server: TCPSocket, _ ground: WireGround
    ) throws(KernelError) {
        switch peer {
        case .lives: ground.wire.note("stays connected and sends nothing", at: .server)
        case .vanished:
            ground.wire.note("from now on nothing arrives in either direction")
            ground.wire.decide { _, _ in .isLost }
        case .restarted:
            ground.wire.note(
                "forgets the connection, as after a restart: its reset is lost", at: .server)
            ground.wire.decide { segment, side in
                side == .server && segment.flags.contains(.reset) ? .isLost : .passes
            }
            ground.reset(server)
            try ground.require(.server, in: nil, client: port)
            try ground.settle()
            ground.wire.decide(nil)
        }
    }
}
