import Model
import Text

/// Connections that this host opens get no answer, and it resends its SYNs.
///
/// connect() sends a SYN and waits in SYN_SENT. Without an answer the kernel repeats it, after 1, 2,
/// 3, 4, 5, 7, 11 … s (before Linux 6.5: 1, 3, 7 … s), as often as `tcp_syn_retries` says: with 6,
/// the default, it gives up with ETIMEDOUT after two minutes (measured: 131 to 136 s). No answer means that a firewall drops, that the
/// address does not exist, or that the peer's accept or SYN queue is full: a full queue drops
/// silently. A closed port is another case, it answers with a RST at once. `TCPSynRetrans` counts
/// resent SYN-ACKs as well (`net/ipv4/tcp_output.c:tcp_rtx_synack`), so the rule reports only if it
/// sees sockets in SYN_SENT beside it, or if no listener has resent SYN-ACKs.
///
/// Confirm: `ss -tno state syn-sent` (the last number of `timer:` counts repetitions),
/// `nstat -az TcpExtTCPSynRetrans`. For each destination only connects that have resent their SYN
/// count: a long path to the peer is no failure, however many handshakes are in progress. With an
/// interval: critical if none got further and at least 3 connects or a tenth of the outgoing
/// connections wait, otherwise a warning; also if no SYN was due in it, but both looks met such a
/// connect. More than 5 destinations with a connect or two each are one finding. Programs that give up within a second resend no SYN: if fewer
/// segments arrived than connections were opened, the difference got no answer at all; 10 such
/// connects are a warning, and if nothing arrived 2 are a notice. Other traffic hides that
/// difference: then a notice if all sockets to a destination, 3 or more, were in SYN_SENT at both
/// looks and fewer connects failed at once. With one look a notice if none
/// got further, or if many have resent their SYN, to one destination or to many; and if two or more
/// connects in progress are the only connections. Silent otherwise.
///
/// Two looks show whether a filter of this host is the cause: packets of its own that IP got and
/// that did not leave (`Ip.OutRequests` less `OutTransmits`, since Linux 6.7), or packets that came
/// in and were not delivered. They also show a destination that answers without a SYN-ACK: this host
/// sends a RST for each resent SYN, because the peer still has an old connection of the same port.
struct SynRetransmitting: Rule {
    static let id = RuleID.synRetransmitting
    static let severities: [Severity] = [.critical, .warning, .notice]
    static let needs = RuleNeeds([.connections], helped: [.interval])

    /// So many sockets in SYN_SENT to one destination at one look are a crowd: with a round trip of 50 ms it takes 320
    /// connects per second to see 16 that are merely in progress.
    static let crowd = 16
    /// Without sockets in SYN_SENT: this share of the connects had to repeat their SYN.
    static let repeatedRatio = 0.05
    static let leastConnects: Int64 = 20
    /// Connects that got no segment at all: so many are reported, and so few if nothing arrived.
    static let unheard: Int64 = 10
    static let fewUnheard: Int64 = 2
    /// From this share on every connect had to send its SYN again.
    static let allRatio = 0.9
    /// So many connects under way, and nothing else, are told at one look.
    static let fewYoung = 2
    /// So many destinations are named.
    static let named = 5
    /// Fewer without an answer at one destination are critical only as this share of all outgoing connections.
    static let several = 3
    static let shareOfAll = 0.1
    /// Seconds after which the kernel sends the first SYN again.
    private static let resentAfter = 1.0
    /// As many RSTs were sent as SYNs resent, but for this share.
    private static let answeredTolerance = 0.1

    func findings(in situation: Situation) -> [Finding] {
        let found = resending(in: situation)
        if !found.isEmpty { return found }
        let unheard = unheard(in: situation)
        return unheard.isEmpty ? unfinished(in: situation) : unheard
    }

    /// Destinations whose sockets were all in SYN_SENT at both looks: other traffic hides that nothing answers there.
    ///
    /// A refused connect ends in `AttemptFails`; one that its program gives up does not.
    private func unfinished(in situation: Situation) -> [Finding] {
        guard let interval = situation.interval, interval >= Self.resentAfter,
            let failed = situation.growth("Tcp", "AttemptFails")
        else { return [] }
        let silent = situation.tuples.filter { tuple in
            [tuple.ledger, situation.before(tuple.ledger.tuple)].allSatisfy { ledger in
                guard let ledger else { return false }
                return ledger.states[.synSent] >= Self.several && Self.isSilent(ledger)
            }
        }
        .sorted { $0.ledger.states[.synSent] > $1.ledger.states[.synSent] }
        return silent.prefix(Self.named).compactMap { tuple in
            let ledger = tuple.ledger
            let waiting = ledger.states[.synSent]
            guard failed < Int64(clamping: waiting) else { return nil }
            return Finding(
                rule: id, severity: .notice, subject: ledger.tuple.route, owner: ledger.owner,
                observed: "\(waiting.counted("connect")) in progress; \(interval.duration) before, "
                    + "there were such too, and no connection at either look",
                evidence: ["syn_sent": .count(waiting)],
                cause: OwnFilter(in: situation).cause(of: Double(waiting))
                    ?? "nothing answers there, and the program's time limit is shorter than the "
                    + "second after which the kernel resends a SYN: each request waits for that "
                    + "limit before the program tries another address",
                remedies: remedies(to: ledger.tuple, in: situation), proof: proof)
        }
    }

    /// Connects that were given up before their SYN was sent again: one that is answered takes a segment at least.
    private func unheard(in situation: Situation) -> [Finding] {
        guard let interval = situation.interval,
            let opened = situation.growth("Tcp", "ActiveOpens"),
            let segments = situation.growth("Tcp", "InSegs")
        else { return [] }
        let waiting = Int64(clamping: max(0, situation.now.states[.synSent]))
        let count = Double(opened) - Double(segments) - Double(waiting)
        guard
            count >= Double(Self.unheard) || (segments == 0 && count >= Double(Self.fewUnheard))
        else { return [] }
        let place = situation.tuples.first { Self.isSilent($0.ledger) }
        let filter = OwnFilter(in: situation)
        return [
            Finding(
                rule: id, severity: count >= Double(Self.unheard) ? .warning : .notice,
                subject: place?.tuple.route ?? "outgoing connections",
                owner: place?.ledger.owner,
                observed:
                    "\(opened.grouped) connects in \(interval.duration) and \(segments.grouped) "
                    + "segments received: \(count.figure) or more got no answer at all, and gave "
                    + "up before they resent their SYN",
                evidence: [
                    "connects": .count(Int(clamping: opened)),
                    "segments_received": .count(Int(clamping: segments)),
                    "unanswered": .number(count),
                    "unanswered_per_second": .number(count / interval),
                ],
                cause: filter.cause(of: count)
                    ?? "nothing answers at the destination: a firewall drops, the address does not "
                    + "exist, or a router answers only with ICMP; the program's time limit is "
                    + "shorter than the second after which the kernel tries again",
                remedies: (filter.isOwn(count) ? [OwnFilter.remedy] : []) + [
                    Remedy(
                        .application, "find the destination while it happens",
                        command: "tcpdump -ni any -c 20 'tcp[tcpflags] & tcp-syn != 0'",
                        effect: "a SYN without a SYN-ACK after it shows the peer that does not "
                            + "answer",
                        risk: "needs root; 20 packets", undo: "nothing to revert")
                ], proof: "net/ipv4/tcp_output.c:tcp_connect (TCP_MIB_ACTIVEOPENS); " + proof)
        ]
    }

    private func resending(in situation: Situation) -> [Finding] {
        let resent = situation.reading("TcpExt", "TCPSynRetrans")
        let waiting = situation.tuples.filter { Self.unanswered($0.ledger) > 0 }
            .sorted { Self.rank($0.ledger) > Self.rank($1.ledger) }
        guard let resent, resent.growth != nil else {
            let crowds =
                waiting.filter {
                    $0.ledger.unanswered == nil
                        ? Self.unanswered($0.ledger) >= Self.crowd
                        : Self.isSilent($0.ledger)
                            || Self.unanswered($0.ledger) >= Self.crowd
                }
                .prefix(Self.named)
                .map { finding($0, severity: .notice, resent: nil, in: situation) }
            let told = crowds.isEmpty ? scattered(in: situation) : Array(crowds)
            return told.isEmpty ? young(in: situation) : told
        }
        let told = waiting.filter { resent.grows || wasUnanswered($0.ledger, in: situation) }
        guard !told.isEmpty else {
            guard resent.grows else { return [] }
            let scattered = scattered(in: situation)
            return scattered.isEmpty ? unseen(resent, in: situation) : scattered
        }
        return named(told, resent: resent, in: situation)
    }

    /// A finding for each destination, and one for all those that are too many to name or have a connect or two each.
    private func named(
        _ told: [TupleAssessment], resent: CounterReading, in situation: Situation
    ) -> [Finding] {
        let single = told.filter { Self.unanswered($0.ledger) < Self.several }
        let many = told.filter { Self.unanswered($0.ledger) >= Self.several }
        let isScattered = single.count > Self.named
        let listed = many.prefix(Self.named) + (isScattered ? [] : single)
        let rest = many.dropFirst(Self.named) + (isScattered ? single : [])
        let open = situation.tuples.reduce(0) { $0 &+ max(0, $1.ledger.states[.established]) }
        var findings = listed.map { tuple in
            let waiting = Self.unanswered(tuple.ledger)
            let isMuch =
                waiting >= Self.several
                || Double(waiting) >= Self.shareOfAll * (Double(open) + Double(waiting))
            return finding(
                tuple,
                severity: isMuch && Self.isSilent(tuple.ledger) ? .critical : .warning,
                resent: resent, in: situation)
        }
        if !rest.isEmpty {
            findings.append(destinations(Array(rest), open: open, resent: resent, in: situation))
        }
        return findings.mostSevereFirst(by: \.severity)
    }

    /// Connects without an answer at destinations that are not named.
    private func destinations(
        _ tuples: [TupleAssessment], open: Int, resent: CounterReading, in situation: Situation
    ) -> Finding {
        let waiting = tuples.reduce(0) { $0 &+ Self.unanswered($1.ledger) }
        let owners = Set(tuples.map(\.ledger.owner))
        let owner = owners.count == 1 ? owners.first : nil
        return Finding(
            rule: id, severity: open == 0 ? .critical : .warning,
            subject: owner?.name ?? "outgoing connections",
            owner: owner,
            observed: "\(waiting.counted("connect")) to \(tuples.count.grouped) destinations have "
                + "no answer; \(open.grouped) outgoing \(open == 1 ? "connection is" : "connections are") "
                + "established" + Self.text(resent),
            evidence: [
                "syn_sent_again": .count(waiting), "destinations": .count(tuples.count),
                "established": .count(open),
            ],
            cause: OwnFilter(in: situation).cause(of: Double(waiting))
                ?? "these addresses do not answer: their hosts are down or do not exist, or a "
                + "firewall drops",
            remedies: [Self.listing], proof: proof)
    }

    /// One look that meets nothing but connects under way: they may be young, or never be answered.
    private func young(in situation: Situation) -> [Finding] {
        let now = situation.now
        let count = now.states[.synSent]
        guard count >= Self.fewYoung, now.states.total &- now.states[.listen] == count,
            let place = situation.tuples.first(where: { $0.ledger.states[.synSent] > 0 })
        else { return [] }
        return [
            Finding(
                rule: id, severity: .notice, subject: place.tuple.route, owner: place.ledger.owner,
                observed: "\(count.counted("connect")) in progress, and no other connection exists",
                evidence: ["syn_sent": .count(count)],
                cause: "they have just begun, or nothing answers: one look cannot tell which",
                remedies: [
                    Remedy(
                        .application, "look twice: a connect() that gets an answer takes a moment",
                        command: "tcptune audit --interval 2s",
                        effect: "shows whether the kernel resends their SYNs",
                        risk: "none: it only reads", undo: "nothing to revert")
                ], proof: proof)
        ]
    }

    /// Connects of a tuple that got no answer to their first SYN; all in SYN_SENT if those were not told apart.
    private static func unanswered(_ ledger: PortLedger) -> Int {
        ledger.unanswered ?? ledger.states[.synSent]
    }

    /// Whether nothing there answers, as far as its sockets tell: none got further than SYN_SENT.
    private static func isSilent(_ ledger: PortLedger) -> Bool {
        ledger.unanswered == nil
            ? ledger.states[.established] <= 0
            : ledger.states.total == ledger.states[.synSent]
    }

    /// Destinations without any answer come first, then those with most waiting connects.
    private static func rank(_ ledger: PortLedger) -> (Int, Int) {
        (isSilent(ledger) ? 1 : 0, unanswered(ledger))
    }

    /// Whether the earlier look met a connect without an answer there, too: later SYNs are minutes apart.
    private func wasUnanswered(_ ledger: PortLedger, in situation: Situation) -> Bool {
        situation.before(ledger.tuple)?.unanswered ?? 0 > 0
    }

    private func finding(
        _ tuple: TupleAssessment, severity: Severity, resent: CounterReading?,
        in situation: Situation
    ) -> Finding {
        let ledger = tuple.ledger
        let waiting = Self.unanswered(ledger)
        let established = max(0, ledger.states[.established])
        var evidence: [String: Evidence] = [
            "syn_sent": .count(ledger.states[.synSent]), "established": .count(established),
        ]
        evidence["syn_sent_again"] = ledger.unanswered.map { .count($0) }
        evidence["resent_per_second"] = resent?.perSecond.map { .number($0) }
        let filter = OwnFilter(in: situation)
        let failed = Double(max(1, min(Int64(waiting), resent?.growth ?? .max)))
        let isSilent = Self.isSilent(ledger)
        let isOwn = isSilent && filter.isOwn(failed)
        if let queue = Self.fullQueue(at: ledger.tuple, in: situation) {
            let clients = WaitingClients(queue.listener, in: situation)
            return Finding(
                rule: id, severity: severity, subject: ledger.tuple.route, owner: ledger.owner,
                observed: observed(waiting, established, resent), evidence: evidence,
                cause: "the accept queue of \(queue.place) on this host is full "
                    + "(queue-overflowing): \(clients.owner.called) does not accept its clients",
                remedies: AcceptRemedies.all(for: clients, in: situation), proof: proof)
        }
        return Finding(
            rule: id, severity: severity,
            subject: ledger.tuple.route,
            owner: ledger.owner, observed: observed(waiting, established, resent),
            evidence: evidence,
            cause: isSilent
                ? Self.answer(to: resent, in: situation) ?? filter.cause(of: failed)
                    ?? Self.silence(in: situation)
                : "some SYNs get no answer: the peer's accept queue is full at times, or packets "
                    + "are lost",
            remedies: (isOwn ? [OwnFilter.remedy] : []) + remedies(to: ledger.tuple, in: situation),
            proof: proof)
    }

    private func observed(
        _ waiting: Int, _ established: Int, _ resent: CounterReading?
    ) -> String {
        "\(waiting.counted("connect")) without an answer, "
            + (established == 0 ? "none" : established.grouped) + " established"
            + Self.text(resent)
    }

    private static func text(_ resent: CounterReading?) -> String {
        resent?.growthText.map { "; SYNs resent on this host: \($0)" } ?? ""
    }

    /// The queue of a listener of this host that the connects go to, if it is full: that is why they get no answer.
    private static func fullQueue(at tuple: Tuple, in situation: Situation) -> AcceptQueue? {
        guard let queue = situation.server(of: tuple).flatMap({ AcceptQueue($0) }), queue.isFull
        else { return nil }
        return queue
    }

    /// Sockets that have sent their SYN again, over destinations with few each or that are not listed.
    private func scattered(in situation: Situation) -> [Finding] {
        let again = situation.now.retransmitting[.synSent]
        guard again >= Self.crowd else { return [] }
        let waiting = max(again, situation.now.states[.synSent])
        let owner = situation.now.stateSamples?.first { $0.state == .synSent }?.owners
            .max { $0.sockets < $1.sockets }?.owner
        return [
            Finding(
                rule: id, severity: .notice, subject: owner?.name ?? "outgoing connections",
                owner: owner,
                observed: "\(again.grouped) of \(waiting.grouped) connects that wait for an answer "
                    + "have resent their SYN, to many destinations",
                evidence: ["syn_sent": .count(waiting), "syn_sent_again": .count(again)],
                cause: "many addresses do not answer: they do not exist, or a firewall drops",
                remedies: [Self.listing], proof: proof)
        ]
    }

    private static let listing = Remedy(
        .application,
        "see which destinations do not answer, and give connect() its own timeout",
        command: "ss -Htno state syn-sent | head -40",
        effect:
            "shows them; a request fails after the time you choose instead of after two minutes",
        risk: "below 3 s a single lost SYN fails the request",
        undo: "remove the timeout")

    /// Repeated SYNs without a socket that is waiting at this moment.
    private func unseen(_ resent: CounterReading, in situation: Situation) -> [Finding] {
        guard !situation.now.listeners.contains(where: { $0.retransmittedRequests > 0 }),
            let opened = situation.reading("Tcp", "ActiveOpens")?.growth,
            opened >= Self.leastConnects, let growth = resent.growth
        else { return [] }
        let ratio = Double(growth) / Double(opened)
        guard ratio >= Self.repeatedRatio else { return [] }
        let failed = situation.reading("Tcp", "AttemptFails")
        // Started again after the program's time limit: their SYN is not due again yet.
        let begun = max(0, situation.now.states[.synSent])
        let place = situation.tuples.filter { $0.ledger.states[.synSent] > 0 }
            .max { $0.ledger.states[.synSent] < $1.ledger.states[.synSent] }
        let isSilent = ratio >= Self.allRatio && place.map { Self.isSilent($0.ledger) } == true
        var evidence: [String: Evidence] = [
            "resent": .count(Int(clamping: growth)), "connects": .count(Int(clamping: opened)),
            "resent_ratio": .number(ratio), "syn_sent": .count(begun),
        ]
        evidence["resent_per_second"] = resent.perSecond.map { .number($0) }
        evidence["failed_per_second"] = failed?.perSecond.map { .number($0) }
        return [
            Finding(
                rule: id, severity: isSilent ? .critical : .warning,
                subject: place?.tuple.route ?? "outgoing connections",
                owner: place?.ledger.owner,
                observed:
                    "SYNs resent: \(resent.growthText ?? ""), for \(opened.grouped) connects "
                    + "(\(ratio.percent)); "
                    + (begun == 0
                        ? "none is waiting now"
                        : "\(begun.counted("connect")) \(begun == 1 ? "waits" : "wait") now, just "
                            + "begun"),
                evidence: evidence,
                cause: isSilent
                    ? Self.silence(in: situation) + "; the program gives up and tries again"
                    : "some SYNs get no answer at the first try; each delays its connect() by a "
                        + "second or more",
                remedies: [
                    Remedy(
                        .application, "find the destination while it happens",
                        command: "ss -tno state syn-sent",
                        effect: "shows the peers that do not answer",
                        risk: "none: it only reads", undo: "nothing to revert")
                ], proof: proof)
        ]
    }

    /// Whether the answers do not come, or are dropped here, only two looks tell.
    private static func silence(in situation: Situation) -> String {
        situation.interval == nil
            ? "no answer reaches TCP: a firewall on the path or a filter of this host drops, the "
                + "address does not exist, or the peer's queue is full; --interval 2s shows "
                + "whether it is this host"
            : "the destination does not answer: a firewall drops, the address does not exist, or "
                + "the peer's queue is full"
    }

    /// What answers, but with no SYN-ACK; nil if that is not seen.
    ///
    /// An ACK for another connection is reset, and the SYN repeated: `net/ipv4/tcp_input.c:tcp_rcv_synsent_state_process`.
    private static func answer(
        to resent: CounterReading?, in situation: Situation
    ) -> String? {
        guard let resent = resent?.growth, resent >= Int64(several),
            let segments = situation.growth("Tcp", "InSegs"),
            let resets = situation.growth("Tcp", "OutRsts"), resets <= segments,
            abs(Double(resets) - Double(resent)) <= answeredTolerance * Double(resent)
        else { return nil }
        return
            "the destination answers, but not with a SYN-ACK: it still has the old connection of "
            + "the same address and port, and sends an ACK for it; this host answers with a RST "
            + "(\(resets.grouped) sent), which does not arrive: a firewall drops it"
    }

    private let proof =
        "net/ipv4/tcp_timer.c:tcp_write_timeout; measured: with tcp_syn_retries 6, SYNs at 0, 1, "
        + "2, 3, 4, 5, 7, 11, 20, 36, "
        + "70 s and ETIMEDOUT at 136 s (131 s without linear timeouts)"

    private func remedies(to tuple: Tuple, in situation: Situation) -> [Remedy] {
        let retries = situation.number("net.ipv4.tcp_syn_retries")
        var remedies = [
            Remedy(
                .application,
                "see whether the destination answers, and what drops packets on the path",
                command: "nc -vz -w 3 \(tuple.destination) \(tuple.port)",
                effect:
                    "an answer at the second try points to a full queue at the peer; no answer: a "
                    + "filter drops, the host is down, or its queue is still full",
                risk: "none: one connection", undo: "nothing to revert"),
            Remedy(
                .application,
                "give connect() its own timeout, and limit the number of connects in progress",
                effect: "a request fails after the time you choose instead of after two minutes",
                risk: "below 3 s a single lost SYN fails the request",
                undo: "remove the timeout",
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
                    text: "make the kernel give up sooner, for programs without a timeout",
                    effect: "connect() fails after about 15 s instead of after "
                        + "\(Double((UInt64(1) << min(UInt64(retries) + 1, 40)) - 1).duration)",
                    risk: "this host no longer reaches peers behind slow links or peers that wake "
                        + "up late"))
        }
        return remedies
    }
}
