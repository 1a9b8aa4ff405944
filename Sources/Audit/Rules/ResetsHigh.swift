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
/// own SO_LINGER 0. Silent if a load balancer checks the service beside the traffic: if this host
/// opened no connections and sent no RSTs, and as many connections carried no data as were reset
/// (`InSegs` less `TCPPureAcks`, `TCPHPAcks` and two for each connection). Requests on keep-alive
/// connections hide that sum: then a notice at most.
///
/// If this host sent as many RSTs (`OutRsts`) as connections were reset and no `TCPAbort…` counter
/// grew, the resets are its own: a closed listener resets the clients that wait in its queue
/// (`net/ipv4/inet_connection_sock.c:inet_csk_listen_stop`), and so does `ss -K` to connections.
///
/// A refused connect() ends by a reset too, before a connection exists: nothing listens on the
/// port. `AttemptFails` counts it, and also counts connects that an ICMP message ends (no route,
/// filtered) and clients' own resets during the handshake, which `EmbryonicRsts` counts as well.
/// The rule reports it from 20 on if more than one in ten connects fail at once, not counting as
/// many failures as this host sent IPv6 packets, up to half of the connects: half of them fail if
/// each connect tries IPv6 first and the service has only IPv4. A warning if more than six in ten
/// fail, or if ten connects were made and nine in ten fail. If all fail, two are a notice.
struct ResetsHigh: Rule {
    static let id = RuleID.resetsHigh
    static let severities: [Severity] = [.warning, .notice]
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
    /// So few are a notice if all fail.
    private static let fewestOfAll: Int64 = 2
    private static let allRatio = 0.9

    /// More than half, see above; and one in ten more for what else fails.
    static let refusedRatio = 0.6
    /// Without IPv6 only what else fails.
    static let otherwiseRatio = 0.1

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
        let many =
            isAll
            ? Self.leastOfAll : isInterval ? Self.leastResets : Self.leastResetsSinceBoot
        let isEach = isInterval && count >= values[1]
        guard count >= Double(isEach ? Self.fewestOfAll : many), values[1] > 0,
            count > allowed(of: values[1], isInterval: isInterval, in: situation)
        else { return [] }
        let isWarning =
            isInterval && count >= Double(many) && count > Self.refusedRatio * values[1]
        let ratio = min(1, count / values[1])
        let span = isInterval ? "in \((situation.interval ?? 0).duration)" : situation.epoch
        let filter = OwnFilter(in: situation)
        let isOwn = filter.unsent.map { $0 >= count / 2 } ?? false
        return [
            Finding(
                rule: id, severity: isWarning ? .warning : .notice,
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

    /// How many of these connects may fail: one in ten, and one for each IPv6 packet that this host sent, up to half.
    private func allowed(of connects: Double, isInterval: Bool, in situation: Situation) -> Double {
        guard let six = situation.reading("snmp6", "Ip6OutRequests") else {
            return Self.refusedRatio * connects
        }
        let sent = Double(max(0, isInterval ? six.growth ?? .max : six.total))
        return Self.otherwiseRatio * connects
            + min(sent, (Self.refusedRatio - Self.otherwiseRatio) * connects)
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
        let checks =
            isInterval
            ? ConnectionChecks(
                count, active: value(active), passive: value(passive),
                aborts: Self.aborts.map(\.name), in: situation) : nil
        if checks?.areChecks == true { return [] }
        var evidence: [String: Evidence] = [
            "resets": .count(Int(clamping: count)), "opened": .number(opened),
            "reset_ratio": .number(ratio),
        ]
        evidence["resets_per_second"] = resets.perSecond.map { .number($0) }
        if openBefore > 0 { evidence["established_before"] = .number(openBefore) }
        var own: [(text: String, count: Int64)] = []
        for abort in Self.aborts {
            guard let reading = situation.reading("TcpExt", abort.name) else { continue }
            let count = isInterval ? reading.growth ?? 0 : reading.total
            evidence[abort.name] = .count(Int(clamping: count))
            if count > 0 { own.append((abort.text, count)) }
        }
        own.sort { $0.count > $1.count }
        let sent =
            isInterval && own.isEmpty
            ? unexplained(count, active: value(active), passive: value(passive), in: situation)
            : nil
        let span = isInterval ? "in \((situation.interval ?? 0).duration)" : situation.epoch
        evidence["resets_sent"] = sent.map { .count(Int(clamping: $0)) }
        let choice =
            isInterval && sent == nil
            ? meant(count, active: value(active), passive: value(passive), in: situation)
                ?? Self.besideKeepAlive(checks) : nil
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
                        ? sent.map { "; this host sent \($0.grouped) RSTs and counts no reason" }
                            ?? "; this host sent none for a reason it counts"
                        : "; this host: "
                            + own.map { "\($0.text) \($0.count.grouped)" }.joined(separator: ", ")),
                evidence: evidence,
                cause: choice ?? own.first.map { "most of this host's own resets: \($0.text)" }
                    ?? sent.map { _ in
                        "this host reset them: a listener was closed with clients in its queue, as "
                            + "when a SO_REUSEPORT worker restarts, or a tool ended the "
                            + "connections (ss -K)"
                    } ?? "the peers reset, and no counter says why: checks or scans, programs that "
                    + "end, or an idle timeout on the path that is shorter than the programs'",
                remedies: (sent == nil ? [] : [Self.listenerRemedy(in: situation)])
                    + remedies(mostly: own.first?.text),
                proof:
                    "net/ipv4/tcp.c:tcp_set_state (TCP_MIB_ESTABRESETS), __tcp_close; "
                    + "net/ipv4/tcp_timer.c:tcp_write_err"
            )
        ]
    }

    /// How many of the resets are this host's own although it counts no reason: as many RSTs sent as connections reset.
    ///
    /// Nil if they are not. On loopback both ends count the reset, and one sends the RST.
    private func unexplained(
        _ resets: Int64, active: Int64, passive: Int64, in situation: Situation
    ) -> Int64? {
        guard let sent = situation.growth("Tcp", "OutRsts"), sent > 0,
            situation.growth("TcpExt", "TCPAbortOnLinger") ?? 0 == 0
        else { return nil }
        func isNear(_ one: Double, _ other: Double) -> Bool {
            abs(one - other) <= ConnectionChecks.tolerance * max(one, other)
        }
        let isLoopback =
            active > 0 && isNear(Double(active), Double(passive))
            && isNear(2 * Double(sent), Double(resets))
        return isLoopback || isNear(Double(sent), Double(resets)) ? sent : nil
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

    /// Why resets beside connections that stay open may be checks, for a sentence.
    private static func besideKeepAlive(_ checks: ConnectionChecks?) -> String? {
        guard let checks, checks.areBesideKeepAlive else { return nil }
        return
            "the peers reset new connections while others stay open and carry the traffic "
            + "(\(checks.received.figure) segments with data arrived): likely a load balancer's "
            + "checks, but no counter says whether these connections carried data"
    }

    private static func listenerRemedy(in situation: Situation) -> Remedy {
        .writing(
            "net.ipv4.tcp_migrate_req", "1", in: situation,
            text: "if a worker restarts: accept what waits in its queue before it closes the "
                + "listener, or let the kernel move waiting clients to another listener of the port",
            effect: "clients in the queue of a closed SO_REUSEPORT listener reach another worker",
            risk: "the other listeners must serve the same clients; needs Linux 5.14")
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
