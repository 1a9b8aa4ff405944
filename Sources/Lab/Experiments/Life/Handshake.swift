import Catalogue
import Kernel
import Model
import Testbed

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
        /// The SYN is held up on its way until the connection that a second one opened is over, which ends so; nil for no such SYN.
        var story: Story?
        /// The wire loses what the client answers to a late request's SYN-ACK.
        var losesAnswers = false
        /// The third step of a late request is made up.
        var forgesThirdStep = false
    }

    /// What is left of the connection when the SYN that was held up arrives.
    enum Story: Sendable, Hashable {
        /// Nothing, as after 60 s.
        case nothingLeft
        /// The TIME_WAIT of the side that closed first.
        case waiting(PrivateNetwork.Side)
        /// Nothing; and the server is one in user space that opens at the SYN.
        case twoSteps
    }

    static let three = "three steps"
    static let late = "late SYN"
    static let ten = "ten late SYNs"
    static let waiting = "late SYN, TIME_WAIT"
    static let cookies = "syncookies 2"
    static let lost = "lost SYN"
    static let lostTwice = "SYN lost twice"
    static let story = "SYN held up"
    static let storyUnanswered = "SYN held up, RST lost"
    static let storyClient = "SYN held up, client waits"
    static let storyServer = "SYN held up, server waits"
    static let twoSteps = "two steps, SYN held up"
    static let twoStepsUnanswered = "two steps, RST lost"

    static let cases = [
        Case(arm: Arm(three, .baseline)),
        Case(arm: Arm(late, .variant), late: 1),
        Case(arm: Arm(ten, .variant), late: 10),
        Case(arm: Arm(waiting, .variant), late: 1, leavesTimeWait: true),
        Case(arm: Arm(cookies, .remedy, ["net.ipv4.tcp_syncookies": "2"]), late: 1),
        Case(arm: Arm(lost, .variant), lost: 1),
        Case(arm: Arm(lostTwice, .variant), lost: 2),
        Case(arm: Arm(story, .variant, nothingKept), story: .nothingLeft),
        Case(
            arm: Arm(storyUnanswered, .variant, nothingKept), story: .nothingLeft,
            losesAnswers: true),
        Case(arm: Arm(storyClient, .variant), story: .waiting(.client)),
        Case(arm: Arm(storyServer, .variant), story: .waiting(.server)),
        Case(arm: Arm(twoSteps, .variant, nothingKept), story: .twoSteps),
        Case(
            arm: Arm(twoStepsUnanswered, .variant, nothingKept), story: .twoSteps,
            losesAnswers: true),
    ]

    /// As when the 60 s of TIME_WAIT are over.
    private static let nothingKept: KeyValuePairs = ["net.ipv4.tcp_max_tw_buckets": "0"]

    static let experiment = make(cases)

    static func make(_ cases: [Case]) -> Experiment {
        var experiment = Experiment(
            .handshake,
            question: "Why does a handshake take three steps, not two?",
            claim:
                "Without the third step a server cannot tell a delayed duplicate SYN from a new request: it answers a late SYN, the client's kernel resets the connection that it does not know, and nothing opens",
            source: [
                "net/ipv4/tcp_input.c:tcp_conn_request", "net/ipv4/tcp_minisocks.c:tcp_check_req",
                "net/ipv4/tcp_ipv4.c:tcp_v4_send_reset", "net/ipv4/tcp_timer.c:tcp_write_timeout",
                "RFC 9293 §3.5",
            ],
            arms: cases.map(\.arm), measures: measures, claims: claims(.v4),
            scaling:
                "A segment takes 20 ms each way here. The late SYN is a copy of the SYN of a connection that was reset since: neither end remembers it, as after any close and 60 s. In the arms with a SYN held up, it is the very first SYN of a connection that its retransmission opened; tcp_max_tw_buckets = 0 stands in for 60 s that have passed. The two-step server is a program in user space on the wire: it opens at the SYN.",
            isComparison: false, purpose: purpose,
            trial: Experiment.wireTrial(of: cases, run))
        experiment.changesOverIPv6 = { $0.claims = claims(.v6) }
        return experiment
    }

    private static let measures = [
        Measure("segments_to_open", "segments until both ends were open", .count),
        Measure("client_states", "states of the client as in RFC 9293, of 2", .count),
        Measure("server_states", "states of the server as in RFC 9293, of 3", .count),
        Measure("client_open_seconds", "until the client was open", .seconds),
        Measure("server_open_seconds", "until the server was open", .seconds),
        Measure("third_step_seconds", "between the two", .seconds),
        Measure("half_open", "late SYNs that the server held in SYN_RECV", .count),
        Measure("two_step_held", "connections that two steps would have opened", .count),
        Measure("resets_by_client", "late SYNs whose SYN-ACK the client answered with RST", .count),
        Measure("opened_by_late_syn", "connections that accept() gave for late SYNs", .count),
        Measure("left_at_server", "left at the server in the end", .count),
        Measure("syn_again_seconds", "until the SYN was retransmitted", .seconds),
        Measure("syn_held_up_seconds", "the first SYN was on its way", .seconds),
        Measure("bytes_read", "bytes that the server read before", .bytes),
        Measure("refused_by_time_wait", "late SYNs that TIME_WAIT answered with an ACK", .count),
        Measure("resets_by_server", "RSTs of the server to the client's answer", .count),
        Measure("held_seconds", "the server kept what the late SYN opened", .seconds),
        Measure("maximum_segment", "largest segment that the SYN allows", .bytes),
        Measure("syn_third_seconds", "from then until its second retransmission", .seconds),
    ]

    private static let purpose = Purpose(
        "keep the server from storing anything for a late SYN",
        [
            .init("half_open", 0...0, "the server stores nothing for a late SYN") {
                $0 == 0
                    ? "the server stores nothing for a late SYN"
                    : "the server keeps a late SYN in SYN_RECV"
            }
        ]
    ) { tried in
        [.init("a late SYN opens nothing", "opened_by_late_syn", 0...0)]
            + (tried.only("net.ipv4.tcp_syncookies").map { cookies in
                cookies == 2
                    ? [.init("the server does not keep a late SYN", "half_open", 0...0)]
                    : [.init("the server keeps a late SYN in SYN_RECV", "half_open", 1...1)]
            } ?? [])
    }

    /// A timer fires late on a busy machine, never early.
    private static func claims(_ family: InternetFamily) -> [Claim] {
        // An Ethernet frame holds 1500 bytes, with 20 of TCP and 20 of IPv4 or 40 of IPv6.
        let largest = 1500 - 20 - (family == .v4 ? 20.0 : 40)
        let length = Double(WholeStory.text.utf8.count)
        let lone: [Claim] = [
            Claim(
                "the SYN allows segments of 1500 - 20 - \(family == .v4 ? 20 : 40) = \(largest.counted) bytes over \(family.name)",
                .within(arm: three, measure: "maximum_segment", largest...largest)),
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
                "the server opens later than the client, by the time of the third step: 20 ms",
                .within(arm: three, measure: "third_step_seconds", 0.019...1)),
            Claim(
                "the server answers a late SYN: with two steps it would have a connection",
                .within(arm: late, measure: "two_step_held", 1...1)),
            Claim(
                "with three steps it keeps a request in SYN_RECV",
                .within(arm: late, measure: "half_open", 1...1)),
            Claim(
                "the client's kernel answers that SYN-ACK with RST",
                .within(arm: late, measure: "resets_by_client", 1...1)),
        ]
        let quiet = [
            late, ten, waiting, cookies, story, storyUnanswered, storyClient, storyServer,
        ].flatMap { arm in
            [
                Claim(
                    "\(arm): accept() gives nothing",
                    .within(arm: arm, measure: "opened_by_late_syn", 0...0))
            ]
        }
        let empty = [late, ten, waiting, cookies, story, storyClient, twoSteps].map { arm in
            Claim(
                "\(arm): nothing is left at the server",
                .within(arm: arm, measure: "left_at_server", 0...0))
        }
        let stories: [Claim] = [
            Claim(
                "SYN held up: the client retransmits it after 1 s, and the copy opens the connection",
                .within(arm: story, measure: "syn_again_seconds", 0.99...1.9)),
            Claim(
                "SYN held up: the connection carries its \(length.counted) bytes, and is over when the first SYN arrives",
                .within(arm: story, measure: "bytes_read", length...length)),
            Claim(
                "SYN held up: the server takes it for a new request and keeps it in SYN_RECV",
                .within(arm: story, measure: "half_open", 1...1)),
            Claim(
                "SYN held up: the client's kernel answers the SYN-ACK with RST",
                .within(arm: story, measure: "resets_by_client", 1...1)),
            Claim(
                "SYN held up, RST lost: the server still keeps the request, and its program does not know of it",
                .within(arm: storyUnanswered, measure: "left_at_server", 1...1)),
            Claim(
                "SYN held up, client waits: TIME_WAIT answers the SYN-ACK with an ACK, and the server resets",
                .within(arm: storyClient, measure: "resets_by_server", 1...1)),
            Claim(
                "SYN held up, server waits: TIME_WAIT refuses the SYN with an ACK",
                .within(arm: storyServer, measure: "refused_by_time_wait", 1...1)),
            Claim(
                "SYN held up, server waits: the server does not even reach SYN_RECV",
                .within(arm: storyServer, measure: "half_open", 0...0)),
            Claim(
                "two steps: the server gives its program a connection for the SYN that was held up",
                .within(arm: twoSteps, measure: "opened_by_late_syn", 1...1)),
            Claim(
                "two steps: the RST of the client's kernel ends it one round trip later",
                .within(arm: twoSteps, measure: "held_seconds", 0.039...1)),
            Claim(
                "two steps, RST lost: the server keeps a connection that no client has",
                .within(arm: twoStepsUnanswered, measure: "left_at_server", 1...1)),
        ]
        let others: [Claim] = [
            Claim(
                "two steps would have made ten unused connections of ten late SYNs",
                .within(arm: ten, measure: "two_step_held", 10...10)),
            Claim(
                "with tcp_syncookies = 2, the server answers and stores nothing until the third step, not even SYN_RECV",
                .within(arm: cookies, measure: "half_open", 0...0)),
            Claim(
                "the client retransmits a lost SYN after 1 s",
                .within(arm: lost, measure: "syn_again_seconds", 0.99...1.9)),
            Claim(
                "if it is lost again, the client waits twice as long for the next retransmission (tcp_syn_linear_timeouts = 0)",
                .within(arm: lostTwice, measure: "syn_third_seconds", 1.98...3.8)),
        ]
        return lone + quiet + empty + others + stories
    }

    static func run(_ scene: Case, _ ground: WireGround) throws(KernelError) -> Trial {
        var trial =
            if let story = scene.story {
                try WholeStory(scene, story, ground).run()
            } else if scene.late > 0 {
                try LateRequests.run(scene, ground)
            } else {
                try FirstRequest.run(scene, ground)
            }
        if ground.record.hasRepeatedInVain, !scene.leavesTimeWait {
            trial.void = "the machine was too slow: a segment was retransmitted without a loss"
        }
        return trial
    }
}
