import HostState
import Kernel

/// handshake: what the third step is for, shown by requests of connections that are long over.
enum Handshake {
    /// An arm, and what happens to its segments on the way.
    struct Case: ExperimentCase {
        var arm: Arm
        /// Connections that were opened and reset before; the SYN of each arrives once more.
        var late = 0
        /// True where the connections before were closed by the client, which holds TIME_WAIT; otherwise they are reset.
        var leavesTimeWait = false
        /// How often the SYN is lost.
        var lost = 0
        /// The wire loses what the client answers to a late request's SYN-ACK.
        var losesAnswers = false
        /// The third step of a late request is made up.
        var forgesThirdStep = false
    }

    static let three = "three steps"
    static let late = "late SYN"
    static let ten = "ten late SYNs"
    static let waiting = "late SYN, TIME_WAIT"
    static let cookies = "syncookies 2"
    static let lost = "lost SYN"
    static let lostTwice = "SYN lost twice"

    static let cases = [
        Case(arm: Arm(three, .baseline)),
        Case(arm: Arm(late, .variant), late: 1),
        Case(arm: Arm(ten, .variant), late: 10),
        Case(arm: Arm(waiting, .variant), late: 1, leavesTimeWait: true),
        Case(arm: Arm(cookies, .remedy, ["net.ipv4.tcp_syncookies": "2"]), late: 1),
        Case(arm: Arm(lost, .variant), lost: 1),
        Case(arm: Arm(lostTwice, .variant), lost: 2),
    ]

    static let experiment = make(cases)

    static func make(_ cases: [Case]) -> Experiment {
        Experiment(
            "handshake",
            question: "Why three steps, and not two?",
            claim:
                "Only the third step tells the server that the request was not an old one, late on its way: a late SYN is answered, the client's kernel resets what it knows nothing of, and nothing is opened",
            source: [
                "net/ipv4/tcp_input.c:tcp_conn_request", "net/ipv4/tcp_minisocks.c:tcp_check_req",
                "net/ipv4/tcp_ipv4.c:tcp_v4_send_reset", "net/ipv4/tcp_timer.c:tcp_write_timeout",
                "RFC 9293 §3.5",
            ],
            arms: cases.map(\.arm), measures: measures, claims: claims,
            scaling:
                "A segment takes 20 ms each way here. The late SYN is a copy of the request of a connection that was reset since: neither side remembers anything of it, as after any end and 60 s.",
            occupation: .waiting, contrast: .none,
            trial: Experiment.wireTrial(of: cases, run))
    }

    private static let measures = [
        Measure("segments_to_open", "segments until both ends were open", .count),
        Measure("client_states", "states of the client as in RFC 9293, of 2", .count),
        Measure("server_states", "states of the server as in RFC 9293, of 3", .count),
        Measure("client_open_seconds", "until the client's end was open", .seconds),
        Measure("server_open_seconds", "until the server's end was open", .seconds),
        Measure("third_step_seconds", "from the one to the other", .seconds),
        Measure("half_open", "late SYNs that the server held in SYN_RECV", .count),
        Measure("two_step_held", "connections that two steps would have opened", .count),
        Measure("resets_by_client", "late SYNs whose SYN-ACK the client answered by RST", .count),
        Measure("opened_by_late_syn", "connections that accept() gave for late SYNs", .count),
        Measure("left_at_server", "held by the server in the end", .count),
        Measure("syn_again_seconds", "until the SYN was sent again", .seconds),
        Measure("syn_third_seconds", "from then until it was sent a third time", .seconds),
    ]

    /// A timer fires late on a busy machine, never early.
    private static let claims: [Claim] =
        [
            Claim(
                "three segments open a connection",
                .within(arm: three, measure: "segments_to_open", 3...3)),
            Claim(
                "the client goes from SYN_SENT to ESTABLISHED",
                .within(arm: three, measure: "client_states", 2...2)),
            Claim(
                "the server goes from LISTEN to SYN_RECV to ESTABLISHED",
                .within(arm: three, measure: "server_states", 3...3)),
            Claim(
                "the server's end opens later than the client's, by as long as the third step takes: 20 ms",
                .within(arm: three, measure: "third_step_seconds", 0.019...1)),
            Claim(
                "a late SYN is answered by the server: with two steps it would hold a connection",
                .within(arm: late, measure: "two_step_held", 1...1)),
            Claim(
                "with three it holds a request, in SYN_RECV",
                .within(arm: late, measure: "half_open", 1...1)),
            Claim(
                "the client's kernel answers that SYN-ACK by RST",
                .within(arm: late, measure: "resets_by_client", 1...1)),
        ]
        + [late, ten, waiting, cookies].flatMap { arm in
            [
                Claim(
                    "\(arm): accept() gives nothing",
                    .within(arm: arm, measure: "opened_by_late_syn", 0...0)),
                Claim(
                    "\(arm): nothing is left at the server",
                    .within(arm: arm, measure: "left_at_server", 0...0)),
            ]
        } + [
            Claim(
                "of ten late SYNs, two steps would have made ten connections that nobody uses",
                .within(arm: ten, measure: "two_step_held", 10...10)),
            Claim(
                "with tcp_syncookies = 2 the server answers and holds nothing until the third step, not even SYN_RECV",
                .within(arm: cookies, measure: "half_open", 0...0)),
            Claim(
                "a SYN that is lost is sent again after 1 s",
                .within(arm: lost, measure: "syn_again_seconds", 0.99...1.9)),
            Claim(
                "lost once more, it is sent again after twice as long (tcp_syn_linear_timeouts = 0)",
                .within(arm: lostTwice, measure: "syn_third_seconds", 1.98...3.8)),
        ]

    static func run(_ scene: Case, _ ground: WireGround) throws(KernelError) -> Trial {
        var trial =
            scene.late > 0
            ? try LateRequests.run(scene, ground) : try FirstRequest.run(scene, ground)
        if ground.record.hasRepeatedInVain, !scene.leavesTimeWait {
            trial.void = "the machine was too slow: a segment was sent again that had not been lost"
        }
        return trial
    }
}
