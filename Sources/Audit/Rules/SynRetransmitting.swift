import HostState

/// Connections that this host opens get no answer, and its SYNs are sent again.
///
/// connect() sends a SYN and waits in SYN_SENT. Without an answer the kernel repeats it after about
/// 1, 3, 7 … s, as often as `tcp_syn_retries` says: 6, the default, gives up with ETIMEDOUT after
/// two minutes (measured: 131 to 136 s). No answer means that a firewall drops, that the address is
/// not there, or that the peer's accept or SYN queue is full: a full queue drops silently. A closed
/// port is not it, that answers RST at once. `TCPSynRetrans` counts SYN-ACKs sent again as well
/// (`net/ipv4/tcp_output.c:tcp_rtx_synack`), so the rule speaks only where sockets in SYN_SENT are
/// seen beside it, or where no listener has resent SYN-ACKs.
///
/// Confirm: `ss -tno state syn-sent` (the last number of `timer:` counts repetitions),
/// `nstat -az TcpExtTCPSynRetrans`. Without an interval only a crowd of sockets in SYN_SENT towards
/// one destination is told, as a notice: a handshake under way looks the same.
struct SynRetransmitting: Rule {
    static let id = "syn-retransmitting"

    /// So many sockets in SYN_SENT to one destination at one look are a crowd: with a round trip of
    /// 50 ms it takes 320 connects a second to see 16 that are merely under way.
    static let crowd = 16
    /// Without sockets in SYN_SENT: this share of the connects had to repeat their SYN.
    static let repeatedRatio = 0.05
    static let leastConnects: Int64 = 20
    /// So many destinations are named.
    static let named = 5

    func findings(in situation: Situation) -> [Finding] {
        let resent = situation.reading("TcpExt", "TCPSynRetrans")
        let waiting = situation.tuples.filter { $0.ledger.states[.synSent] > 0 }
            .sorted { $0.ledger.states[.synSent] > $1.ledger.states[.synSent] }
        guard let resent, resent.growth != nil else {
            return waiting.filter { $0.ledger.states[.synSent] >= Self.crowd }.prefix(Self.named)
                .map { finding($0, severity: .notice, resent: nil, in: situation) }
        }
        guard resent.grows else { return [] }
        if waiting.isEmpty { return unseen(resent, in: situation) }
        return waiting.prefix(Self.named)
            .map { tuple in
                finding(
                    tuple, severity: tuple.ledger.states[.established] <= 0 ? .critical : .warning,
                    resent: resent, in: situation)
            }
            .sorted { $0.severity > $1.severity }
    }

    private func finding(
        _ tuple: TupleAssessment, severity: Severity, resent: CounterReading?,
        in situation: Situation
    ) -> Finding {
        let ledger = tuple.ledger
        let waiting = ledger.states[.synSent]
        let established = max(0, ledger.states[.established])
        var evidence: [String: Evidence] = [
            "syn_sent": .count(waiting), "established": .count(established),
        ]
        evidence["resent_per_second"] = resent?.perSecond.map { .number($0) }
        return Finding(
            rule: id, severity: severity,
            subject:
                "\(ledger.tuple.source) → "
                + "\(ledger.tuple.destination.with(port: ledger.tuple.port))",
            owner: ledger.owner,
            observed:
                "\(waiting.grouped) connects wait for an answer, \(established.grouped) "
                + "connections stand"
                + (resent?.growthText.map { "; SYNs sent again on this host: \($0)" } ?? ""),
            evidence: evidence,
            cause: established == 0
                ? "nothing answers there: a firewall drops, the address is not there, or the "
                    + "peer's queue is full"
                : "some SYNs get no answer: the peer's accept queue is full at times, or packets "
                    + "are lost",
            remedies: remedies(to: ledger.tuple, in: situation), proof: proof)
    }

    /// Repeated SYNs without a socket that is waiting at this moment.
    private func unseen(_ resent: CounterReading, in situation: Situation) -> [Finding] {
        guard !situation.now.listeners.contains(where: { $0.retransmittedRequests > 0 }),
            let opened = situation.reading("Tcp", "ActiveOpens")?.growth,
            opened >= Self.leastConnects, let growth = resent.growth
        else { return [] }
        let ratio = Double(growth) / Double(opened)
        guard ratio >= Self.repeatedRatio else { return [] }
        let failed = situation.reading("Tcp", "AttemptFails")
        var evidence: [String: Evidence] = [
            "resent": .count(Int(clamping: growth)), "connects": .count(Int(clamping: opened)),
            "resent_ratio": .number(ratio),
        ]
        evidence["resent_per_second"] = resent.perSecond.map { .number($0) }
        evidence["failed_per_second"] = failed?.perSecond.map { .number($0) }
        return [
            Finding(
                rule: id, severity: .warning, subject: "outgoing connections",
                observed:
                    "SYNs sent again: \(resent.growthText ?? ""), to \(opened.grouped) connects "
                    + "(\(ratio.percent)); none is waiting at this moment",
                evidence: evidence,
                cause:
                    "some SYNs get no answer at the first try; each costs its connect() a second "
                    + "or more",
                remedies: [
                    Remedy(
                        .application, "catch the destination in the act",
                        command: "ss -tno state syn-sent", effect: "names who does not answer",
                        risk: "none: it only reads", undo: "nothing to undo")
                ], proof: proof)
        ]
    }

    private let proof =
        "net/ipv4/tcp_timer.c:tcp_write_timeout; measured: with tcp_syn_retries 6, SYNs at 0, 1, "
        + "2, 3, 4, 5, 7, 11, 20, 36, "
        + "70 s and ETIMEDOUT at 136 s (131 s without linear timeouts)"

    private func remedies(to tuple: Tuple, in situation: Situation) -> [Remedy] {
        let retries = situation.number("net.ipv4.tcp_syn_retries")
        var remedies = [
            Remedy(
                .application, "see whether anything answers there, and what is dropped on the way",
                command: "nc -vz -w 3 \(tuple.destination) \(tuple.port)",
                effect:
                    "an answer at the second try points to a full queue at the peer, none to a "
                    + "firewall",
                risk: "none: one connection", undo: "nothing to undo"),
            Remedy(
                .application,
                "give connect() a timeout of its own, and a limit on connects under way",
                effect: "a request fails after the time you choose and not after two minutes",
                risk: "below 3 s a single lost SYN fails the request",
                undo: "take the timeout out again",
                snippets: [
                    Snippet("nginx", programs: ["nginx"], code: "proxy_connect_timeout 4s;"),
                    Snippet("HAProxy", programs: ["haproxy"], code: "timeout connect 4s"),
                    Snippet(
                        "Go net/http", programs: [],
                        code:
                            "&http.Transport{DialContext: (&net.Dialer{Timeout: 4 * "
                            + "time.Second}).DialContext}"
                    ),
                ]),
        ]
        if let retries, 4...127 ~= retries {
            remedies.append(
                .writing(
                    "net.ipv4.tcp_syn_retries", "3", in: situation,
                    text: "let the kernel give up sooner, for programs without a timeout",
                    effect: "connect() fails after about 15 s and not after "
                        + "\(Double((UInt64(1) << min(UInt64(retries) + 1, 40)) - 1).duration)",
                    risk: "peers behind slow links or that wake up late are not reached any more"))
        }
        return remedies
    }
}
