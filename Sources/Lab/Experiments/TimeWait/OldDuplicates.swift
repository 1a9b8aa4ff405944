import Catalogue
import Kernel
import Model
import Testbed

/// old-duplicates: a segment of an old connection arrives in a new one with the same four numbers.
enum OldDuplicates {
    /// An arm, and which numbers the new connection has.
    struct Case: ExperimentCase {
        var arm: Arm
        /// Who closes the old connection first, and so would hold TIME_WAIT.
        var first = PrivateNetwork.Side.server
        var numbers = Numbers.fit
    }

    /// Where the numbers of the new connection begin.
    enum Numbers: Sendable, Hashable {
        /// Where the old segment fits: its bytes are the next, and what it acknowledges is what was sent.
        case fit
        /// Its bytes are the next, but what it acknowledges is not what the server has sent.
        case fitByHalf
        /// Where these kernels begin.
        case own
    }

    private static let plain = "neither"
    private static let clock = "tcp_timestamps = 1"
    private static let kept = "TIME_WAIT"
    private static let reset = "TIME_WAIT, reset"
    private static let both = "both"
    private static let half = "ACK does not fit"
    private static let own = "Linux's own numbers"
    private static let refused = "client waits"
    private static let reopened = "client waits, timestamps"

    private static let noWait = LoadPlan.Assignment.setting("net.ipv4.tcp_max_tw_buckets", "0")
    private static let isFirm = LoadPlan.Assignment.setting("net.ipv4.tcp_rfc1337", "1")
    private static let isNotFirm = LoadPlan.Assignment.setting("net.ipv4.tcp_rfc1337", "0")

    static let cases = [
        Case(arm: Arm(plain, .baseline, settings: [.timestamps(0), noWait])),
        Case(arm: Arm(clock, .remedy, settings: [.timestamps(1), noWait])),
        Case(arm: Arm(kept, .variant, settings: [.timestamps(0), isFirm])),
        Case(arm: Arm(reset, .variant, settings: [.timestamps(0), isNotFirm])),
        Case(arm: Arm(both, .variant, settings: [.timestamps(1), isFirm])),
        Case(
            arm: Arm(half, .variant, settings: [.timestamps(0), noWait]), numbers: .fitByHalf),
        Case(arm: Arm(own, .variant, settings: [.timestamps(0), noWait]), numbers: .own),
        Case(
            arm: Arm(refused, .variant, settings: [.timestamps(0), isFirm]), first: .client,
            numbers: .own),
        Case(
            arm: Arm(reopened, .variant, settings: [.timestamps(1), isFirm]), first: .client,
            numbers: .own),
    ]

    static let experiment = make(cases)

    static func make(_ cases: [Case]) -> Experiment {
        var experiment = Experiment(
            .oldDuplicates,
            question: "What keeps a late segment of an old connection out of a new one?",
            claim:
                "TIME_WAIT, which keeps the same addresses and ports from being used again, or timestamps, which identify an old segment; without both, the program reads the old bytes in place of the new ones",
            source: [
                "net/ipv4/tcp_minisocks.c:tcp_timewait_state_process",
                "net/ipv4/tcp_input.c:tcp_validate_incoming",
                "net/ipv4/tcp_ipv4.c:tcp_twsk_unique",
            ],
            arms: cases.map(\.arm), measures: measures, claims: claims,
            purpose: purpose, trial: Experiment.wireTrial(of: cases, run))
        experiment.notes = [
            "An old segment does harm only if its numbers fit the new connection: its bytes must be in the window, and what it acknowledges must have been sent (RFC 5961 §5.2). Linux derives the initial sequence numbers of both ends from a clock of 15.6 MB per second (net/core/secure_seq.c:seq_scale), which wraps after 275 s, so between the same two kernels they seldom fit; other hosts behind the same addresses start anywhere. The wire shifts the sequence numbers of both kernels, so that the new connection starts where the old one started: the kernels do everything else themselves."
        ]
        return experiment
    }

    private static let measures = [
        Measure("opened", "new connections opened", .count),
        Measure("old_bytes_read", "old bytes read", .count, better: .down),
        Measure("new_bytes_read", "new bytes read", .count, better: .up),
        Measure("PAWSEstab", "PAWSEstab", .count),
        Measure("answers_ack", "ACKs to the old segment", .count),
        Measure("errors_EADDRNOTAVAIL", "EADDRNOTAVAIL", .count),
    ]

    private static let length = Double(FormerConnection.text.utf8.count)

    private static let purpose = Purpose(
        "keep a late segment of an old connection out of a new one",
        [
            .init("old_bytes_read", 0...0, "the server reads no old bytes") {
                $0 == 0
                    ? "the server reads no old bytes"
                    : "the server reads \($0.counted) old bytes in the new connection"
            },
            .init("new_bytes_read", length...length, "the new bytes arrive") {
                $0 == length
                    ? "the new bytes arrive"
                    : "\($0.counted) of \(length.counted) new bytes arrive"
            },
        ]
    ) { tried in
        tried.only("net.ipv4.tcp_timestamps").map { stamps in
            stamps == 0
                ? [
                    .init(
                        "the server reads the old bytes in the new connection", "old_bytes_read",
                        length...length)
                ]
                : [.init("PAWSEstab counts the old segment", "PAWSEstab", 1...1)]
        } ?? []
    }

    private static let claims: [Claim] = {
        [
            Claim.exactly(
                "without TIME_WAIT and timestamps, the server reads the old bytes in the new connection",
                plain,
                "old_bytes_read", length),
            Claim.exactly(
                "without TIME_WAIT and timestamps, the new bytes are lost", plain, "new_bytes_read",
                0),
            Claim.exactly(
                "with tcp_timestamps = 1, the server reads no old bytes", clock, "old_bytes_read", 0
            ),
            Claim.exactly(
                "with tcp_timestamps = 1, the new bytes arrive", clock, "new_bytes_read", length),
            Claim.exactly(
                "with tcp_timestamps = 1, PAWSEstab counts the old segment", clock, "PAWSEstab", 1),
            Claim.exactly(
                "TIME_WAIT with tcp_rfc1337 = 1 refuses a client whose numbers are below the old ones",
                kept, "opened", 0),
            Claim.exactly("TIME_WAIT answers the old segment with an ACK", kept, "answers_ack", 1),
            Claim.exactly("TIME_WAIT delivers no old bytes", kept, "old_bytes_read", 0),
            Claim.exactly(
                "without timestamps and tcp_rfc1337, the new client's reset ends TIME_WAIT, and the server reads the old bytes",
                reset, "old_bytes_read", length),
            Claim.exactly("a newer timestamp opens a connection over TIME_WAIT", both, "opened", 1),
            Claim.exactly(
                "with both, the timestamp identifies the old segment", both, "old_bytes_read", 0),
            Claim.exactly(
                "the server refuses an ACK of data that it never sent, whatever the bytes", half,
                "old_bytes_read", 0),
            Claim.exactly(
                "if Linux chose both numbers, the old bytes are before the window", own,
                "old_bytes_read", 0),
            Claim.exactly(
                "if Linux chose both numbers, the new bytes arrive", own, "new_bytes_read", length),
            Claim.exactly(
                "while the client is in TIME_WAIT without timestamps, connect() cannot use its port: EADDRNOTAVAIL",
                refused, "errors_EADDRNOTAVAIL", 1),
            Claim.exactly(
                "while the client is in TIME_WAIT with timestamps, connect() can use it at once",
                reopened, "opened", 1),
            Claim.exactly(
                "client in TIME_WAIT, timestamps: PAWS refuses the old segment", reopened,
                "PAWSEstab", 1),
            Claim.exactly(
                "client in TIME_WAIT, timestamps: the server reads only the new bytes", reopened,
                "new_bytes_read", length),
        ]
    }()

    private static let text = "NEW ORDER"

    static func run(
        _ scene: Case, _ ground: WireGround
    ) throws(KernelError) -> Trial {
        let listener = try ground.listen()
        let former = try FormerConnection.make(ground, at: listener, first: scene.first)
        let shift = Renumbering(port: FormerConnection.port, beginning(scene, former))
        ground.wire.decide { shift.action(on: $0, from: $1) }
        ground.wire.note("the same addresses and ports again" + words(scene.numbers), at: .client)
        var values = [
            "opened": 0.0, "old_bytes_read": 0, "new_bytes_read": 0, "errors_EADDRNOTAVAIL": 0,
        ]
        let start = ground.record.passages.count
        var client: TCPSocket?
        do throws(KernelError) {
            client = try ground.connect(from: FormerConnection.port)
        } catch {
            guard error.code == SocketErrno.noAddress else { throw error }
            values["errors_EADDRNOTAVAIL"] = 1
            ground.wire.note("connect(): EADDRNOTAVAIL", at: .client)
        }
        let server = client == nil ? nil : try accept(ground, at: listener, since: start)
        if server != nil {
            values["opened"] = 1
            try ground.require(.client, in: .established, client: FormerConnection.port)
        } else if let client {
            // Or it would ask again and again.
            ground.close(client)
        }
        try ground.settle()

        let before = try ground.counters(.server)
        let count = ground.record.passages.count
        ground.wire.note("the old segment, delayed until now, continues on its way")
        ground.wire.release(former.data, as: shift.late(former.data.segment))
        // Whatever becomes of it, it is answered.
        let isAnswered = try ground.sees { record in
            record.passages.dropFirst(count).contains { $0.from == .server }
        }
        try ground.settle()
        values["answers_ack"] = Double(
            ground.sent(by: .server, after: count).count(where: \.isBareAck))
        values["PAWSEstab"] = Double(
            (try ground.counters(.server)["TcpExt", "PAWSEstab"] ?? 0)
                - (before["TcpExt", "PAWSEstab"] ?? 0))
        if let server, let client {
            _ = ground.send(text, by: client)
            let first = try ground.read(server, atMost: text.utf8.count).bytes
            // More than one of the two would come at once.
            let all = try first + ground.read(server, seconds: 0.1).bytes
            ground.wire.note(
                "the program reads '\(String(decoding: all, as: UTF8.self))'", at: .server)
            values["old_bytes_read"] = Double(all.count(of: FormerConnection.text))
            values["new_bytes_read"] = Double(all.count(of: text))
        }
        return Trial(values: values, void: isAnswered ? nil : "the old segment got no answer")
    }

    /// The new connection; nil where TIME_WAIT does not let it in.
    private static func accept(
        _ ground: WireGround, at listener: TCPSocket, since count: Int
    ) throws(KernelError) -> TCPSocket? {
        var isGranted = false
        _ = try ground.sees { record in
            let passages = record.passages.dropFirst(count)
            isGranted = passages.contains { $0.from == .server && $0.segment.flags.contains(.syn) }
            return isGranted || passages.isShutOut
        }
        return isGranted ? try ground.accept(at: listener) : nil
    }

    private static func beginning(
        _ scene: Case, _ former: FormerConnection
    ) -> Renumbering.Beginning {
        // The SYN takes a number: the first byte then has the old one's.
        let number = former.data.segment.sequence &- 1
        return switch scene.numbers {
        case .fit: Renumbering.Beginning(number: number, answer: former.answer.sequence)
        case .fitByHalf: Renumbering.Beginning(number: number)
        case .own: Renumbering.Beginning()
        }
    }

    private static func words(_ numbers: Numbers) -> String {
        switch numbers {
        case .fit:
            ": the client's sequence numbers start where the old ones did, and so must those of an answer"
        case .fitByHalf: ": the client's sequence numbers start where the old ones did"
        case .own: ""
        }
    }
}

extension [UInt8] {
    /// How many bytes of them are that text; 0 or all of it.
    fileprivate func count(of text: String) -> Int {
        let words = Array(text.utf8)
        guard count >= words.count else { return 0 }
        return (0...(count - words.count)).contains {
            Array(self[$0..<($0 + words.count)]) == words
        }
            ? words.count : 0
    }
}
