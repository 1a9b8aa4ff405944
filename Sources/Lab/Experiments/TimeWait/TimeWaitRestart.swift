import Catalogue
import Kernel
import Model
import Testbed
import Text

/// timewait-restart: what the segments that come late do to a TIME_WAIT.
enum TimeWaitRestart {
    /// An arm: a segment that comes late.
    struct Case: ExperimentCase {
        var arm: Arm
        var late: Late
    }

    /// What comes, from the client, when the server has been in TIME_WAIT for a second.
    enum Late: String, Sendable, Hashable, CaseIterable {
        /// An old duplicate, and what the client's kernel answers to the answer.
        case oldDataAndReset = "old data, then RST"
        case fin = "FIN again"
        case ack = "bare ACK"
        case data = "data again"
        case oldData = "old data"
        case oldRequest = "old SYN"
        case lowRequest = "SYN below"
        case resetElsewhere = "RST elsewhere"
        case resetOldTime = "RST, old timestamp"
        case reset = "RST"
    }

    private static func name(_ late: Late, firm isFirm: Bool) -> String {
        switch (late, isFirm) {
        case (.oldDataAndReset, true): firm
        case (_, true): "\(late.rawValue), 1337"
        default: late.rawValue
        }
    }

    private static let firm = "tcp_rfc1337 = 1"

    static let cases = [false, true].flatMap { isFirm in
        Late.allCases.map { late in
            Case(
                arm: Arm(
                    name(late, firm: isFirm),
                    late != .oldDataAndReset ? .variant : isFirm ? .remedy : .baseline,
                    settings: [.setting("net.ipv4.tcp_rfc1337", isFirm ? "1" : "0")]),
                late: late)
        }
    }

    static let experiment = make(cases)

    static func make(_ cases: [Case]) -> Experiment {
        Experiment(
            .timeWaitRestart,
            question: "Which segments extend TIME_WAIT, and which end it?",
            claim:
                "Every segment with an ACK or an old timestamp restarts the 60 s; a SYN that is not old, and a reset that is not exactly the next in sequence, do nothing; a reset that is exactly the next ends TIME_WAIT at once, unless tcp_rfc1337 = 1",
            source: ["net/ipv4/tcp_minisocks.c:tcp_timewait_state_process"],
            arms: cases.map(\.arm), measures: measures, claims: claims, runs: 4,
            purpose: purpose, trial: Experiment.wireTrial(of: cases, run))
    }

    private static let measures = [
        Measure("moved_seconds", "TIME_WAIT extended by", .seconds),
        Measure("answers", "answers", .count),
        Measure("gone", "TIME_WAIT gone", .count, better: .down),
        Measure("PAWSTimewait", "PAWSTimewait", .count),
    ]

    /// The age at which the segment comes, at least, and what a trial may take; and what a jiffy or two may make of nothing.
    private static let again = 0.9...30.0
    private static let still = -0.05...0.05

    private static let purpose = Purpose(
        "keep an old duplicate from ending TIME_WAIT",
        [
            .init("gone", 0...0, "TIME_WAIT stays") {
                $0 == 0
                    ? "TIME_WAIT stays"
                    : "the reset that answers TIME_WAIT's answer ends it"
            }
        ]
    ) { tried in
        tried.only("net.ipv4.tcp_rfc1337").map { value in
            value == 0
                ? [
                    .init(
                        "an old duplicate ends TIME_WAIT through the reset that its answer gets",
                        "gone", 1...1)
                ]
                : [.init("an old duplicate ends nothing", "gone", 0...0)]
        } ?? []
    }

    private static let claims: [Claim] = {
        let texts: [(Late, String, moves: Bool, answers: Double)] = [
            (.fin, "a retransmitted FIN restarts the 60 s and gets an answer", true, 1),
            (.ack, "a bare ACK restarts the 60 s and gets no answer", true, 0),
            (.data, "retransmitted data restarts the 60 s and gets an answer", true, 1),
            (.oldData, "an old duplicate of data restarts the 60 s and gets an answer", true, 1),
            (
                .oldRequest, "an old duplicate of the SYN restarts the 60 s and gets an answer",
                true,
                1
            ),
            (
                .lowRequest, "a SYN below the old numbers gets an answer and restarts nothing",
                false, 1
            ),
            (
                .resetElsewhere, "TIME_WAIT ignores a reset that is not the next in sequence",
                false, 0
            ),
            (.resetOldTime, "TIME_WAIT ignores a reset with an old timestamp", false, 0),
        ]
        return [false, true].flatMap { isFirm in
            let ground = isFirm ? "under RFC 1337, " : ""
            return texts.flatMap { late, text, moves, answers in
                [
                    Claim.within(
                        ground + text, name(late, firm: isFirm), "moved_seconds",
                        moves ? again : still),
                    Claim.within(
                        ground + "\(late.rawValue): \(answers == 0 ? "no" : "one") answer",
                        name(late, firm: isFirm), "answers", answers...answers),
                ]
            }
        } + [
            Claim.within(
                "a reset that is exactly the next ends TIME_WAIT", name(.reset, firm: false),
                "gone", 1...1),
            Claim.within(
                "under RFC 1337, TIME_WAIT ignores such a reset", name(.reset, firm: true), "gone",
                0...0),
            Claim.within(
                "under RFC 1337, such a reset does not restart the 60 s", name(.reset, firm: true),
                "moved_seconds", still),
            Claim.within(
                "an old duplicate ends TIME_WAIT through the reset that its answer gets",
                name(.oldDataAndReset, firm: false), "gone", 1...1),
            Claim.within(
                "with tcp_rfc1337 = 1, an old duplicate ends nothing",
                name(.oldDataAndReset, firm: true), "gone", 0...0),
        ]
    }()

    /// Before the segment comes, so that a timer that starts again is told from one that does not.
    private static let age: Int64 = 1_000_000_000
    /// How long a change is waited for that nothing tells of.
    private static let patience = 2.0

    static func run(
        _ scene: Case, _ ground: WireGround
    ) throws(KernelError) -> Trial {
        let port = FormerConnection.port
        let listener = try ground.listen()
        let former = try FormerConnection.make(ground, at: listener, first: .server)
        if scene.late != .oldDataAndReset {
            // The client is the experiment's: its kernel, which has forgotten the connection, would answer by a reset.
            ground.wire.decide { _, side in side == .server ? .isTaken : .passes }
        }
        guard let end = try ground.timeWaitEnd(.server, client: port),
            let last = ground.record.sent(by: .client).last(where: { $0.flags.contains(.fin) })
        else { return Trial(void: "the server is not in TIME_WAIT") }
        _ = try TrialGround.wait(seconds: 5, ground.stop) {
            LoadClock.now >= end - 60_000_000_000 + age
        }
        let before = try ground.counters(.server)
        let count = ground.record.passages.count
        let seconds = Double(LoadClock.now - (end - 60_000_000_000)) / 1e9
        ground.wire.note(
            "TIME_WAIT is \(seconds.duration) old: \(scene.late.rawValue)", at: .client)
        put(scene.late, former, last, ground)

        _ = try ground.sees { $0.passages.dropFirst(count).first?.arrived != nil }
        // What does nothing is waited for in vain; the rest comes at once, but on a busy machine.
        var later: Int64?
        _ = try TrialGround.wait(
            seconds: scene.late.isIgnored ? 0 : patience, ground.stop
        ) { () throws(KernelError) in
            later = try ground.timeWaitEnd(.server, client: port)
            let isOver = later.map { $0 > end + age / 2 } ?? true
            return scene.late == .oldDataAndReset ? later == nil : isOver
        }
        try ground.settle()
        later = try ground.timeWaitEnd(.server, client: port)
        let counters = try ground.counters(.server)
        var values = [
            "answers": Double(ground.sent(by: .server, after: count).count),
            "gone": later == nil ? 1.0 : 0,
        ]
        if let later { values["moved_seconds"] = WireGround.seconds(from: end, to: later) }
        // Not in Linux 6.1.
        if let rejected = counters["TcpExt", "PAWSTimewait"] {
            values["PAWSTimewait"] = Double(rejected - (before["TcpExt", "PAWSTimewait"] ?? 0))
        }
        return Trial(values: values)
    }

    /// - Parameter last: the client's FIN.
    private static func put(
        _ late: Late, _ former: FormerConnection, _ last: Segment, _ ground: WireGround
    ) {
        var segment = last
        // The next that the server waits for: nothing, for the FIN has come.
        let next = last.sequence &+ last.length
        segment.payload = []
        switch late {
        case .fin: break
        case .ack:
            segment.flags = .ack
            segment.sequence = next
        case .data:
            segment = former.data.segment
            segment.options.timestamps = last.options.timestamps
        case .oldData, .oldDataAndReset: return ground.wire.release(former.data)
        case .oldRequest: return ground.wire.release(former.request)
        case .lowRequest:
            segment = former.request.segment
            segment.options.timestamps?.value = last.options.timestamps?.value ?? 0
        case .reset, .resetElsewhere, .resetOldTime:
            segment.flags = .reset
            segment.acknowledgement = 0
            segment.sequence = late == .resetElsewhere ? next &+ 1 : next
            if late == .resetOldTime {
                segment.options.timestamps?.value &-= 1000
            } else {
                segment.options.timestamps = nil
            }
        }
        ground.wire.put(segment, from: .client)
    }
}

extension TimeWaitRestart.Late {
    /// True for what is to change nothing.
    fileprivate var isIgnored: Bool {
        [.lowRequest, .resetElsewhere, .resetOldTime].contains(self)
    }
}
