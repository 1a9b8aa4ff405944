import Catalogue
import Kernel
import Model

/// teardown: the steps of an end, who is in which state meanwhile, and who keeps what.
enum Teardown {
    /// An arm, and who does what.
    struct Case: ExperimentCase {
        var arm: Arm
        var manner: Manner
        /// What the arm's name says, and its states are held against.
        let claimed: Manner
        /// The wire loses every RST.
        var losesResets = false
        /// Seconds that what must happen may take.
        var patience = WireGround.patience

        init(_ arm: Arm, _ manner: Manner) {
            self.arm = arm
            self.manner = manner
            claimed = manner
        }
    }

    /// How a connection ends.
    enum Manner: Sendable {
        /// The client closes; the server does when it has heard of it, and the client knows that.
        case clientFirst
        case serverFirst
        /// The client closes, and the server at once when it hears of it.
        case nothingLeft
        /// The same, and the server's program asks for an ACK of what has come before it closes (TCP_QUICKACK).
        case acknowledgedFirst
        /// The same, and the server's program takes longer than an ACK waits.
        case slowly
        /// The client says that it sends no more; the server goes on, and closes later.
        case halfClose
        /// The client closes; the server goes on.
        case closedThenData
        case bothAtOnce
        /// The client closes; the server closes when the client's kernel has forgotten it.
        case neverCloses
        case reset
    }

    static let client = "client first"
    static let server = "server first"
    static let three = "nothing left"
    static let quick = "nothing left, TCP_QUICKACK"
    static let slow = "nothing left, closes later"
    static let half = "half-close"
    static let data = "closed, then data"
    static let both = "both at once"
    static let never = "fin_timeout 1"
    static let reset = "reset"

    static let cases = [
        Case(Arm(client, .baseline), .clientFirst),
        Case(Arm(server, .variant), .serverFirst),
        Case(Arm(three, .variant), .nothingLeft),
        Case(Arm(quick, .variant), .acknowledgedFirst),
        Case(Arm(slow, .variant), .slowly),
        Case(Arm(half, .variant), .halfClose),
        Case(Arm(data, .variant), .closedThenData),
        Case(Arm(both, .variant), .bothAtOnce),
        Case(Arm(never, .remedy, ["net.ipv4.tcp_fin_timeout": "1"]), .neverCloses),
        Case(Arm(reset, .variant), .reset),
    ]

    static let experiment = make(cases)

    static func make(_ cases: [Case]) -> Experiment {
        Experiment(
            .teardown,
            question:
                "A connection closes in four steps: who is in which state, and who waits in the end?",
            claim:
                "The end that closes first goes FIN_WAIT1, FIN_WAIT2, TIME_WAIT, and waits 60 s; the peer goes CLOSE_WAIT, until its program closes, and LAST_ACK. Four segments close the connection, or three if that program closes before its kernel sends the delayed ACK. Both ends wait if both close at once, neither after a reset",
            source: [
                "net/ipv4/tcp.c:tcp_close_state", "net/ipv4/tcp_input.c:tcp_fin",
                "net/ipv4/tcp_input.c:tcp_rcv_state_process",
                "net/ipv4/tcp_output.c:tcp_send_delayed_ack",
                "net/ipv4/tcp_minisocks.c:tcp_timewait_state_process", "RFC 9293 §3.6",
            ],
            arms: cases.map(\.arm), measures: measures, claims: claims,
            scaling:
                "A segment takes 20 ms each way here. The experiment reads the 60 s of TIME_WAIT from its timer; fin-timeout waits for the end.",
            isComparison: false, purpose: purpose,
            trial: Experiment.wireTrial(of: cases, run))
    }

    private static let measures = [
        Measure("client_states", "states of the client, in the right order", .count),
        Measure("server_states", "states of the server, in the right order", .count),
        Measure("segments_to_close", "segments from the first FIN or RST on", .count),
        Measure("ack_seconds", "from a FIN to a separate ACK of it", .seconds),
        Measure("client_TIME_WAIT", "TIME_WAIT, client", .count),
        Measure("server_TIME_WAIT", "TIME_WAIT, server", .count),
        Measure("time_wait_timer_seconds", "timer of TIME_WAIT", .seconds),
        Measure("bytes_after_fin", "received after its own FIN", .bytes),
        Measure("resets", "RSTs sent", .count),
        Measure("server_told", "errors that the server's program got", .count),
        Measure("fin_wait2_left", "FIN_WAIT2 still there, client", .count, better: .down),
        Measure("close_wait_left", "CLOSE_WAIT still there, server", .count),
        Measure("close_wait_timers", "timers that run for CLOSE_WAIT", .count),
        Measure("left_at_server", "left at the server in the end", .count),
    ]

    private static let purpose = Purpose(
        "end an orphaned FIN_WAIT2 within \(Int(WireGround.patience)) s",
        [
            .init(
                "fin_wait2_left", 0...0, "FIN_WAIT2 ends within \(Int(WireGround.patience)) s"
            ) {
                $0 == 0
                    ? "FIN_WAIT2 ends within \(Int(WireGround.patience)) s"
                    : "FIN_WAIT2 is still there after \(Int(WireGround.patience)) s"
            }
        ]
    ) { tried in
        [
            .init(
                "CLOSE_WAIT still stays while the program does not close",
                "close_wait_left", 1...1)
        ]
    }

    private static let claims: [Claim] =
        [
            Claim(
                "the client closes first: it goes FIN_WAIT1, FIN_WAIT2, TIME_WAIT",
                .within(arm: client, measure: "client_states", 3...3)),
            Claim(
                "the client closes first: the server goes CLOSE_WAIT, LAST_ACK, and is gone",
                .within(arm: client, measure: "server_states", 3...3)),
            Claim(
                "the client closes first: four segments, FIN, ACK, FIN, ACK",
                .within(arm: client, measure: "segments_to_close", 4...4)),
            // The timer is looked at a while after it began.
            Claim(
                "the timer of TIME_WAIT starts at 60 s",
                .within(arm: client, measure: "time_wait_timer_seconds", 45...61)),
            Claim(
                "the server closes first: it goes FIN_WAIT1, FIN_WAIT2, TIME_WAIT",
                .within(arm: server, measure: "server_states", 3...3)),
            Claim(
                "the server closes first: the client goes CLOSE_WAIT, LAST_ACK, and is gone",
                .within(arm: server, measure: "client_states", 3...3)),
            Claim(
                "with nothing left to send, FIN and ACK travel together: three segments are enough, because the kernel delays the ACK until the program closes",
                .within(arm: three, measure: "segments_to_close", 3...3)),
            Claim(
                "with TCP_QUICKACK, the ACK does not wait: four segments, although the program closes at once",
                .within(arm: quick, measure: "segments_to_close", 4...4)),
            Claim(
                "with TCP_QUICKACK, the client goes through FIN_WAIT2",
                .within(arm: quick, measure: "client_states", 3...3)),
            Claim(
                "if the program closes later, the ACK travels alone: four segments",
                .within(arm: slow, measure: "segments_to_close", 4...4)),
            // TCP_ATO_MIN is 40 ms, less by a tick; TCP_DELACK_MAX is 200 ms.
            Claim(
                "the kernel delays an ACK by 40 ms to 200 ms",
                .within(arm: slow, measure: "ack_seconds", 0.029...0.26)),
            Claim(
                "with nothing left to send, the client skips FIN_WAIT2",
                .within(arm: three, measure: "client_states", 2...2)),
            Claim(
                "half-close: the client still receives what the server sends after its FIN",
                .within(arm: half, measure: "bytes_after_fin", 15...15)),
            Claim("half-close: no RST", .within(arm: half, measure: "resets", 0...0)),
            Claim(
                "after close(), the kernel answers such data with RST",
                .within(arm: data, measure: "resets", 1...1)),
            Claim(
                "after close(), the server's program gets an error",
                .within(arm: data, measure: "server_told", 1...1)),
            Claim(
                "both close at once: the client goes FIN_WAIT1, CLOSING, TIME_WAIT",
                .within(arm: both, measure: "client_states", 3...3)),
            Claim(
                "both close at once: the server goes FIN_WAIT1, CLOSING, TIME_WAIT",
                .within(arm: both, measure: "server_states", 3...3)),
            Claim(
                "with tcp_fin_timeout = 1, an orphaned FIN_WAIT2 ends",
                .within(arm: never, measure: "fin_wait2_left", 0...0)),
            Claim(
                "with tcp_fin_timeout = 1, CLOSE_WAIT still stays while the program does not close",
                .within(arm: never, measure: "close_wait_left", 1...1)),
            Claim(
                "with tcp_fin_timeout = 1, no timer runs for CLOSE_WAIT",
                .within(arm: never, measure: "close_wait_timers", 0...0)),
            Claim(
                "with tcp_fin_timeout = 1, CLOSE_WAIT ends when the program closes",
                .within(arm: never, measure: "left_at_server", 0...0)),
        ] + waits

    /// Who holds TIME_WAIT in the end.
    private static let waits: [Claim] = {
        let held: [(arm: String, client: Int, server: Int)] = [
            (client, 1, 0), (server, 0, 1), (three, 1, 0), (quick, 1, 0),
            (slow, 1, 0), (half, 1, 0), (data, 0, 0),
            (both, 1, 1), (reset, 0, 0),
        ]
        return held.flatMap { one in
            [("client", one.client), ("server", one.server)].map { side, count in
                Claim(
                    "\(one.arm): \(count == 1 ? "TIME_WAIT" : "no TIME_WAIT") at the \(side)",
                    .within(
                        arm: one.arm, measure: "\(side)_TIME_WAIT",
                        Double(count)...Double(count)))
            }
        }
    }()

    static func run(_ scene: Case, _ ground: WireGround) throws(KernelError) -> Trial {
        try ConnectionEnd(scene, ground).run()
    }
}
