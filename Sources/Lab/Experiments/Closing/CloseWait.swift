import Catalogue
import Kernel
import Model
import Testbed

/// close-wait: a program that does not close its sockets, and all the settings that are said to help.
enum CloseWait {
    /// An arm and what its programs do.
    struct Case: ExperimentCase {
        var arm: Arm
        /// True where the peer closes and is gone; otherwise it only says that it sends no more, and stays.
        var peerGoes = false
        /// True where the server's program asks the kernel to look after its sockets (SO_KEEPALIVE).
        var keepsAlive = false
        /// True where the server's program closes when its peer has.
        var closes = false
        /// Seconds for which they are watched, unless they end before.
        var watched = CloseWait.watched
    }

    static let cases = [
        Case(arm: Arm("as it is", .baseline)),
        Case(arm: Arm("fin_timeout 1", .remedy, ["net.ipv4.tcp_fin_timeout": "1"])),
        Case(
            arm: Arm(
                "tw_reuse 1", .remedy,
                ["net.ipv4.tcp_tw_reuse": "1", "net.ipv4.tcp_max_tw_buckets": "0"])),
        Case(
            arm: Arm(
                "retries 1", .remedy,
                ["net.ipv4.tcp_retries2": "1", "net.ipv4.tcp_orphan_retries": "1"])),
        Case(arm: Arm("keepalive", .variant, keepalive), keepsAlive: true),
        Case(
            arm: Arm("peer gone", .variant, keepaliveAndOrphans),
            peerGoes: true, keepsAlive: true, watched: patience),
        Case(arm: Arm("closed", .variant), closes: true, watched: patience),
    ]

    private static let keepalive: KeyValuePairs = [
        "net.ipv4.tcp_keepalive_time": "1", "net.ipv4.tcp_keepalive_intvl": "1",
        "net.ipv4.tcp_keepalive_probes": "1",
    ]
    /// The peer's kernel remembers a socket that was closed for tcp_fin_timeout, and answers for so long.
    private static let keepaliveAndOrphans: KeyValuePairs = [
        "net.ipv4.tcp_keepalive_time": "1", "net.ipv4.tcp_keepalive_intvl": "1",
        "net.ipv4.tcp_keepalive_probes": "1", "net.ipv4.tcp_fin_timeout": "1",
    ]

    private static let connections = 20
    /// Five times the longest of the times that are set.
    private static let watched = 5.0
    /// For what is to end, however loaded the machine is.
    private static let patience = 15.0

    static let experiment = make(cases)

    static func make(_ cases: [Case]) -> Experiment {
        Experiment(
            .closeWait,
            question: "CLOSE_WAIT keeps growing: which setting ends it?",
            claim:
                "None: CLOSE_WAIT has no timer and lasts until the program closes; keepalive ends it only if the peer is gone, and only for sockets that ask for it",
            source: [
                "net/ipv4/tcp_input.c:tcp_fin", "net/ipv4/tcp.c:tcp_close_state",
                "net/ipv4/tcp_timer.c:tcp_keepalive_timer",
            ],
            arms: cases.map(\.arm), measures: measures, claims: claims,
            scaling:
                "The experiment watches for \(Int(watched)) s, not for days: five times as long as any time that is set. That no timer runs stands in for the days.",
            purpose: purpose, descriptors: 128,
            trial: Experiment.trial(of: cases, run))
    }

    private static let measures = [
        Measure("close_wait", "in CLOSE_WAIT at the end", .count, better: .down),
        Measure("close_wait_before", "in CLOSE_WAIT at first", .count),
        Measure("timers", "with a timer running", .count),
        Measure("probes", "keepalive probes sent", .count),
    ]

    private static let purpose = Purpose(
        "end CLOSE_WAIT",
        [
            .init("close_wait", 0...0, "no socket is in CLOSE_WAIT any more") {
                $0 == 0
                    ? "no socket is in CLOSE_WAIT after \(Int(watched)) s"
                    : "\($0.counted) of \(connections) are still in CLOSE_WAIT after \(Int(watched)) s"
            }
        ]
    ) { _ in
        // Whatever it is: no timer runs.
        [.init("all \(connections) stay in CLOSE_WAIT", "close_wait", 20...20)]
    }

    private static let claims: [Claim] = {
        let stay: KeyValuePairs = [
            "as it is": "nothing changed",
            "fin_timeout 1": "tcp_fin_timeout = 1",
            "tw_reuse 1": "tcp_tw_reuse = 1 and tcp_max_tw_buckets = 0",
            "retries 1": "tcp_retries2 = 1 and tcp_orphan_retries = 1",
            "keepalive": "keepalive every second and a peer that is still there",
        ]
        return stay.map { arm, text in
            Claim(
                "with \(text), all \(connections) stay in CLOSE_WAIT",
                .within(arm: arm, measure: "close_wait", 20...20))
        } + [
            Claim(
                "no timer runs for a socket in CLOSE_WAIT",
                .within(arm: "as it is", measure: "timers", 0...0), isScaling: true),
            Claim(
                "keepalive probes the peer",
                .more(arm: "keepalive", than: "as it is", measure: "probes")),
            Claim(
                "if the peer is gone, keepalive ends CLOSE_WAIT",
                .within(arm: "peer gone", measure: "close_wait", 0...0)),
            Claim(
                "if the program closes, CLOSE_WAIT ends",
                .within(arm: "closed", measure: "close_wait", 0...0)),
        ]
    }()

    private static func run(_ scene: Case, _ stop: StopSign) throws(KernelError) -> Trial {
        let ground = try TrialGround.make(scene.arm)
        let listener = try ground.listen(backlog: 64)
        defer { listener.close() }
        // What is accepted inherits it.
        if scene.keepsAlive { _ = listener.keepAlive() }
        var pairs = try ConnectedPairs.make(
            connections, from: try ground.open(.client, count: connections), to: listener,
            at: ground.server, stop)
        defer { pairs.close() }
        let ports = pairs.clients.compactMap { $0.localPort() }

        if scene.peerGoes {
            pairs.closeClients()
        } else {
            for client in pairs.clients { _ = client.shutdownSending() }
        }
        var first = Look()
        let isAllClosed = try TrialGround.wait(seconds: patience, stop) {
            () throws(KernelError) in
            first = try look(ground, ports)
            return first.closeWait == connections
        }
        if scene.closes { pairs.closeServers() }
        var series: [Double] = []
        var last = first
        _ = try TrialGround.wait(seconds: scene.watched, every: 250, stop) {
            () throws(KernelError) in
            last = try look(ground, ports)
            series.append(Double(last.closeWait))
            return last.closeWait == 0
        }
        let counters = try ground.counters(.server)
        return Trial(
            values: [
                "close_wait": Double(last.closeWait),
                "close_wait_before": Double(first.closeWait), "timers": Double(last.timers),
                "probes": Double(counters["TcpExt", "TCPKeepAlive"] ?? 0),
            ],
            series: ["server_CLOSE_WAIT": series], seriesStep: 0.25,
            void: isAllClosed ? nil : "the peers' FINs did not arrive")
    }

    private struct Look: Sendable {
        var closeWait = 0
        var timers = 0
    }

    /// At the server's ends of the connections.
    private static func look(
        _ ground: TrialGround, _ ports: [UInt16]
    ) throws(KernelError) -> Look {
        try ground.network.run(in: .server) { () throws(KernelError) in
            let lookup = try SocketLookup.open()
            var look = Look()
            for port in ports {
                let peer = ground.client(port)
                guard let row = try lookup.row(from: ground.server, to: peer),
                    row.state == .closeWait
                else { continue }
                look.closeWait += 1
                if row.timer != 0 { look.timers += 1 }
            }
            return look
        }
    }
}
