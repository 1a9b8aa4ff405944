import Model
import Text

/// Many connections end by a reset instead of a close.
///
/// `EstabResets` counts connections that went from ESTABLISHED or CLOSE_WAIT straight to CLOSE: by
/// a RST from the peer, by a RST of this host, or because the kernel gave up; on loopback both ends
/// count (`net/ipv4/tcp.c:tcp_set_state`). A reset discards data in transit in both directions.
/// Some programs do it on purpose (SO_LINGER 0, health checks). Otherwise the `TCPAbort…` counters
/// show the part of this host: `OnClose`, close() with unread data; `OnData`, SO_LINGER 0 or data
/// after close(); `OnTimeout`, the peer fell silent; `OnMemory`, too many orphans or no memory. The
/// rest came from peers: crashed programs, or idle timeouts of load balancers and NAT that are
/// shorter than those of the programs.
///
/// Confirm: `nstat -az TcpEstabResets 'TcpExtTCPAbort*' TcpOutRsts`;
/// `tcpdump 'tcp[tcpflags] & tcp-rst != 0'`. The rule compares resets with the connections opened
/// and accepted in the same time; if more ended than were opened, those open at the first look
/// count too: a pool that loses all its connections. Silent below a tenth of them, and for a
/// handful; without an interval silent below a thousand, and then a notice at most. A notice also
/// if the resets look intended: if each connection brought no more segments than SYN, ACK and RST,
/// so that they carried no data (load balancer checks, scans), or if nine in ten are this host's
/// own SO_LINGER 0. Silent below a quarter if as many connections carried no data as were reset: a
/// load balancer checks the service beside the traffic.
///
/// A refused connect() ends by a reset too, before a connection exists: nothing listens on the
/// port. `AttemptFails` counts it, and also counts connects that an ICMP message ends (no route,
/// filtered) and clients' own resets during the handshake, which `EmbryonicRsts` counts as well.
/// The rule reports it if more than six in ten connects fail at once, or if ten connects were made
/// and nine in ten fail; half of them fail if each connect tries IPv6 first and the service has
/// only IPv4.
struct ResetsHigh: Rule {
    static let id = RuleID.resetsHigh
    static let needs = RuleNeeds([.counter("Tcp", "EstabResets")], helped: [.interval])

    /// One in ten: health checks that close by RST stay below that on a host that serves anybody.
    static let noticeRatio = 0.10
    /// One in four: whatever the reason, closing by RST is how this host works.
    static let warningRatio = 0.25
    /// A handful in an interval makes no share.
    static let leastResets: Int64 = 20
    /// Since boot even a quiet host collects some, by scans and health checks.
    static let leastResetsSinceBoot: Int64 = 1000

    private static let aborts = [
        (name: "TCPAbortOnClose", text: "closed with unread data"),
        (name: "TCPAbortOnData", text: "SO_LINGER 0 or data after close"),
        (name: "TCPAbortOnTimeout", text: "peer fell silent"),
        (name: "TCPAbortOnMemory", text: "no memory or too many orphans"),
    ]

    /// Segments that arrive for a connection without data, and half of one for what others send.
    ///
    /// Three if it is accepted (SYN, ACK, RST), one if it is opened; with a request and its answer at least one more.
    private static let emptySegments = (accepted: 3.5, opened: 1.5)
    /// Share of the resets that this host counts as SO_LINGER 0, from which that is how it ends connections.
    private static let lingerRatio = 0.9
    /// So few connects are reported if nine in ten or more fail.
    private static let leastOfAll: Int64 = 10
    private static let allRatio = 0.9

    /// More than half, see above; and one in ten more for what else fails.
    static let refusedRatio = 0.6

    func findings(in situation: Situation) -> [Finding] {
        ended(in: situation) + refused(in: situation)
    }

    /// Connects that failed at once: those that failed, less half-open ones that clients reset, less those whose SYN was
    /// sent again.
    private func refused(in situation: Situation) -> [Finding] {
        guard let failed = situation.reading("Tcp", "AttemptFails"),
            let active = situation.reading("Tcp", "ActiveOpens"),
            let embryonic = situation.reading("TcpExt", "EmbryonicRsts"),
            let resent = situation.reading("TcpExt", "TCPSynRetrans")
        else { return [] }
        let all = [failed, active, embryonic, resent]
        let isInterval = all.allSatisfy { $0.growth != nil }
        let values = all.map { Double(max(0, isInterval ? $0.growth ?? 0 : $0.total)) }
        let count = values[0] - values[2] - values[3]
        let isAll = isInterval && count >= Self.allRatio * values[1]
        let least =
            isAll
            ? Self.leastOfAll : isInterval ? Self.leastResets : Self.leastResetsSinceBoot
        guard count >= Double(least), count > Self.refusedRatio * values[1], values[1] > 0
        else { return [] }
        let ratio = min(1, count / values[1])
        let span = isInterval ? "in \((situation.interval ?? 0).duration)" : situation.epoch
        let filter = OwnFilter(in: situation)
        let isOwn = filter.unsent.map { $0 >= count / 2 } ?? false
        return [
            Finding(
                rule: id, severity: isInterval ? .warning : .notice,
                subject: "outgoing connections",
                observed:
                    "\(count.figure) of \(values[1].figure) connects failed at once "
                    + "(\(ratio.percent)) \(span)",
                evidence: [
                    "refused": .number(count), "connects": .number(values[1]),
                    "refused_ratio": .number(ratio),
                ],
                cause: (isOwn ? filter.cause(of: count) : nil)
                    ?? "refused: no program listens at the destination, a filter on the path"
                    + (filter.unsent == nil ? " or of this host" : "")
                    + " rejects, or the address cannot be reached; connect() fails with "
                    + "ECONNREFUSED or EHOSTUNREACH",
                remedies: isOwn
                    ? [OwnFilter.remedy]
                    : [
                        Remedy(
                            .application,
                            "find the address that refuses, and start the service that should "
                                + "listen there, or remove the address from the configuration",
                            command: "tcpdump -ni any -c 20 'tcp[tcpflags] & tcp-rst != 0'",
                            effect:
                                "a RST with ACK answers a SYN to a port without a listener: its "
                                + "source is the address that refuses",
                            risk: "needs root; 20 packets", undo: "nothing to revert")
                    ],
                proof:
                    "net/ipv4/tcp_input.c:tcp_reset (SYN_SENT: ECONNREFUSED); "
                    + "net/ipv4/tcp.c:tcp_done (TCP_MIB_ATTEMPTFAILS)")
        ]
    }

    private func ended(in situation: Situation) -> [Finding] {
        guard let resets = situation.reading("Tcp", "EstabResets"),
            let active = situation.reading("Tcp", "ActiveOpens"),
            let passive = situation.reading("Tcp", "PassiveOpens")
        else { return [] }
        let isInterval = resets.growth != nil && active.growth != nil && passive.growth != nil
        let value = { (reading: CounterReading) in isInterval ? reading.growth ?? 0 : reading.total
        }
        let count = value(resets)
        let opened = Double(value(active)) + Double(value(passive))
        let openBefore =
            isInterval && opened < Double(count)
            ? Double(max(0, situation.earlier?.counters["Tcp", "CurrEstab"] ?? 0)) : 0
        // Those open before are lost as well; a counter that was not read makes no share above all.
        let connections = opened < Double(count) ? max(opened + openBefore, Double(count)) : opened
        guard count >= (isInterval ? Self.leastResets : Self.leastResetsSinceBoot),
            isInterval || opened > 0
        else { return [] }
        let ratio = Double(count) / connections
        guard ratio >= Self.noticeRatio else { return [] }
        if isInterval, ratio < Self.warningRatio, areEmpty(count, of: opened, in: situation) {
            return []
        }
        var evidence: [String: Evidence] = [
            "resets": .count(Int(clamping: count)), "opened": .number(opened),
            "reset_ratio": .number(ratio),
        ]
        evidence["resets_per_second"] = resets.perSecond.map { .number($0) }
        if openBefore > 0 { evidence["established_before"] = .number(openBefore) }
        let choice =
            isInterval
            ? meant(count, active: value(active), passive: value(passive), in: situation) : nil
        var own: [(text: String, count: Int64)] = []
        for abort in Self.aborts {
            guard let reading = situation.reading("TcpExt", abort.name) else { continue }
            let count = isInterval ? reading.growth ?? 0 : reading.total
            evidence[abort.name] = .count(Int(clamping: count))
            if count > 0 { own.append((abort.text, count)) }
        }
        own.sort { $0.count > $1.count }
        let span = isInterval ? "in \((situation.interval ?? 0).duration)" : situation.epoch
        return [
            Finding(
                rule: id,
                severity: isInterval && ratio >= Self.warningRatio && choice == nil
                    ? .warning : .notice,
                subject: "connections",
                observed: (openBefore > 0
                    ? "\(count.grouped) of \(connections.figure) connections ended without a close "
                    : "\(count.grouped) resets for \(opened.figure) opened connections ")
                    + "(\(ratio.percent)) \(span)"
                    + (own.isEmpty
                        ? "; this host sent none for a reason it counts"
                        : "; this host: "
                            + own.map { "\($0.text) \($0.count.grouped)" }.joined(separator: ", ")),
                evidence: evidence,
                cause: choice ?? own.first.map { "most of this host's own resets: \($0.text)" }
                    ?? "the peers reset, and no counter says why: checks or scans, programs that "
                    + "end, or an idle timeout on the path that is shorter than the programs'",
                remedies: remedies(mostly: own.first?.text),
                proof:
                    "net/ipv4/tcp.c:tcp_set_state (TCP_MIB_ESTABRESETS), __tcp_close; "
                    + "net/ipv4/tcp_timer.c:tcp_write_err"
            )
        ]
    }

    /// Whether as many connections as were reset carried no data, and this host reset none: a load balancer's checks
    /// beside the traffic.
    ///
    /// Segments with data are what is left of those received without acknowledgements alone, and without one segment that
    /// opens and one that ends each connection (`net/ipv4/tcp_input.c:tcp_ack`, LINUX_MIB_TCPPUREACKS).
    private func areEmpty(_ resets: Int64, of opened: Double, in situation: Situation) -> Bool {
        guard let segments = situation.growth("Tcp", "InSegs"),
            let acknowledgements = situation.growth("TcpExt", "TCPPureAcks"),
            Self.aborts.allSatisfy({ situation.growth("TcpExt", $0.name) ?? 0 == 0 })
        else { return false }
        let data = max(0, Double(segments) - Double(acknowledgements) - 2 * opened)
        return opened - data >= Self.lingerRatio * Double(resets)
    }

    /// Why resets look intended, for a sentence; nil if nothing says so.
    private func meant(
        _ resets: Int64, active: Int64, passive: Int64, in situation: Situation
    ) -> String? {
        let opened = Double(active) + Double(passive)
        let empty =
            Self.emptySegments.opened * Double(active)
            + Self.emptySegments.accepted * Double(passive)
        if let segments = situation.growth("Tcp", "InSegs"), segments > 0, opened > 0,
            Double(resets) <= opened, Double(segments) < empty,
            // Data that was left unread was carried.
            situation.growth("TcpExt", "TCPAbortOnClose") ?? 0 == 0
        {
            return
                "these connections carried no data: \((Double(segments) / opened).figure) segments "
                + "arrived for each opened one, so they are checks or scans that connect and reset"
        }
        guard let lingering = situation.growth("TcpExt", "TCPAbortOnData"),
            Double(lingering) >= Self.lingerRatio * Double(resets)
        else { return nil }
        return
            "a program on this host ends its connections with SO_LINGER 0: if that is not "
            + "intended, data in transit is lost"
    }

    private func remedies(mostly: String?) -> [Remedy] {
        [
            Remedy(
                .application,
                mostly == Self.aborts[0].text
                    ? "read to the end before close(): data left in the buffer turns the close "
                        + "into a reset"
                    : mostly == Self.aborts[1].text
                        ? "remove SO_LINGER 0, and read until the peer has closed before closing"
                        : "make the client close idle connections before anything on the path does",
                effect: "connections end with a FIN, and data in transit arrives",
                risk:
                    "connections that end with a FIN spend 60 s in TIME_WAIT, at the host that "
                    + "closes first",
                undo: "set the old value again",
                snippets: [
                    Snippet(
                        "nginx", programs: ["nginx"],
                        code: "lingering_close on;   # the default\nkeepalive_timeout 75s;"),
                    Snippet(
                        "Go net/http", programs: [],
                        code: "&http.Transport{IdleConnTimeout: 50 * time.Second}"),
                    Snippet(
                        "Node.js", programs: ["node"], code: "server.keepAliveTimeout = 75_000"),
                ]),
            Remedy(
                .application, "see who sends the RSTs",
                command: "tcpdump -ni any -c 50 'tcp[tcpflags] & tcp-rst != 0'",
                effect: "source address and port show the host and the service",
                risk: "needs root; 50 packets", undo: "nothing to revert"),
        ]
    }
}
