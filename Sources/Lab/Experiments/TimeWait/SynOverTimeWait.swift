import Catalogue
import Kernel
import Model

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
            question: "Does a server's TIME_WAIT keep the same client out?",
            claim:
                "No: a SYN with a newer timestamp, or without timestamps a higher number, takes its place at once; any other is answered by an ACK, which the client answers by a reset, and comes in one round trip later, unless tcp_rfc1337 = 1 lets TIME_WAIT ignore that reset: then clients behind one NAT address stay out",
            source: [
                "net/ipv4/tcp_minisocks.c:tcp_timewait_state_process",
                "net/ipv4/tcp_ipv4.c:tcp_v4_rcv",
                "net/ipv4/tcp_input.c:tcp_rcv_synsent_state_process",
            ],
            arms: cases.map(\.arm), measures: measures, claims: claims,
            purpose: purpose,
            trial: Experiment.wireTrial(of: cases, run))
        experiment.notes = [
            "Where the SYN comes from another clock or begins at a lower number, it is that of another host behind the same address: the wire shifts the clock and the numbers of the client's kernel, which answers for itself."
        ]
        return experiment
    }

    private static let measures = [
        Measure("connected", "connected", .count, better: .up),
        Measure("connect_seconds", "connect()", .seconds, better: .down),
        Measure("syns", "SYNs of the client", .count, better: .down),
        Measure("challenges", "ACKs of TIME_WAIT", .count),
        Measure("client_resets", "resets of the client", .count),
        Measure("moved_seconds", "TIME_WAIT put off by", .seconds),
        Measure("PAWSTimewait", "PAWSTimewait", .count),
        Measure("errors_ECONNREFUSED", "ECONNREFUSED", .count, better: .down),
    ]

    private static let purpose = Purpose(
        "let a client with an older clock in where a server holds TIME_WAIT",
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
                ? [.init("the reset ends TIME_WAIT, and the second SYN opens", "connected", 1...1)]
                : [.init("TIME_WAIT ignores the reset, and no SYN opens", "connected", 0...0)]
        } ?? []
    }

    private static let claims: [Claim] = {
        [
            Claim.within("the same client gets in", again, "connected", 1...1),
            Claim.within("by its first SYN", again, "syns", 1...1),
            Claim.within("an older clock is answered by an ACK", older, "challenges", 1...1),
            Claim.within("the client answers that by a reset", older, "client_resets", 1...1),
            Claim.within(
                "with tcp_rfc1337 = 0, it gets in by its second SYN", older, "connected", 1...1),
            Claim.within(
                "where TIME_WAIT ignores that reset, an older clock stays out", olderFirm,
                "connected", 0...0),
            Claim.within(
                "and each of its SYNs puts the end of TIME_WAIT off", olderFirm, "moved_seconds",
                0.5...30),
            Claim.within(
                "a newer clock gets in with a lower number, too", newerBelow, "syns", 1...1),
            Claim.within(
                "the same time and a lower number are answered by an ACK", sameBelow,
                "challenges", 1...1),
            Claim.within("that client gets in by its second SYN", sameBelow, "connected", 1...1),
            Claim.within(
                "even where its reset is ignored, for by then its clock has gone on", sameBelowFirm,
                "connected", 1...1),
            Claim.within("without timestamps a higher number gets in", bare, "syns", 1...1),
            Claim.within("a lower one is answered by an ACK", bareBelow, "challenges", 1...1),
            Claim.within("and gets in by its second SYN", bareBelow, "connected", 1...1),
            Claim.within("unless TIME_WAIT ignores its reset", bareBelowFirm, "connected", 0...0),
            Claim.within(
                "without timestamps nothing puts the end of TIME_WAIT off", bareBelowFirm,
                "moved_seconds", -0.05...0.05),
            Claim.within(
                "where nobody listens, TIME_WAIT answers by an ACK", nobody, "challenges", 1...1),
            Claim.within("and the second SYN is refused", nobody, "errors_ECONNREFUSED", 1...1),
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
        ground.wire.decide { host.fate(of: $0, from: $1) }
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
                ? "a SYN was repeated before its answer could arrive" : nil)
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
