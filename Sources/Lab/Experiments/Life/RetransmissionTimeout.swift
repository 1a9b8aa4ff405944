import Catalogue
import Kernel
import Model
import Statistics
import Testbed

/// retransmission-timeout: data that nobody acknowledges: when it is sent again, and when a program is told.
enum RetransmissionTimeout {
    /// An arm, and what is lost.
    struct Case: ExperimentCase {
        var arm: Arm
        /// How many segments with data are lost.
        var losses = Int.max
        /// Seconds for which the connection is watched.
        var watched = RetransmissionTimeout.watched
    }

    private static let patient = "tcp_retries2 = 15"
    private static let impatient = "tcp_retries2 = 3"
    private static let twice = "lost twice"
    private static let none = "nothing lost"

    private static let retries = "net.ipv4.tcp_retries2"
    /// A tail loss probe may come in place of the first time-out (RFC 8985 §7), and would not double the next.
    private static let noProbe = LoadPlan.Assignment.setting("net.ipv4.tcp_early_retrans", "0")

    static let cases = [
        Case(arm: Arm(patient, .baseline, settings: [noProbe, .setting(retries, "15")])),
        Case(arm: Arm(impatient, .remedy, settings: [noProbe, .setting(retries, "3")])),
        Case(arm: Arm(twice, .variant, settings: [noProbe]), losses: 2),
        Case(arm: Arm(none, .variant, settings: [noProbe]), losses: 0),
    ]

    static let experiment = make(cases)

    static func make(_ cases: [Case]) -> Experiment {
        Experiment(
            .retransmissionTimeout,
            question:
                "The peer has gone silent: how often does the kernel retransmit data, and when does the program get an error?",
            claim:
                "The first timeout is 200 ms plus a round trip, and each further one is twice as long; the program gets ETIMEDOUT after tcp_retries2 timeouts, 15 minutes by default, and the peer never learns of it",
            source: [
                "net/ipv4/tcp_timer.c:tcp_retransmit_timer",
                "net/ipv4/tcp_timer.c:tcp_write_timeout",
                "net/ipv4/tcp_timer.c:retransmits_timed_out", "RFC 6298 §5.5",
            ],
            arms: cases.map(\.arm), measures: measures, claims: claims,
            scaling:
                "The experiment watches for \(Int(watched)) s, not for 15 minutes: each timeout is twice the last one, up to 120 s, so 15 of them last 924.6 s from 200 ms on. A segment takes 20 ms each way here.",
            purpose: purpose,
            trial: Experiment.wireTrial(of: cases, run))
    }

    private static let measures = [
        Measure("repetitions", "retransmissions of the data", .count),
        Measure("first_seconds", "until the first of them", .seconds),
        Measure("growth_ratio", "a timeout divided by the one before", .ratio),
        Measure("errors_ETIMEDOUT", "ETIMEDOUT, client", .count),
        Measure("told_seconds", "until the program got an error", .seconds, better: .down),
        Measure("server_left", "left at the server in the end", .count),
        Measure("bytes_read", "bytes that the server read", .bytes, better: .up),
    ]

    private static let watched = 9.0
    private static let text = "ORDER 66"
    private static let length = Double(text.utf8.count)

    private static let purpose = Purpose(
        "give a program an error within \(Int(watched)) s after its peer stops answering",
        [.told(within: watched)]
    ) { tried in
        // The sum of the time-outs from 200 ms on, each twice the last; what is between is not claimed.
        tried.only(retries).map { count in
            switch count {
            case 0...3:
                [
                    .init(
                        "the program gets an error within \(Int(watched)) s", "errors_ETIMEDOUT",
                        1...1)
                ]
            case 5...255:
                [
                    .init(
                        "the program has no error after \(Int(watched)) s", "errors_ETIMEDOUT",
                        0...0)
                ]
            default: []
            }
        } ?? []
    }

    private static let claims: [Claim] = {
        [
            // A timer fires late on a busy machine, never early (TCP_RTO_MIN is 200 ms).
            Claim.within(
                "the kernel retransmits unacknowledged data after 200 ms plus a round trip",
                patient, "first_seconds", 0.2...0.9),
            Claim.within(
                "each timeout is twice as long as the one before", patient, "growth_ratio",
                1.9...2.1),
            Claim.within(
                "with tcp_retries2 = 15, the program has no error after \(Int(watched)) s",
                patient,
                "errors_ETIMEDOUT", 0...0),
            Claim.within(
                "with tcp_retries2 = 3, the program gets ETIMEDOUT", impatient,
                "errors_ETIMEDOUT", 1...1),
            Claim.within(
                "with tcp_retries2 = 3, it gets it after 3 to 9 s", impatient, "told_seconds", 3...9
            ),
            Claim.within(
                "the server does not learn of it: its socket stays open", impatient, "server_left",
                1...1),
            Claim.within(
                "data that is lost twice arrives with the second retransmission", twice,
                "repetitions",
                2...2),
            Claim.within(
                "lost twice: the server reads the data", twice, "bytes_read", length...length),
            Claim.within(
                "the kernel does not retransmit data that is not lost", none, "repetitions", 0...0),
        ]
    }()

    private static let port: UInt16 = 40_000

    static func run(
        _ scene: Case, _ ground: WireGround
    ) throws(KernelError) -> Trial {
        let listener = try ground.listen()
        let ends = try ground.open(from: port, at: listener)
        try ground.require(.client, in: .established, client: port)
        try ground.require(.server, in: .established, client: port)
        try ground.settle()
        let losses = Countdown(scene.losses)
        ground.wire.decide { segment, side in
            side == .client && !segment.payload.isEmpty && losses.takes() ? .isLost : .passes
        }
        let count = ground.record.passages.count
        ground.wire.note("send()", at: .client)
        let start = LoadClock.now
        _ = ground.send(text, by: ends.client)
        var bytes = 0
        if scene.losses < .max {
            bytes = try ground.read(
                ends.server, atMost: text.utf8.count, seconds: scene.watched
            ).bytes.count
        } else {
            _ = try ground.sees(.client, in: nil, client: port, seconds: scene.watched)
        }
        let seconds = Double(LoadClock.now - start) / 1e9
        let error = ends.client.takeError()
        let isTold = error == SocketErrno.timedOut
        if isTold { ground.wire.note("gets ETIMEDOUT", at: .client) }
        try ground.settle()
        let row = try ground.row(.server, client: port)
        let sent = ground.record.passages.dropFirst(count).filter {
            $0.from == .client && !$0.segment.payload.isEmpty
        }
        let gaps = FirstRequest.gaps(between: Array(sent))
        var values = [
            "repetitions": Double(max(sent.count - 1, 0)),
            "errors_ETIMEDOUT": isTold ? 1.0 : 0,
            "server_left": row?.state == .established ? 1 : 0, "bytes_read": Double(bytes),
        ]
        values["first_seconds"] = gaps.first
        values["growth_ratio"] = Sample(zip(gaps, gaps.dropFirst()).map { $1 / $0 }).median
        if isTold { values["told_seconds"] = seconds }
        let isEarly = scene.losses == 0 && sent.count > 1
        return Trial(
            values: values,
            void: isEarly
                ? "the machine was too slow: a segment was retransmitted without a loss" : nil)
    }
}
