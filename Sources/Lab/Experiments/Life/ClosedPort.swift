import Catalogue
import Kernel
import Model
import Testbed

/// reset-on-closed-port: a SYN to where nobody listens, and to where it is dropped or turned away.
enum ClosedPort {
    /// An arm, and where its SYN goes.
    struct Case: ExperimentCase {
        var arm: Arm
        var destination: Destination
    }

    enum Destination: Sendable, Hashable {
        /// A port of the server on which nobody listens.
        case closed
        case listening
        /// An address to which the server's kernel, as a router, has such a route.
        case behind(Wire.DeadEnd)
    }

    static let closed = "closed port"
    static let listening = "open port"
    static let dropped = "dropped"
    static let impatient = "dropped, tcp_syn_retries = 1"
    static let unreachable = "route unreachable"
    static let prohibited = "route prohibit"

    private static let retries = "net.ipv4.tcp_syn_retries"
    private static let linear = "net.ipv4.tcp_syn_linear_timeouts"

    static let cases = [
        Case(arm: Arm(closed, .variant), destination: .closed),
        Case(arm: Arm(listening, .variant), destination: .listening),
        Case(
            arm: Arm(dropped, .baseline, settings: [.setting(retries, "6")]),
            destination: .behind(.blackhole)),
        Case(
            arm: Arm(impatient, .remedy, settings: [.setting(retries, "1")]),
            destination: .behind(.blackhole)),
        Case(arm: Arm(unreachable, .variant), destination: .behind(.unreachable)),
        Case(arm: Arm(prohibited, .variant), destination: .behind(.prohibit)),
    ]

    static let experiment = make(cases)

    static func make(_ cases: [Case]) -> Experiment {
        var experiment = Experiment(
            .resetOnClosedPort,
            question: "connect() fails at once or only after minutes: what happened to its SYN?",
            claim:
                "A closed port answers with RST ACK, and connect() gets ECONNREFUSED after one round trip; a router that rejects the SYN says so by ICMP, and connect() fails just as fast; if something drops the SYN, nobody answers, and connect() retransmits it until tcp_syn_retries are used up: ETIMEDOUT",
            source: [
                "net/ipv4/tcp_ipv4.c:tcp_v4_send_reset", "net/ipv4/tcp_ipv4.c:tcp_v4_err",
                "net/ipv4/icmp.c:icmp_err_convert",
                "net/ipv4/tcp_input.c:tcp_rcv_synsent_state_process",
                "net/ipv4/tcp_timer.c:tcp_write_timeout", "RFC 9293 §3.5.2",
            ],
            arms: cases.map(\.arm), measures: measures, claims: claims(.v4),
            scaling:
                "The experiment watches for \(Int(watched)) s, not for minutes: r retransmissions take 2^(r + 1) - 1 s, 127 s for the default of 6 (tcp_syn_linear_timeouts = 0 here; since Linux 6.5 the first 4 come one second apart, in addition to those). A segment takes 20 ms each way here.",
            isComparison: false, purpose: purpose,
            trial: Experiment.wireTrial(of: cases, run))
        experiment.changesOverIPv6 = { $0.claims = claims(.v6) }
        return experiment
    }

    private static let errors = [
        "ECONNREFUSED", "ETIMEDOUT", "EHOSTUNREACH", "ENETUNREACH", "EACCES",
    ]

    private static let measures =
        [
            Measure("connected", "connections", .count),
            Measure("told_seconds", "until the program got an error", .seconds, better: .down),
            Measure("syns", "SYNs sent", .count, better: .down),
            Measure("resets", "RST ACK answers", .count),
            Measure("reset_number", "sequence number of the RST ACK", .count),
            Measure("reset_confirms", "how far it acknowledges beyond the SYN's number", .count),
            Measure("notices", "ICMP answers", .count),
        ] + errors.map { Measure("errors_\($0)", "\($0), client", .count) }

    private static let watched = 5.0
    private static let port: UInt16 = 40_000
    private static let closedPort: UInt16 = 7001

    /// Seconds until a SYN that nobody answers is given up, of so many repetitions: the first time-out is 1 s, each further one
    /// twice as long.
    private static func patience(_ retries: Int) -> Double {
        Double((1 << min(retries + 1, 40)) - 1)
    }

    /// When a timer of so many seconds fires: never early, and by an eighth late (`kernel/time/timer.c`); more on a busy machine.
    private static func firing(_ seconds: Double) -> ClosedRange<Double> {
        (seconds - 0.01)...(seconds * 1.125 + 1)
    }

    private static let purpose = Purpose(
        "give a program an error within \(Int(watched)) s when its SYN gets no answer",
        [.told(within: watched)]
    ) { tried in
        tried.only(retries).map { count in
            let seconds = patience(count)
            return firing(seconds).upperBound <= watched
                ? [
                    .init(
                        "the program gets the error after 2^(\(count) + 1) - 1 = \(seconds.counted) s",
                        "told_seconds", firing(seconds))
                ]
                : seconds > watched
                    ? [
                        .init(
                            "the error would take 2^(\(count) + 1) - 1 = \(seconds.counted) s",
                            "errors_ETIMEDOUT", 0...0)
                    ] : []
        } ?? []
    }

    private static func claims(_ family: InternetFamily) -> [Claim] {
        /// Two ways of 20 ms, and what a busy machine adds.
        func atOnce(_ arm: String) -> Claim {
            Claim(
                "\(arm): connect() fails one round trip after the SYN",
                .within(arm: arm, measure: "told_seconds", 0.04...0.9))
        }
        let silent = (retries: 1, sent: 2.0)
        // What IPv6 calls a route to nowhere is none at all, and what is prohibited is denied (net/ipv6/icmp.c:tab_unreach).
        let (nowhere, denied) =
            family == .v4 ? ("EHOSTUNREACH", "EHOSTUNREACH") : ("ENETUNREACH", "EACCES")
        return [
            Claim.exactly("a closed port answers with one RST ACK", closed, "resets", 1),
            Claim.exactly(
                "closed port: the sequence number of the RST ACK is 0", closed, "reset_number", 0),
            Claim.exactly(
                "closed port: it acknowledges the SYN's number plus 1", closed, "reset_confirms", 1),
            Claim.exactly(
                "closed port: connect() gets ECONNREFUSED", closed, "errors_ECONNREFUSED", 1),
            atOnce(closed),
            Claim.exactly("closed port: connect() does not retransmit the SYN", closed, "syns", 1),
            Claim.exactly("open port: connect() connects", listening, "connected", 1),
            Claim.exactly(
                "dropped: nobody answers, and the program has no error after \(Int(watched)) s",
                dropped, "errors_ETIMEDOUT", 0),
            Claim.exactly(
                "dropped: by then connect() has sent the SYN after 0, 1 and 3 s", dropped, "syns", 3
            ),
            Claim.exactly(
                "with tcp_syn_retries = \(silent.retries), connect() gets ETIMEDOUT", impatient,
                "errors_ETIMEDOUT", 1),
            Claim(
                "with tcp_syn_retries = \(silent.retries), it gets it after 1 + 2 s",
                .within(
                    arm: impatient, measure: "told_seconds", firing(patience(silent.retries)))),
            Claim.exactly(
                "with tcp_syn_retries = \(silent.retries), connect() sends the SYN twice",
                impatient,
                "syns",
                silent.sent),
            Claim.exactly(
                "route unreachable: the router says so by ICMP", unreachable, "notices", 1),
            Claim.exactly(
                "route unreachable: connect() gets \(nowhere)", unreachable, "errors_\(nowhere)", 1),
            atOnce(unreachable),
            Claim.exactly("route prohibit: the router says so by ICMP", prohibited, "notices", 1),
            Claim.exactly(
                "route prohibit: connect() gets \(denied)", prohibited, "errors_\(denied)", 1),
            atOnce(prohibited),
        ]
    }

    static func run(_ scene: Case, _ ground: WireGround) throws(KernelError) -> Trial {
        if !scene.arm.settings.contains(where: { $0.key.name == linear }) {
            try ground.setWherePossible(linear, "0", at: .client)
        }
        let there = try destination(scene, ground)
        let client = try ground.bound(.client, to: ground.client(port))
        ground.wire.note("connect() to \(there)", at: .client)
        let start = LoadClock.now
        var outcome = client.progress(to: there)
        _ = try TrialGround.wait(seconds: watched, every: 1, ground.stop) {
            if outcome == .waiting { outcome = client.progress(to: there) }
            return outcome != .waiting
        }
        let seconds = Double(LoadClock.now - start) / 1e9
        let record = ground.record
        let requests = record.sent(by: .client).filter { $0.flags == .syn }
        let resets = record.sent(by: .server).filter { $0.flags.contains(.reset) }
        var values = [
            "connected": outcome == .connected ? 1.0 : 0, "syns": Double(requests.count),
            "resets": Double(resets.count), "notices": Double(record.notices.count),
        ]
        for name in errors { values["errors_\(name)"] = 0 }
        if case .failed(let code) = outcome {
            let name = SocketErrno.name(code)
            values["errors_\(name)"] = 1
            values["told_seconds"] = seconds
            ground.wire.note("connect() gets \(name)", at: .client)
        }
        if let reset = resets.first, let request = requests.first {
            values["reset_number"] = Double(reset.sequence)
            values["reset_confirms"] = Double(reset.acknowledgement &- request.sequence)
        }
        let isAnswered = scene.destination != .behind(.blackhole)
        try ground.settle()
        return Trial(
            values: values,
            void: isAnswered && requests.count > 1
                ? "the machine was too slow: a SYN was retransmitted before its answer arrived"
                : nil
        )
    }

    private static func destination(
        _ scene: Case, _ ground: WireGround
    ) throws(KernelError) -> SocketAddress {
        switch scene.destination {
        case .closed:
            return SocketAddress(ground.server.address, port: closedPort)
        case .listening:
            _ = try ground.listen()
            return ground.server
        case .behind(let deadEnd):
            let address = try ground.wire.lead(to: deadEnd)
            ground.wire.note("has a route '\(deadEnd.rawValue)' to \(address)", at: .server)
            return SocketAddress(address, port: TrialGround.port)
        }
    }
}
