import Catalogue
import Kernel
import Model
import Testbed

/// simultaneous-close: one FIN crosses the other, and who then holds which port.
enum SimultaneousClose {
    /// An arm, and who closes.
    struct Case: ExperimentCase {
        var arm: Arm
        var first: First
    }

    enum First: Sendable { case client, server, both }

    static let both = "both close at once"
    static let reused = "both, tcp_tw_reuse = 1"
    static let client = "client first"
    static let server = "server first"

    static let cases = [
        Case(arm: Arm(both, .baseline, settings: [onePort, .reuse(0)]), first: .both),
        Case(arm: Arm(reused, .remedy, settings: [onePort, .reuse(1)]), first: .both),
        Case(arm: Arm(client, .variant, settings: [onePort, .reuse(0)]), first: .client),
        Case(arm: Arm(server, .variant, settings: [onePort, .reuse(0)]), first: .server),
    ]

    private static let port: UInt16 = 40_000
    /// The kernel chooses it each time: a program that binds it itself is given it in TIME_WAIT where timestamps tell old from
    /// new, whatever tcp_tw_reuse says (`net/ipv4/tcp_ipv4.c:tcp_twsk_unique`).
    private static let onePort = LoadPlan.Assignment.setting(
        "net.ipv4.ip_local_port_range", "\(port) \(port)")

    static let experiment = make(cases)

    static func make(_ cases: [Case]) -> Experiment {
        Experiment(
            .simultaneousClose,
            question: "Both ends close at once: who waits, and whose port is in use?",
            claim:
                "Both: the FINs cross, each end goes FIN_WAIT1, CLOSING, TIME_WAIT, and both hold their port for 60 s; if one end closes first, only that end does",
            source: [
                "net/ipv4/tcp_input.c:tcp_fin", "net/ipv4/tcp_input.c:tcp_rcv_state_process",
                "net/ipv4/inet_connection_sock.c:inet_csk_bind_conflict",
                "net/ipv4/tcp_ipv4.c:tcp_twsk_unique", "RFC 9293 §3.6, figure 13",
            ],
            arms: cases.map(\.arm), measures: measures, claims: claims,
            scaling:
                "A segment takes 20 ms each way here, so both FINs are on the way at the same time. The client asks for its port again after \(Double(pause) / 1000) s: tcp_tw_reuse = 1 allows it after 1 s (tcp_tw_reuse_delay), the end of TIME_WAIT after 60 s.",
            isComparison: false, purpose: purpose,
            trial: Experiment.wireTrial(of: cases, run))
    }

    private static let measures = [
        Measure("segments_to_close", "segments from the first FIN on", .count),
        Measure("fins_crossed", "FINs that crossed another on the way", .count),
        Measure("client_CLOSING", "CLOSING, client", .count),
        Measure("server_CLOSING", "CLOSING, server", .count),
        Measure("client_TIME_WAIT", "TIME_WAIT, client", .count),
        Measure("server_TIME_WAIT", "TIME_WAIT, server", .count),
        Measure("server_port_held", "EADDRINUSE for the server's port", .count, better: .down),
        Measure("client_port_held", "EADDRNOTAVAIL for the client's port", .count, better: .down),
        Measure("opened_again", "connections opened again", .count, better: .up),
    ]

    /// Milliseconds until the client's port is asked for again; see ``PortReuse``.
    private static let pause: UInt32 = 1200

    private static let purpose = Purpose(
        "let the client connect again after both closed at once",
        [
            .init("opened_again", 1...1, "the client connects again") {
                $0 == 1 ? "the client connects again" : "the client cannot connect again"
            }
        ]
    ) { tried in
        tried.only("net.ipv4.tcp_tw_reuse").map { reuse in
            reuse == 1
                ? [.init("TIME_WAIT releases the port", "client_port_held", 0...0)]
                : [.init("TIME_WAIT holds the port", "client_port_held", 1...1)]
        } ?? []
    }

    private static let claims: [Claim] = {
        let crossed = [both, reused].flatMap { arm in
            [
                Claim.exactly("\(arm): the client goes through CLOSING", arm, "client_CLOSING", 1),
                Claim.exactly("\(arm): the server goes through CLOSING", arm, "server_CLOSING", 1),
                Claim.exactly("\(arm): TIME_WAIT at the client", arm, "client_TIME_WAIT", 1),
                Claim.exactly("\(arm): TIME_WAIT at the server", arm, "server_TIME_WAIT", 1),
            ]
        }
        return [
            Claim.exactly("both close at once: the FINs cross on the way", both, "fins_crossed", 2),
            Claim.exactly(
                "both close at once: four segments, two FINs and an ACK of each", both,
                "segments_to_close", 4),
        ] + crossed + [
            Claim.exactly(
                "both close at once: TIME_WAIT holds the client's port for this destination", both,
                "client_port_held", 1),
            Claim.exactly(
                "both close at once: a program without SO_REUSEADDR cannot bind the server's port",
                both, "server_port_held", 1),
            Claim.exactly(
                "with tcp_tw_reuse = 1, the client connects from the same port again", reused,
                "opened_again", 1),
            Claim.exactly("client first: TIME_WAIT at the client", client, "client_TIME_WAIT", 1),
            Claim.exactly(
                "client first: no TIME_WAIT at the server", client, "server_TIME_WAIT", 0),
            Claim.exactly("client first: TIME_WAIT holds its port", client, "client_port_held", 1),
            Claim.exactly("client first: the server's port is free", client, "server_port_held", 0),
            Claim.exactly("server first: TIME_WAIT at the server", server, "server_TIME_WAIT", 1),
            Claim.exactly(
                "server first: no TIME_WAIT at the client", server, "client_TIME_WAIT", 0),
            Claim.exactly("server first: TIME_WAIT holds its port", server, "server_port_held", 1),
            Claim.exactly(
                "server first: the client connects from the same port again", server,
                "opened_again", 1),
            Claim.exactly(
                "client first: neither end goes through CLOSING", client, "client_CLOSING", 0),
        ]
    }()

    static func run(_ scene: Case, _ ground: WireGround) throws(KernelError) -> Trial {
        let listener = try ground.listen()
        let one = try ground.open(.client)
        let begun = one.connect(to: ground.server)
        // Where no port may be chosen there is nothing to close.
        guard begun == TCPSocket.inProgress else {
            return Trial(void: "connect() failed: \(SocketErrno.name(0 - begun))")
        }
        guard let other = try ground.accept(at: listener) else {
            throw KernelError("open", "a connection", code: TCPSocket.timedOut)
        }
        guard let port = one.localPort() else { return Trial(void: "the socket has no port") }
        let ends = WireGround.Ends(client: one, server: other, port: port)
        try ground.require(.client, in: .established, client: port)
        try ground.require(.server, in: .established, client: port)
        try ground.settle()
        let before = ground.record.passages.count
        try close(ends, scene.first, ground)
        try ground.settle()
        let record = ground.record
        let closing = record.passages.dropFirst(before)
        let fins = closing.filter { $0.segment.flags.contains(.fin) }
        let crossed = fins.count { one in
            fins.contains {
                $0.from != one.from && $0.sent < one.arrived ?? 0 && one.sent < $0.arrived ?? 0
            }
        }
        var values = [
            "segments_to_close": Double(closing.count), "fins_crossed": Double(crossed),
        ]
        for side in PrivateNetwork.Side.allCases {
            let states = record.states(of: side, client: port)
            values["\(side)_CLOSING"] = states.contains(.closing) ? 1 : 0
            let row = try ground.row(side, client: port)
            values["\(side)_TIME_WAIT"] = row?.state == .timeWait ? 1 : 0
        }
        values.merge(try again(ground, listener)) { $1 }
        let areApart = scene.first == .both && crossed != 2
        return Trial(
            values: values,
            void: areApart || hasRepeated(closing)
                ? "the machine was too slow: one FIN arrived before the peer closed" : nil
        )
    }

    private static func close(
        _ ends: WireGround.Ends, _ first: First, _ ground: WireGround
    ) throws(KernelError) {
        func close(_ side: PrivateNetwork.Side) {
            ground.wire.note("close()", at: side)
            ground.close(side == .client ? ends.client : ends.server)
        }
        switch first {
        case .both:
            close(.client)
            close(.server)
        case .client, .server:
            let side: PrivateNetwork.Side = first == .client ? .client : .server
            let other: PrivateNetwork.Side = first == .client ? .server : .client
            close(side)
            _ = try ground.read(first == .client ? ends.server : ends.client)
            close(other)
        }
        // Without room for TIME_WAIT an end is gone at once.
        _ = try ground.sees { record in
            PrivateNetwork.Side.allCases.allSatisfy { side in
                [TCPState.timeWait, nil].contains(
                    record.states(of: side, client: ends.port).last ?? .established)
            }
        }
    }

    /// What becomes of whoever wants either port again.
    private static func again(
        _ ground: WireGround, _ listener: TCPSocket
    ) throws(KernelError) -> [String: Double] {
        ground.close(listener)
        let plain = try ground.open(.server)
        let bound = plain.bind(to: ground.server)
        ground.wire.note(
            bound == 0
                ? "bind() without SO_REUSEADDR gets the port"
                : "bind() without SO_REUSEADDR: EADDRINUSE",
            at: .server)
        ground.close(plain)
        let second = try ground.listen()
        _ = try TrialGround.wait(seconds: Double(pause) / 1000, ground.stop) { false }
        let client = try ground.open(.client)
        let code = client.connect(to: ground.server)
        let isHeld = code == -SocketErrno.noAddress
        ground.wire.note(
            isHeld
                ? "connect() again: EADDRNOTAVAIL"
                : "connect() again, from port \(client.localPort() ?? 0)",
            at: .client)
        let accepted = isHeld ? nil : try ground.accept(at: second)
        let isOpen = accepted != nil
        return [
            "server_port_held": bound == -SocketErrno.addressInUse ? 1 : 0,
            "client_port_held": isHeld ? 1 : 0, "opened_again": isOpen ? 1 : 0,
        ]
    }

    /// Whether a FIN was sent again, though none is lost here.
    private static func hasRepeated(_ passages: ArraySlice<WireRecord.Passage>) -> Bool {
        PrivateNetwork.Side.allCases.contains { side in
            passages.count { $0.from == side && $0.segment.flags.contains(.fin) } > 1
        }
    }
}
