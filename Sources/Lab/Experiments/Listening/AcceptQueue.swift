import Catalogue
import Kernel
import Model
import Testbed

/// accept-queue: what a full accept queue does to clients, and what makes it longer.
enum AcceptQueue {
    /// An arm and what its server does.
    struct Case: ExperimentCase {
        var arm: Arm
        /// The argument of listen().
        var backlog: Int32
        /// True where the server accepts each connection as it comes.
        var accepts = false
    }

    static let cases = [
        Case(
            arm: Arm("somaxconn 16", .baseline, ["net.core.somaxconn": "16"]),
            backlog: Int32(asked)),
        Case(
            arm: Arm("somaxconn 4096", .remedy, ["net.core.somaxconn": "4096"]),
            backlog: Int32(asked)),
        Case(arm: Arm("listen(8)", .variant), backlog: 8),
        Case(arm: Arm("accepting", .variant), backlog: 8, accepts: true),
        Case(
            arm: Arm(
                "abort", .variant,
                ["net.ipv4.tcp_abort_on_overflow": "1"]), backlog: 8),
    ]

    /// The argument of listen() that somaxconn limits.
    private static let asked = 64
    /// Clients, one after another.
    private static let clients = 40
    /// Clients whose handshake ends when the queue is full already.
    private static let lateClients = 4

    static let experiment = make(cases)

    static func make(_ cases: [Case]) -> Experiment {
        Experiment(
            .acceptQueue,
            question:
                "Clients hang or time out while the server is idle: is its accept queue full, and what makes the queue longer?",
            claim:
                "The queue takes one connection more than min(listen()'s argument, somaxconn); beyond that the kernel drops SYNs and clients time out, until the program accepts faster or asks for a longer queue",
            source: [
                "net/socket.c:__sys_listen", "include/net/sock.h:sk_acceptq_is_full",
                "net/ipv4/tcp_input.c:tcp_conn_request",
                "net/ipv4/tcp_ipv4.c:tcp_v4_syn_recv_sock",
                "net/ipv4/tcp_minisocks.c:tcp_check_req",
            ],
            arms: cases.map(\.arm), measures: measures, claims: claims,
            scaling:
                "Small queues and \(clients) clients stand in for thousands: a backlog of N gives N+1 places, checked at 8 and 16. A client gives up after 3 s here (tcp_syn_retries = 1), after 2 minutes by default.",
            purpose: purpose, descriptors: 192,
            trial: Experiment.trial(of: cases, run))
    }

    private static let measures = [
        Measure("connected", "clients that got in", .count, better: .up),
        Measure("timed_out", "clients that gave up (ETIMEDOUT)", .count, better: .down),
        Measure("held", "connections in the accept queue", .count),
        Measure("backlog", "backlog in effect", .count),
        Measure("overflows", "ListenOverflows", .count, better: .down),
        Measure("syn_retransmits", "SYNs that clients retransmitted", .count, better: .down),
        Measure(
            "reset", "late clients reset (ECONNRESET)", .count),
    ]

    private static let purpose = Purpose(
        "let all \(clients) clients in",
        [
            .init("connected", Double(clients)...Double(clients), "all \(clients) clients get in") {
                "\($0.counted) of \(clients) clients get in"
            }
        ]
    ) { tried in
        guard let limit = tried.only("net.core.somaxconn") else { return [] }
        let backlog = Double(min(limit, asked))
        let held = min(backlog + 1, Double(clients))
        return [
            .init(
                "listen(\(asked)) has a backlog of \(backlog.counted)", "backlog", backlog...backlog
            ),
            .init("\(held.counted) connections wait to be accepted", "held", held...held),
            .init("\(held.counted) of \(clients) clients get in", "connected", held...held),
        ]
    }

    private static let claims: [Claim] = {
        let (capped, long) = ("somaxconn 16", "somaxconn 4096")
        let (short, accepting) = ("listen(8)", "accepting")
        let abort = "abort"
        return [
            Claim(
                "with somaxconn = 16, listen(64) has a backlog of 16",
                .within(arm: capped, measure: "backlog", 16...16)),
            Claim(
                "with somaxconn = 16, 17 connections wait to be accepted",
                .within(arm: capped, measure: "held", 17...17)),
            Claim(
                "with somaxconn = 16, 17 of \(clients) clients get in",
                .within(arm: capped, measure: "connected", 17...17)),
            Claim(
                "with somaxconn = 16, 23 of 40 clients time out",
                .within(arm: capped, measure: "timed_out", 23...23)),
            Claim(
                "with somaxconn = 4096, listen(64) lets all \(clients) clients in",
                .within(arm: long, measure: "connected", 40...40)),
            Claim(
                "ListenOverflows counts the connections that a full queue refused",
                .more(arm: capped, than: long, measure: "overflows")),
            Claim(
                "listen(8) takes 9 connections, whatever somaxconn allows",
                .within(arm: short, measure: "held", 9...9)),
            Claim(
                "listen(8) lets all \(clients) clients in if the program accepts them as they come",
                .within(arm: accepting, measure: "connected", 40...40)),
            Claim(
                "the kernel does not reset a handshake that ends at a full queue",
                .within(arm: short, measure: "reset", 0...0)),
            Claim(
                "with tcp_abort_on_overflow = 1, the kernel resets it",
                .within(arm: abort, measure: "reset", 4...4)),
            Claim(
                "a backlog of 16 takes 17/9 of what a backlog of 8 takes",
                .ratio(arm: capped, to: short, measure: "held", 1.88...1.9), isScaling: true),
        ]
    }()

    private static func run(_ scene: Case, _ stop: StopSign) throws(KernelError) -> Trial {
        let ground = try TrialGround.make(scene.arm, isHasty: true)
        let listener = try ground.listen(backlog: scene.backlog)
        let late = try ground.open(.client, count: lateClients)
        let clients = try ground.open(.client, count: clients)
        defer {
            for socket in late + clients { socket.reset() }
            listener.close()
        }
        return try ground.network.run(in: .server) { () throws(KernelError) in
            try run(scene, ground, listener, late, clients, stop)
        }
    }

    /// In the server's namespace, where its queue and counters are seen.
    private static func run(
        _ scene: Case, _ ground: TrialGround, _ listener: TCPSocket, _ late: [TCPSocket],
        _ clients: [TCPSocket], _ stop: StopSign
    ) throws(KernelError) -> Trial {
        var late = Attempts(late, to: ground.server)
        var clients = Attempts(clients, to: ground.server)
        // Their requests wait among the half-open ones until they hear the answer.
        try late.dropIncoming()
        late.beginAll()
        let sampler = try NamespaceSampler.open()
        // A backlog below their number holds fewer: nothing else is measured then.
        guard
            try TrialGround.wait(
                seconds: 10, stop,
                until: { () throws(KernelError) in
                    try sampler.census().states[.synReceived] == lateClients
                })
        else {
            return Trial(
                values: [:], void: "the listener did not keep \(lateClients) handshakes half open")
        }
        var accepted = Accepted(from: listener)
        defer { accepted.close() }
        var isFull = false
        var isSlow = false
        for _ in 0..<clients.count {
            clients.begin()
            // One after another, for none to be between the queues when the second is full.
            guard !isFull, !isSlow else { continue }
            isSlow =
                !(try TrialGround.wait(seconds: 10, every: 1, stop) { () throws(KernelError) in
                    clients.look()
                    if scene.accepts { accepted.take() }
                    guard clients.hasLastConnected else {
                        isFull = overflows() > 0
                        return isFull
                    }
                    return try !scene.accepts
                        ? Self.queue(at: ground.server).map { $0.length == clients.connected }
                            ?? true
                        : accepted.count == clients.connected
                })
        }
        let queue = try Self.queue(at: ground.server)
        try late.acceptIncoming()
        let isDecided = try TrialGround.wait(seconds: 40, stop) {
            clients.look()
            late.look()
            if scene.accepts { accepted.take() }
            return clients.waiting == 0 && late.waiting == 0
        }
        let ofClient = try ground.counters(.client)
        return Trial(
            values: [
                "connected": Double(clients.connected),
                "timed_out": Double(clients.failed(TCPSocket.timedOut)),
                "held": Double(queue?.length ?? 0), "backlog": Double(queue?.backlog ?? 0),
                "overflows": Double(overflows()),
                "syn_retransmits": Double(ofClient["TcpExt", "TCPSynRetrans"] ?? 0),
                "reset": Double(late.reset()),
            ],
            void: isSlow || queue == nil || !isDecided
                ? "the machine was too slow for handshakes" : nil)
    }

    private static func overflows() -> Int64 {
        TrialGround.counters()["TcpExt", "ListenOverflows"] ?? 0
    }

    /// Nil where nobody listens.
    private static func queue(at server: SocketAddress) throws(KernelError) -> (
        length: Int, backlog: Int
    )? {
        try SocketLookup.open().listener(at: server).map {
            (Int($0.receiveQueue), Int($0.sendQueue))
        }
    }

    /// Connections that the server has accepted.
    private struct Accepted {
        private let listener: TCPSocket
        private var sockets: [TCPSocket] = []

        init(from listener: TCPSocket) { self.listener = listener }

        var count: Int { sockets.count }

        mutating func take() {
            while true {
                let descriptor = listener.accept()
                guard descriptor >= 0 else { return }
                sockets.append(TCPSocket(descriptor: descriptor))
            }
        }

        func close() {
            for socket in sockets { socket.close() }
        }
    }
}
