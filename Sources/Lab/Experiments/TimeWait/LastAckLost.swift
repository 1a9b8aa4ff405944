import Catalogue
import Kernel
import Model
import Testbed

/// last-ack-lost: the last segment of the side that closed first is lost.
enum LastAckLost {
    /// An arm, and what is lost.
    struct Case: ExperimentCase {
        var arm: Arm
        /// How many of the client's answers to the server's FIN are lost.
        var losses = 1
        /// True where the client ends with a reset, which is lost.
        var resets = false
        /// True where the server's program closes its socket; otherwise it keeps it, and sees what becomes of it.
        var leaves = false
    }

    private static let kept = "room for TIME_WAIT"
    private static let none = "tcp_max_tw_buckets = 0"
    private static let reset = "closed with a reset"
    private static let silence = "no answer"
    private static let impatient = "tcp_orphan_retries = 1"

    /// On a busy machine the FIN comes twice, and the answer to the second is a reset that would end TIME_WAIT.
    private static let firm = LoadPlan.Assignment.setting("net.ipv4.tcp_rfc1337", "1")

    private static let room = "net.ipv4.tcp_max_tw_buckets"

    static let cases = [
        Case(arm: Arm(none, .baseline, settings: [firm, .setting(room, "0")])),
        Case(arm: Arm(kept, .remedy, settings: [firm, .setting(room, "65536")])),
        Case(arm: Arm(reset, .variant, settings: [firm]), resets: true),
        Case(arm: Arm(silence, .variant, settings: [firm]), losses: .max, leaves: true),
        Case(
            arm: Arm(
                impatient, .variant, settings: [firm, .setting("net.ipv4.tcp_orphan_retries", "1")]),
            losses: .max, leaves: true),
    ]

    static let experiment = make(cases)

    static func make(_ cases: [Case]) -> Experiment {
        Experiment(
            .lastAckLost,
            question: "What does TIME_WAIT do when the last ACK is lost?",
            claim:
                "The peer retransmits its FIN: TIME_WAIT answers it, restarts its 60 s, and LAST_ACK ends cleanly; without TIME_WAIT the answer is a reset, and a connection that went well ends in ECONNRESET",
            source: [
                "net/ipv4/tcp_minisocks.c:tcp_timewait_state_process",
                "net/ipv4/tcp_ipv4.c:tcp_v4_rcv", "net/ipv4/tcp_input.c:tcp_reset",
                "net/ipv4/tcp_timer.c:tcp_orphan_retries",
            ],
            arms: cases.map(\.arm), measures: measures, claims: claims,
            purpose: purpose,
            trial: Experiment.wireTrial(of: cases, run))
    }

    private static let measures = [
        Measure("fins_sent", "FINs of the server", .count, better: .down),
        Measure("answers_ack", "answered with an ACK", .count),
        Measure("answers_reset", "answered with a reset", .count, better: .down),
        Measure("errors_ECONNRESET", "ECONNRESET, server", .count, better: .down),
        Measure("last_ack_seconds", "LAST_ACK lasted", .seconds, better: .down),
        Measure("still_in_last_ack", "LAST_ACK after \(Int(watched)) s", .count, better: .down),
        Measure("timewait_moved_seconds", "TIME_WAIT extended by", .seconds),
        Measure("timewait_after_fin_seconds", "TIME_WAIT from last FIN", .seconds),
        Measure("timewait_left_after_seconds", "TIME_WAIT left then", .seconds),
    ]

    private static let purpose = Purpose(
        "let a connection end cleanly although its last ACK is lost",
        [
            .init("errors_ECONNRESET", 0...0, "the server's program gets no error") {
                $0 == 0
                    ? "the server's program gets no error"
                    : "the server's program gets ECONNRESET"
            }
        ]
    ) { tried in
        tried.only(room).map { places in
            places == 0
                ? [
                    .init(
                        "the kernel answers the retransmitted FIN with a reset", "answers_reset",
                        1...1)
                ]
                : [.init("TIME_WAIT answers both FINs with an ACK", "answers_ack", 2...2)]
        } ?? []
    }

    private static let claims: [Claim] = {
        [
            Claim.within(
                "if the last ACK is lost, the server retransmits its FIN", kept, "fins_sent", 2...2),
            Claim.within("TIME_WAIT answers both FINs with an ACK", kept, "answers_ack", 2...2),
            Claim.within("TIME_WAIT never answers with a reset", kept, "answers_reset", 0...0),
            Claim.within(
                "with TIME_WAIT, the server's program gets no error", kept, "errors_ECONNRESET",
                0...0),
            // The first repetition comes 200 ms and a round trip after the FIN at the earliest (TCP_RTO_MIN).
            Claim.within(
                "the second FIN extends TIME_WAIT", kept, "timewait_moved_seconds",
                0.15...30),
            Claim.within(
                "TIME_WAIT lasts 60 s from the last FIN", kept,
                "timewait_after_fin_seconds", 59.9...61),
            Claim.within(
                "without room for TIME_WAIT, the kernel answers the retransmitted FIN with a reset",
                none,
                "answers_reset", 1...1),
            Claim.within(
                "without room for TIME_WAIT, the server's program gets ECONNRESET", none,
                "errors_ECONNRESET", 1...1),
            Claim.within(
                "after a close with a lost reset, the kernel answers the FIN with a reset", reset,
                "answers_reset", 1...1),
            Claim.within(
                "after a close with a lost reset, the server's program also gets ECONNRESET", reset,
                "errors_ECONNRESET", 1...1),
            Claim.within(
                "if no answer arrives, LAST_ACK lasts more than \(Int(watched)) s",
                silence, "still_in_last_ack", 1...1),
            Claim.within(
                "with tcp_orphan_retries = 1, the server has given up by then", impatient,
                "still_in_last_ack", 0...0),
        ]
    }()

    /// Seconds for which a LAST_ACK that gets no answer is looked at.
    ///
    /// Its default of eight repetitions take 51 s.
    private static let watched = 6.0
    private static let port: UInt16 = 40_000

    static func run(
        _ scene: Case, _ ground: WireGround
    ) throws(KernelError) -> Trial {
        let listener = try ground.listen()
        let ends = try ground.open(from: port, at: listener)
        ground.wire.note("the client closes first", at: .client)
        _ = ends.client.shutdownSending()
        try ground.require(.server, in: .closeWait, client: port)
        try ground.require(.client, in: .finWait2, client: port)
        try ground.settle()

        let losses = Countdown(scene.resets ? 1 : scene.losses)
        let resets = scene.resets
        ground.wire.decide { segment, side in
            let isLast =
                side == .client && (resets ? segment.flags.contains(.reset) : segment.isBareAck)
            return isLast && losses.takes() ? .isLost : .passes
        }
        if scene.resets {
            ground.wire.note("the client closes with a reset, which is lost", at: .client)
            ground.reset(ends.client)
            try ground.require(.client, in: nil, client: port)
            try ground.settle()
        }
        let count = ground.record.passages.count
        ground.wire.note("the server closes", at: .server)
        if scene.leaves {
            ground.close(ends.server)
        } else {
            _ = ends.server.shutdownSending()
        }

        _ = try ground.sees {
            [TCPState.timeWait, nil].contains($0.states(of: .client, client: port).last ?? .listen)
        }
        let first = try ground.timeWaitEnd(.client, client: port)
        let isSlow = ground.record.arrivals(of: .fin, from: .server, since: count).count > 1
        let isOver = try ground.sees(
            .server, in: nil, client: port,
            seconds: scene.leaves ? watched : WireGround.patience)
        try ground.settle()
        let left = try ground.timeWaitEnd(.client, client: port)
        let now = LoadClock.now
        let record = ground.record
        let fins = record.arrivals(of: .fin, from: .server, since: count)
        let answers = ground.sent(by: .client, after: count)
        var values = [
            "fins_sent": Double(
                ground.sent(by: .server, after: count).count { $0.flags.contains(.fin) }),
            "answers_ack": Double(answers.count(where: \.isBareAck)),
            "answers_reset": Double(answers.count { $0.flags.contains(.reset) }),
            "still_in_last_ack": isOver ? 0 : 1,
        ]
        if !scene.leaves {
            values["errors_ECONNRESET"] = ends.server.takeError() == SocketErrno.reset ? 1 : 0
        }
        if isOver, let began = record.time(of: .lastAck, at: .server, client: port),
            let ended = record.marks.last(where: {
                if case .state(.server, _, _, nil) = $0.mark { true } else { false }
            })?.at
        {
            values["last_ack_seconds"] = Double(ended - began) / 1e9
        }
        if let first, let left, let last = fins.last {
            values["timewait_moved_seconds"] = WireGround.seconds(from: first, to: left)
            values["timewait_after_fin_seconds"] = Double(left - last) / 1e9
            values["timewait_left_after_seconds"] = Double(left - now) / 1e9
        }
        return Trial(
            values: values,
            void: first != nil && isSlow || !isInTurn(record, since: count)
                ? "the server retransmitted its FIN before the first was answered" : nil)
    }

    /// True where each FIN was answered before the next was sent, and none after an answer that was let through.
    private static func isInTurn(_ record: WireRecord, since count: Int) -> Bool {
        let passages = record.passages.dropFirst(count)
        let last = passages.firstIndex { $0.from == .client && !$0.isLost }
        return passages.enumerated().allSatisfy { place, passage in
            passage.from == (place % 2 == 0 ? .server : .client)
        } && (last.map { $0 == passages.endIndex - 1 } ?? true)
    }
}
