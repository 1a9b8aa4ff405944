import Catalogue
import Kernel
import Model
import Statistics
import Testbed

/// conntrack-full: a gateway whose table of tracked connections is full, and the timers of its entries.
enum ConntrackFull {
    /// An arm and what its gateway does.
    struct Case: ExperimentCase {
        var arm: Arm
        /// How much of the table is taken by others before the clients come, from 0 to 1.
        var fill = 0.0
        /// True where what passes is exempt from tracking (`notrack`).
        var isExempt = false
    }

    private static let shorter =
        "shorter timers"

    static let cases = [
        Case(arm: Arm("table full", .baseline), fill: 1),
        Case(arm: Arm("full, notrack", .variant), fill: 1, isExempt: true),
        Case(
            arm: Arm(
                shorter, .variant,
                [
                    "net.netfilter.nf_conntrack_tcp_timeout_time_wait": "10",
                    "net.netfilter.nf_conntrack_tcp_timeout_fin_wait": "30",
                    "net.netfilter.nf_conntrack_tcp_timeout_close_wait": "20",
                    "net.netfilter.nf_conntrack_tcp_timeout_established": "86400",
                ])),
        Case(arm: Arm("fin_timeout 5", .variant, ["net.ipv4.tcp_fin_timeout": "5"])),
        // No remedy: no setting of a namespace makes room, so there is none to be tried in its place.
        Case(arm: Arm("room", .variant)),
    ]

    private static let clients = 10
    /// A table of more takes too much memory to be filled: an entry has about 320 bytes.
    private static let mostEntries = 1 << 20

    static let experiment = make(cases)

    static func make(_ cases: [Case]) -> Experiment {
        var experiment = Experiment(
            .conntrackFull,
            question:
                "\"nf_conntrack: table full, dropping packet\": what happens to connections, and do TCP settings empty the table?",
            claim:
                "A full table drops the SYNs of new connections, so that clients time out, and passes the connections that it has; its entries have their own timers, 120 s after the close, which tcp_fin_timeout does not change, and which do not change the 60 s of TIME_WAIT",
            source: [
                "net/netfilter/nf_conntrack_core.c:__nf_conntrack_alloc",
                "net/netfilter/nf_conntrack_core.c:early_drop",
                "net/netfilter/nf_conntrack_core.c:nf_conntrack_in",
                "net/netfilter/nf_conntrack_proto_tcp.c:nf_conntrack_tcp_packet",
                "net/ipv4/tcp_minisocks.c:tcp_time_wait",
            ],
            arms: cases.map(\.arm), measures: measures, claims: claims,
            scaling:
                "Only a client's patience is scaled: the experiment fills the table up to this host's own nf_conntrack_max, with entries that belong to no connection. A client gives up after 3 s here (tcp_syn_retries = 1), after 2 minutes by default. The kernel writes \"table full\" to its log, with the number of the private namespace.",
            // As few as can prove it: a table of a quarter of a million entries takes a second to fill.
            runs: Comparison.fewestRuns,
            trial: Experiment.trial(of: cases, run))
        experiment.changesOverIPv6 = {
            $0.notes.append(
                "the entries that fill the table are IPv4, and the clients that it refuses use IPv6: both share one table"
            )
        }
        return experiment
    }

    private static let measures = [
        Measure("connected", "new clients that got through", .count, better: .up),
        Measure("timed_out", "new clients that gave up (ETIMEDOUT)", .count, better: .down),
        Measure("drops", "packets dropped", .count, better: .down),
        Measure("old_answers", "old connections still alive", .count, better: .up),
        Measure("tracked", "entries before", .count),
        Measure("entry_established_seconds", "entry, open", .seconds),
        Measure("entry_half_closed_seconds", "entry, half closed", .seconds),
        Measure("entry_time_wait_seconds", "entry, closed", .seconds),
        Measure("tcp_time_wait_seconds", "TIME_WAIT, closed", .seconds),
    ]

    private static let claims: [Claim] = {
        let (full, room, exempt) = ("table full", "room", "full, notrack")
        let orphan = "fin_timeout 5"
        return [
            Claim(
                "a full table lets none of \(clients) new clients through",
                .within(arm: full, measure: "connected", 0...0)),
            Claim(
                "with a full table, new clients time out",
                .within(arm: full, measure: "timed_out", 10...10)),
            Claim(
                "the drop counter counts what a full table refuses",
                .more(arm: full, than: room, measure: "drops")),
            Claim(
                "a connection that is in a full table continues",
                .within(arm: full, measure: "old_answers", 1...1)),
            Claim(
                "a table with room lets all \(clients) through",
                .within(arm: room, measure: "connected", 10...10)),
            Claim(
                "an untracked connection gets past a full table",
                .within(arm: exempt, measure: "connected", 10...10)),
            Claim(
                "an entry stays 120 s after the close",
                .within(arm: room, measure: "entry_time_wait_seconds", 100...120)),
            Claim(
                "TIME_WAIT stays 60 s",
                .within(arm: room, measure: "tcp_time_wait_seconds", 45...60)),
            Claim(
                "with tcp_fin_timeout = 5, an entry also stays 120 s after the close",
                .within(arm: orphan, measure: "entry_time_wait_seconds", 100...120)),
            Claim(
                "with nf_conntrack_tcp_timeout_time_wait = 10, an entry stays 10 s after the close",
                .within(arm: shorter, measure: "entry_time_wait_seconds", 1...10)),
            Claim(
                "with nf_conntrack_tcp_timeout_time_wait = 10, TIME_WAIT stays 60 s",
                .within(arm: shorter, measure: "tcp_time_wait_seconds", 45...60)),
            Claim(
                "an entry of an open connection stays five days after its last packet",
                .within(arm: room, measure: "entry_established_seconds", 431_900...432_000)),
            Claim(
                "with nf_conntrack_tcp_timeout_established = 86400, it stays a day",
                .within(arm: shorter, measure: "entry_established_seconds", 86_300...86_400)),
            Claim(
                "after the first FIN and its ACK, an entry stays 60 s",
                .within(arm: room, measure: "entry_half_closed_seconds", 45...60)),
            Claim(
                "after the first FIN, nf_conntrack_tcp_timeout_close_wait = 20 applies, not nf_conntrack_tcp_timeout_fin_wait = 30",
                .within(arm: shorter, measure: "entry_half_closed_seconds", 1...20)),
        ]
    }()

    private static func run(_ scene: Case, _ stop: StopSign) throws(KernelError) -> Trial {
        let gateway = try Gateway.make(
            scene, limit: scene.fill > 0 ? try limit(ConntrackTable.limit()) : 0)
        let listener = try gateway.network.run(in: .server) { () throws(KernelError) in
            try TrialGround.listen(backlog: 64, scene.arm.family)
        }
        let sockets = try gateway.network.run(in: .client) { () throws(KernelError) in
            try TrialGround.open(clients + 1, scene.arm.family)
        }
        let server = TrialGround.server(scene.arm.family)
        var kept = try ConnectedPairs.make(
            1, from: [sockets[0]], to: listener, at: server, stop)
        defer {
            kept.close()
            for socket in sockets.dropFirst() { socket.reset() }
            listener.close()
        }
        let tracked = try gateway.fill(stop)
        var attempts = Attempts(Array(sockets.dropFirst()), to: server)
        attempts.beginAll()
        let isDecided = try TrialGround.wait(seconds: 20, stop) {
            attempts.look()
            return attempts.waiting == 0
        }
        var values = try gateway.lives(of: &kept, stop)
        values["connected"] = Double(attempts.connected)
        let timedOut = attempts.failed(TCPSocket.timedOut)
        values["timed_out"] = Double(timedOut)
        values["tracked"] = Double(tracked)
        let drops = try gateway.drops()
        values["drops"] = Double(drops)
        return Trial(
            values: values,
            void: isDecided && (timedOut == 0 || drops > 0)
                ? nil : "the machine was too slow for handshakes")
    }

    /// How many entries there may be, where the table can be filled.
    static func limit(_ limit: Int?) throws(KernelError) -> Int {
        guard let limit else {
            throw .absent(
                "read", "net.netfilter.nf_conntrack_max",
                detail: "this kernel does not track connections")
        }
        guard (1...mostEntries).contains(limit) else {
            throw .absent(
                "fill", "the table of tracked connections",
                detail: limit == 0
                    ? "nf_conntrack_max is 0, which means no limit"
                    : "nf_conntrack_max is \(limit); more than \(mostEntries) entries would use too much memory"
            )
        }
        return limit
    }
}
