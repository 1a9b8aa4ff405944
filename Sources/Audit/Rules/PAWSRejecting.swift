import Model
import Text

/// The kernel refuses segments with a timestamp older than one seen before: usually NAT in front is
/// the cause.
///
/// PAWS (RFC 7323 §5) refuses a segment whose timestamp is older than the last one of its
/// connection. Behind NAT, clients with different clocks share an address, and a port that one
/// client's connection used a moment ago goes to another client. If the old connection is still in
/// TIME_WAIT on this host, the new client's SYN has an older timestamp: it gets an ACK and no
/// SYN-ACK, TIME_WAIT starts again at 60 s, and the client waits (`PAWSTimewait`, measured;
/// `net/ipv4/tcp_minisocks.c:tcp_timewait_state_process`). `PAWSEstab` counts the same on live
/// connections, `TSEcrRejected` the last ACK of a handshake that echoes an impossible timestamp. A
/// kernel without `PAWSTimewait` (before about 6.16) counts both kinds in `PAWSEstab`; there, SYNs
/// over TIME_WAIT are likely if a listener has TIME_WAIT sockets.
///
/// Confirm: `nstat -az 'TcpExtPAWS*' TcpExtTSEcrRejected`; look for the peers with most TIME_WAIT
/// sockets at the listener. A few on live connections are normal (reordered packets): those are a
/// warning from 1 per second on. Counts since boot are a notice from 100 on. Silent about a counter
/// that the kernel does not report.
struct PAWSRejecting: Rule {
    static let id = RuleID.pawsRejecting
    static let severities: [Severity] = [.critical, .warning, .notice]
    static let needs = RuleNeeds([.counter("TcpExt", "PAWSEstab")], helped: [.interval])

    /// On live connections fewer than one per second are reordered packets.
    static let livePerSecond = 1.0
    /// Since boot so many are more than chance.
    static let leastSinceBoot: Int64 = 100

    private static let counters = [
        (name: "PAWSTimewait", text: "SYNs over TIME_WAIT"),
        (name: "TSEcrRejected", text: "last ACKs of handshakes"),
        (name: "PAWSEstab", text: "segments of live connections"),
    ]

    /// What PAWSEstab counts if the kernel has no separate PAWSTimewait (measured on 5.10, 6.1 and 6.12).
    private static let undivided = "segments of live connections or SYNs over TIME_WAIT"

    func findings(in situation: Situation) -> [Finding] {
        let readings = Self.counters.compactMap { counter in
            situation.reading("TcpExt", counter.name).map { (counter.name, counter.text, $0) }
        }.map { name, text, reading in
            name == "PAWSEstab" && situation.counter("TcpExt", "PAWSTimewait") == nil
                ? (name, Self.undivided, reading) : (name, text, reading)
        }
        let shown = readings.filter { isTelling($0.0, $0.2) }
        guard !shown.isEmpty else { return [] }
        let isInterval = shown.contains { $0.2.grows }
        var evidence: [String: Evidence] = [:]
        for (name, _, reading) in readings {
            evidence[name] = .count(Int(clamping: reading.total))
            evidence["\(name)_per_second"] = reading.perSecond.map { .number($0) }
        }
        let busiest = situation.now.listeners.filter { $0.states[.timeWait] > 0 }
            .max { $0.states[.timeWait] < $1.states[.timeWait] }
        let recycle = situation.number("net.ipv4.tcp_tw_recycle").map { $0 != 0 } ?? false
        return [
            Finding(
                rule: id, severity: isInterval ? (recycle ? .critical : .warning) : .notice,
                subject: busiest.map { $0.address.with(port: $0.port) } ?? "segments received",
                owner: busiest?.owner,
                observed: "refused because of an old timestamp: "
                    + shown.map { "\($0.1) \($0.2.growthText ?? situation.sinceStart($0.2.total))" }
                    .joined(separator: " · ") + peers(of: busiest),
                evidence: evidence,
                cause: recycle
                    ? "tcp_tw_recycle remembers one timestamp for each address, and NAT shares an "
                        + "address between clients"
                    : "clients with different clocks share one address, and their NAT reuses a "
                        + "port within the minute that TIME_WAIT lasts on this host",
                remedies: remedies(recycle: recycle, in: situation),
                proof:
                    "net/ipv4/tcp_minisocks.c:tcp_timewait_state_process, "
                    + "net/ipv4/tcp_input.c:tcp_validate_incoming; measured: a SYN with an older "
                    + "timestamp over TIME_WAIT gets an ACK, and TIME_WAIT lasts 60 s more"
            )
        ]
    }

    private func isTelling(_ name: String, _ reading: CounterReading) -> Bool {
        guard let perSecond = reading.perSecond else { return reading.total >= Self.leastSinceBoot }
        return name == "PAWSEstab" ? perSecond >= Self.livePerSecond : reading.grows
    }

    private func peers(of listener: Listener?) -> String {
        guard let peer = listener?.topPeers.first, peer.count > 0 else { return "" }
        return "; most sockets here are with \(peer.address) (\(peer.count.grouped))"
    }

    private func remedies(recycle: Bool, in situation: Situation) -> [Remedy] {
        var remedies: [Remedy] = []
        remedies += [
            Remedy(
                .application,
                "make the clients close first: keep connections open longer on this host than the "
                    + "clients do",
                effect: "TIME_WAIT is then at the client, and no SYN meets one on this host",
                risk: "idle connections stay open longer, and each takes a descriptor",
                undo: "set the old idle timeout again",
                snippets: [
                    Snippet(
                        "nginx", programs: ["nginx"],
                        code: "keepalive_timeout 75s;\nkeepalive_requests 10000;"),
                    Snippet(
                        "Node.js", programs: ["node"], code: "server.keepAliveTimeout = 75_000"),
                ]),
            Remedy(
                .application,
                "give the NAT in front more addresses, or make it keep a closed port for 60 s or "
                    + "more",
                effect: "a port is reused only after TIME_WAIT on this host has ended",
                risk: "the NAT needs more ports for the same load",
                undo: "set the old NAT value again"),
        ]
        if recycle {
            remedies.append(
                .writing(
                    "net.ipv4.tcp_tw_recycle", "0", in: situation, text: "turn tcp_tw_recycle off",
                    effect: "clients behind NAT can connect again at once",
                    risk: "none: Linux 4.12 removed the setting for this reason"))
        }
        if situation.number("net.ipv4.tcp_timestamps") != 0 {
            remedies.append(
                .writing(
                    "net.ipv4.tcp_timestamps", "0", in: situation, kind: .lastResort,
                    text: "turn timestamps off on this host",
                    effect: "the kernel refuses no segment because of its timestamp",
                    risk:
                        "no protection against old segments on fast links; tcp_tw_reuse stops "
                        + "working; round-trip times become less accurate; SYNs over TIME_WAIT are "
                        + "then judged by sequence number alone"))
        }
        return remedies
    }
}
