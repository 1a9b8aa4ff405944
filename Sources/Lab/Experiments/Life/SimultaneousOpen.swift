import Catalogue
import Kernel
import Model
import Testbed

/// simultaneous-open: both ends ask for the same connection at once, and neither listens.
enum SimultaneousOpen {
    /// An arm, and who asks when.
    struct Case: ExperimentCase {
        var arm: Arm
        var manner: Manner
        /// True where the wire holds up the server's SYN until the client's has come.
        var separatesRequests = false
    }

    enum Manner: Sendable {
        /// The client asks, the server listens.
        case oneAsks
        /// Each asks before it has heard of the other.
        case bothAsk
        /// The client asks while the server's socket has a port, and has not asked yet.
        case tooLate
    }

    static let one = "one asks"
    static let both = "both ask at once"
    static let late = "second asks too late"

    static let cases = [
        Case(arm: Arm(one, .baseline), manner: .oneAsks),
        Case(arm: Arm(both, .variant), manner: .bothAsk),
        Case(arm: Arm(late, .variant), manner: .tooLate),
    ]

    static let experiment = make(cases)

    static func make(_ cases: [Case]) -> Experiment {
        Experiment(
            .simultaneousOpen,
            question: "Can two programs connect to each other when neither listens?",
            claim:
                "Yes, if their SYNs cross: each end goes SYN_SENT, SYN_RECV, ESTABLISHED, and four segments open one connection without a listener; a SYN to a port whose program has not called connect() yet is refused",
            source: [
                "net/ipv4/tcp_input.c:tcp_rcv_synsent_state_process",
                "net/ipv4/tcp_input.c:tcp_rcv_state_process",
                "net/ipv4/tcp_input.c:tcp_validate_incoming", "RFC 9293 §3.5, figure 8",
            ],
            arms: cases.map(\.arm), measures: measures, claims: claims,
            scaling:
                "A segment takes 20 ms each way here, so both SYNs are on the way at the same time. Linux acknowledges each SYN ACK with one more ACK; before 6.12 only that ACK opened the connection.",
            isComparison: false,
            trial: Experiment.wireTrial(of: cases, run))
    }

    private static let measures = [
        Measure("opened_ends", "ends that were open", .count),
        Measure("segments_to_open", "segments until both ends were open", .count),
        Measure("syn_segments", "of them with a SYN", .count),
        Measure("more_acks", "ACKs that answer a SYN ACK", .count),
        Measure("client_states", "states of the client as in figure 8, of 3", .count),
        Measure("server_states", "states of the server as in figure 8, of 3", .count),
        Measure("listeners", "sockets that listened", .count),
        Measure("bytes_read", "bytes read at both ends", .bytes),
        Measure("errors_ECONNREFUSED", "ECONNREFUSED, client", .count),
    ]

    private static let port: UInt16 = 40_000
    private static let texts = (client: "from the client", server: "from the server")
    private static let length = Double((texts.client + texts.server).utf8.count)

    private static let claims = [
        Claim(
            "both ask at once: both ends open",
            .within(arm: both, measure: "opened_ends", 2...2)),
        Claim(
            "both ask at once: no socket listens",
            .within(arm: both, measure: "listeners", 0...0)),
        Claim(
            "both ask at once: the client goes SYN_SENT, SYN_RECV, ESTABLISHED",
            .within(arm: both, measure: "client_states", 3...3)),
        Claim(
            "both ask at once: the server goes SYN_SENT, SYN_RECV, ESTABLISHED",
            .within(arm: both, measure: "server_states", 3...3)),
        Claim(
            "both ask at once: four segments carry a SYN: two SYNs and two SYN ACKs",
            .within(arm: both, measure: "syn_segments", 4...4)),
        Claim(
            "both ask at once: both ends are open by then (before Linux 6.12, after two more ACKs)",
            .within(arm: both, measure: "segments_to_open", 4...6)),
        Claim(
            "if one asks, two of three segments carry a SYN",
            .within(arm: one, measure: "syn_segments", 2...2)),
        Claim(
            "if one asks, three segments open the connection",
            .within(arm: one, measure: "segments_to_open", 3...3)),
        Claim(
            "if one asks, the other listens", .within(arm: one, measure: "listeners", 1...1)),
        Claim(
            "both ask at once: the result is one connection, which carries bytes both ways",
            .within(arm: both, measure: "bytes_read", length...length)),
        Claim(
            "second asks too late: the first is refused",
            .within(arm: late, measure: "errors_ECONNREFUSED", 1...1)),
        Claim(
            "second asks too late: no end opens",
            .within(arm: late, measure: "opened_ends", 0...0)),
    ]

    static func run(_ scene: Case, _ ground: WireGround) throws(KernelError) -> Trial {
        let (client, server) = try ask(scene, ground)
        let isDecided = try ground.sees { record in
            [TCPState.established, nil].contains(
                record.states(of: .client, client: port).last ?? .synSent)
        }
        try ground.settle()
        let record = ground.record
        var values = opening(record)
        values["listeners"] = scene.manner == .oneAsks ? 1 : 0
        var bytes = 0
        if values["opened_ends"] == 2, let server {
            bytes = try talk(client, server, ground)
            try ground.settle()
        }
        values["bytes_read"] = Double(bytes)
        let error = client.takeError()
        values["errors_ECONNREFUSED"] = error == SocketErrno.refused ? 1 : 0
        if error == SocketErrno.refused { ground.wire.note("gets ECONNREFUSED", at: .client) }
        return Trial(
            values: values,
            void: isDecided && (scene.manner != .bothAsk || haveCrossed(record, scene))
                ? nil : "the machine was too slow: one SYN arrived before the other was sent")
    }

    /// The sockets of both ends; no server's where none was opened.
    private static func ask(
        _ scene: Case, _ ground: WireGround
    ) throws(KernelError) -> (client: TCPSocket, server: TCPSocket?) {
        switch scene.manner {
        case .oneAsks:
            let listener = try ground.listen()
            ground.wire.note("connect()", at: .client)
            let ends = try ground.open(from: port, at: listener)
            try ground.require(.server, in: .established, client: port)
            return (ends.client, ends.server)
        case .bothAsk:
            let server = try ground.bound(.server, to: ground.server)
            let client = try ground.bound(.client, to: ground.client(port))
            if scene.separatesRequests {
                ground.wire.decide { segment, side in
                    side == .server && segment.flags == .syn ? .isLost : .passes
                }
            }
            ground.wire.note("connect()", at: .client)
            ground.wire.note("connect()", at: .server)
            let codes = [
                client.connect(to: ground.server), server.connect(to: ground.client(port)),
            ]
            for code in codes where code != TCPSocket.inProgress {
                throw KernelError("connect", "both ends", code: -code)
            }
            return (client, server)
        case .tooLate:
            _ = try ground.bound(.server, to: ground.server)
            ground.wire.note("bind(), and no connect() yet", at: .server)
            ground.wire.note("connect()", at: .client)
            return (try ground.connect(from: port), nil)
        }
    }

    /// How it was opened, by all that went over the wire.
    private static func opening(_ record: WireRecord) -> [String: Double] {
        let sides: [PrivateNetwork.Side] = [.client, .server]
        let way: [TCPState?] = [.synSent, .synReceived, .established]
        func isOpen(_ side: PrivateNetwork.Side) -> Bool {
            record.states(of: side, client: port).last == .some(.established)
        }
        // A look follows what it is the look of.
        let opened =
            sides.compactMap { record.time(of: .established, at: $0, client: port) }
            .max() ?? 0
        return [
            "opened_ends": Double(sides.count(where: isOpen)),
            "segments_to_open": Double(
                record.passages.count { $0.arrived ?? .max <= opened }),
            "more_acks": Double(record.passages.count(where: \.segment.isBareAck)),
            "syn_segments": Double(record.passages.count { $0.segment.flags.contains(.syn) }),
            "client_states": Double(record.follows(way, at: .client, client: port)),
            "server_states": Double(record.follows(way, at: .server, client: port)),
        ]
    }

    /// Sends a few bytes each way; how many were read.
    private static func talk(
        _ client: TCPSocket, _ server: TCPSocket, _ ground: WireGround
    ) throws(KernelError) -> Int {
        ground.wire.note("sends", at: .client)
        _ = ground.send(texts.client, by: client)
        ground.wire.note("sends", at: .server)
        _ = ground.send(texts.server, by: server)
        return try ground.read(server, atMost: texts.client.utf8.count).bytes.count
            + ground.read(client, atMost: texts.server.utf8.count).bytes.count
    }

    private static func haveCrossed(_ record: WireRecord, _ scene: Case) -> Bool {
        let requests = record.passages.filter { $0.segment.flags == .syn }
        guard requests.count == 2, let first = requests[0].arrived else {
            return scene.separatesRequests
        }
        return requests[1].sent < first && !record.hasRepeatedInVain
    }
}
