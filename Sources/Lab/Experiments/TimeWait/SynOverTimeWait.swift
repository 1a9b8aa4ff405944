import Catalogue
import Kernel
import Model
import Testbed

/// syn-over-timewait: a new SYN meets a server's TIME_WAIT.
enum SynOverTimeWait {
    /// An arm, and how the newcomer's SYN differs from the old connection.
    struct Case: ExperimentCase {
        var arm: Arm
        var number = Place.own
        var time = Place.own
        /// True where the server's program still listens.
        var listens = true
    }

    /// Where a number of the SYN lies: as the client's kernel has it, which is above the old one, or against what the
    /// server saw last.
    enum Place: Sendable, Hashable { case own, below, same }

    private static let again = "the same client"
    private static let older = "NAT, older clock"
    private static let olderFirm = "NAT, rfc1337"
    private static let newerBelow = "newer clock, below"
    private static let sameBelow = "same time, below"
    private static let sameBelowFirm = "same, below, rfc1337"
    private static let bare = "no timestamps"
    private static let bareBelow = "no timestamps, below"
    private static let bareBelowFirm = "none, below, rfc1337"
    private static let nobody = "nobody listens"

    private static let weak = LoadPlan.Assignment.setting("net.ipv4.tcp_rfc1337", "0")
    private static let firm = LoadPlan.Assignment.setting("net.ipv4.tcp_rfc1337", "1")

    static let cases = [
        Case(arm: Arm(olderFirm, .baseline, settings: [.timestamps(1), firm]), time: .below),
        Case(arm: Arm(older, .remedy, settings: [.timestamps(1), weak]), time: .below),
        Case(arm: Arm(again, .variant, settings: [.timestamps(1), firm])),
        Case(arm: Arm(newerBelow, .variant, settings: [.timestamps(1), firm]), number: .below),
        Case(
            arm: Arm(sameBelow, .variant, settings: [.timestamps(1), weak]), number: .below,
            time: .same),
        Case(
            arm: Arm(sameBelowFirm, .variant, settings: [.timestamps(1), firm]), number: .below,
            time: .same),
        Case(arm: Arm(bare, .variant, settings: [.timestamps(0), firm])),
        Case(arm: Arm(bareBelow, .variant, settings: [.timestamps(0), weak]), number: .below),
        Case(arm: Arm(bareBelowFirm, .variant, settings: [.timestamps(0), firm]), number: .below),
        Case(arm: Arm(nobody, .variant, settings: [.timestamps(1), weak]), listens: false),
    ]

    static let experiment = make(cases)

    static func make(_ cases: [Case]) -> Experiment {
        var experiment = Experiment(
            .synOverTimeWait,
            question: "Does TIME_WAIT at the server lock the same client out?",
            claim:
                "No: a SYN with a newer timestamp, or without timestamps a higher sequence number, replaces it at once; TIME_WAIT answers any other SYN with an ACK, the client answers that with a reset and gets in one round trip later, unless tcp_rfc1337 = 1 makes TIME_WAIT ignore the reset: then clients behind one NAT address stay out",
            source: [
                "net/ipv4/tcp_minisocks.c:tcp_timewait_state_process",
                "net/ipv4/tcp_ipv4.c:tcp_v4_rcv",
                "net/ipv4/tcp_input.c:tcp_rcv_synsent_state_process",
            ],
            arms: cases.map(\.arm), measures: measures, claims: claims,
            purpose: purpose,
            trial: Experiment.wireTrial(of: cases, run))
        experiment.notes = [
            "A SYN with another clock or a lower number stands in for another host behind the same address: the wire shifts the clock and the sequence numbers of the client's kernel, which answers by itself."
        ]
        return experiment
    }

    private static let measures = [
        Measure("connected", "connected", .count, better: .up),
        Measure("connect_seconds", "connect()", .seconds, better: .down),
        Measure("syns", "SYNs of the client", .count, better: .down),
        Measure("challenges", "ACKs of TIME_WAIT", .count),
        Measure("client_resets", "resets of the client", .count),
        Measure("moved_seconds", "TIME_WAIT extended by", .seconds),
        Measure("PAWSTimewait", "PAWSTimewait", .count),
        Measure("errors_ECONNREFUSED", "ECONNREFUSED", .count, better: .down),
    ]

    private static let purpose = Purpose(
        "let in a client with an older clock while the server is in TIME_WAIT",
        [
            .init("connected", 1...1, "a client with an older clock gets in") {
                $0 == 1
                    ? "a client with an older clock gets in"
                    : "a client with an older clock stays out"
            }
        ]
    ) { tried in
        tried.only("net.ipv4.tcp_rfc1337").map { value in
            value == 0
                ? [
                    .init(
                        "the reset ends TIME_WAIT, and the second SYN opens the connection",
                        "connected", 1...1)
                ]
                : [
                    .init(
                        "TIME_WAIT ignores the reset, and no SYN opens the connection", "connected",
                        0...0)
                ]
        } ?? []
    }

    private static let claims: [Claim] = {
        [
            Claim.within("the same client gets in", again, "connected", 1...1),
            Claim.within("the same client gets in with its first SYN", again, "syns", 1...1),
            Claim.within(
                "TIME_WAIT answers a client with an older clock with an ACK", older, "challenges",
                1...1),
            Claim.within("the client answers that ACK with a reset", older, "client_resets", 1...1),
            Claim.within(
                "with tcp_rfc1337 = 0, that client gets in with its second SYN", older, "connected",
                1...1),
            Claim.within(
                "with tcp_rfc1337 = 1, a client with an older clock stays out", olderFirm,
                "connected", 0...0),
            Claim.within(
                "with tcp_rfc1337 = 1, each of its SYNs extends TIME_WAIT", olderFirm,
                "moved_seconds",
                0.5...30),
            Claim.within(
                "a client with a newer clock gets in with a lower number, too", newerBelow, "syns",
                1...1),
            Claim.within(
                "TIME_WAIT answers the same time and a lower number with an ACK", sameBelow,
                "challenges", 1...1),
            Claim.within(
                "same time, lower number: the client gets in with its second SYN", sameBelow,
                "connected", 1...1),
            Claim.within(
                "same time, lower number, tcp_rfc1337 = 1: the client still gets in, because by then its clock has advanced",
                sameBelowFirm,
                "connected", 1...1),
            Claim.within("without timestamps, a higher number gets in", bare, "syns", 1...1),
            Claim.within(
                "without timestamps, TIME_WAIT answers a lower number with an ACK", bareBelow,
                "challenges", 1...1),
            Claim.within(
                "without timestamps, a lower number gets in with its second SYN", bareBelow,
                "connected", 1...1),
            Claim.within(
                "without timestamps and with tcp_rfc1337 = 1, a lower number stays out",
                bareBelowFirm, "connected", 0...0),
            Claim.within(
                "without timestamps, nothing extends TIME_WAIT", bareBelowFirm,
                "moved_seconds", -0.05...0.05),
            Claim.within(
                "if no program listens, TIME_WAIT answers with an ACK", nobody, "challenges", 1...1),
            Claim.within(
                "if no program listens, the kernel refuses the second SYN", nobody,
                "errors_ECONNREFUSED", 1...1),
        ]
    }()

    /// Before the SYN comes, so that a timer that starts again is told from one that does not.
    private static let age: Int64 = 1_000_000_000

    static func run(
        _ scene: Case, _ ground: WireGround
    ) throws(KernelError) -> Trial {
        let port = FormerConnection.port
        let listener = try ground.listen()
        let former = try FormerConnection.make(ground, at: listener, first: .server)
        if !scene.listens { ground.close(listener) }
        guard let end = try ground.timeWaitEnd(.server, client: port) else {
            return Trial(void: "the server is not in TIME_WAIT")
        }
        let last = ground.record.sent(by: .client).last { $0.flags.contains(.fin) }
        let host = Renumbering(
            port: port, beginning(scene, former.request.segment, last: last))
        ground.wire.decide { host.action(on: $0, from: $1) }
        _ = try TrialGround.wait(seconds: 5, ground.stop) {
            LoadClock.now >= end - 60_000_000_000 + age
        }
        let before = try ground.counters(.server)
        let count = ground.record.passages.count
        ground.wire.note(note(scene), at: .client)
        let start = LoadClock.now
        let client = try ground.connect(from: port)

        var outcome = TCPSocket.Progress.waiting
        _ = try TrialGround.wait(seconds: WireGround.patience, every: 1, ground.stop) {
            outcome = client.progress(to: ground.server)
            return outcome != .waiting || ground.record.passages.dropFirst(count).isShutOut
        }
        let seconds = Double(LoadClock.now - start) / 1e9
        try ground.settle()
        let later = try ground.timeWaitEnd(.server, client: port)
        let counters = try ground.counters(.server)
        let (asked, answered) = (
            ground.sent(by: .client, after: count), ground.sent(by: .server, after: count)
        )
        var values = [
            "connected": outcome == .connected ? 1.0 : 0,
            "errors_ECONNREFUSED": outcome == .failed(refused) ? 1 : 0,
            "syns": Double(asked.count { $0.flags == .syn }),
            "client_resets": Double(asked.count { $0.flags.contains(.reset) }),
            "challenges": Double(answered.prefix(while: \.isBareAck).count),
        ]
        if outcome == .connected { values["connect_seconds"] = seconds }
        if let later { values["moved_seconds"] = WireGround.seconds(from: end, to: later) }
        // Not in Linux 6.1.
        if let rejected = counters["TcpExt", "PAWSTimewait"] {
            values["PAWSTimewait"] = Double(rejected - (before["TcpExt", "PAWSTimewait"] ?? 0))
        }
        return Trial(
            values: values,
            void: outcome != .waiting && ground.record.passages.dropFirst(count).isHurried
                ? "a SYN was retransmitted before its answer could arrive" : nil)
    }

    private static let refused =
        SocketErrno.all.first { $0.name == "ECONNREFUSED" }?.code ?? 0

    private static func beginning(
        _ scene: Case, _ request: Segment, last: Segment?
    ) -> Renumbering.Beginning {
        var beginning = Renumbering.Beginning()
        // The old connection's own first number: all of its others, the FIN's with them, are above.
        if scene.number == .below { beginning.number = request.sequence }
        switch (scene.time, last?.options.timestamps?.value) {
        case (.same, let time): beginning.time = time
        case (.below, let time?): beginning.time = time &- lag
        default: break
        }
        return beginning
    }

    /// Milliseconds by which the other host's clock is behind.
    private static let lag: UInt32 = 100_000

    private static func note(_ scene: Case) -> String {
        var words: [String] = []
        switch scene.number {
        case .own: words.append("number above the old ones")
        case .below, .same: words.append("number below the old ones")
        }
        if scene.arm.settings.contains(where: { $0.key == Self.stamps && $0.value == "0" }) {
            words.append("no timestamp")
        } else {
            switch scene.time {
            case .own: words.append("newer timestamp")
            case .same: words.append("same timestamp")
            case .below: words.append("older timestamp")
            }
        }
        return "a SYN from the same address and port: " + words.joined(separator: ", ")
    }

    private static let stamps = LoadPlan.Assignment.timestamps(0).key
}
