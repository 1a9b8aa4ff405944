import Model
import Text

/// connect() could reuse ports in TIME_WAIT, but a setting prevents it.
///
/// connect() may reuse a port in TIME_WAIT 1 s after it was closed, if tcp_tw_reuse is 1 (or 2, its
/// default, and one of the addresses is a loopback address) and the old connection used timestamps.
/// Three things go wrong. With tcp_timestamps 0, tcp_tw_reuse does nothing at all, although it is
/// set. The default 2 does nothing for other hosts, where ports are scarce. And if the peer uses no
/// timestamps, tcp_tw_reuse does nothing, whatever is set on this host.
///
/// The rule reports timestamps if tcp_tw_reuse is 1 and tcp_timestamps is 0: a notice, and a
/// warning if a quarter of the ports of some destination are in TIME_WAIT. It reports tcp_tw_reuse
/// 0 or 2, as a notice, if that many ports towards another host (or, with 0, towards this one) are
/// in TIME_WAIT. A warning if it is 1, that many ports are in TIME_WAIT, and a live connection
/// shows that the peer uses no timestamps, or TWRecycled is 0 although more ports are in TIME_WAIT
/// than working reuse leaves. Otherwise the defaults are right, and the rule is silent; also if a
/// setting could not be read.
///
/// tcp_tw_reuse does nothing for the accepting end, and nothing for ports in FIN_WAIT2. Confirm:
/// `sysctl net.ipv4.tcp_tw_reuse net.ipv4.tcp_timestamps`; `nstat -az TcpExtTWRecycled` grows if
/// reuse works. Source: net/ipv4/tcp_ipv4.c:tcp_twsk_unique. Measured: 100 ports, reuse 1: 200
/// connections in 1.1 s with timestamps, 100 without.
struct ReuseDisabled: Rule {
    static let id = RuleID.reuseDisabled
    static let severities: [Severity] = [.warning, .notice]
    static let needs = RuleNeeds([.connections])
    static let profileSettings = ShippedProfile.portSettings

    /// Share of a tuple's usable ports in TIME_WAIT from which reuse would matter: twice that is the slow half.
    static let meaningfulRatio = 0.25

    func findings(in situation: Situation) -> [Finding] {
        guard let mode = situation.number("net.ipv4.tcp_tw_reuse"),
            let timestamps = situation.number("net.ipv4.tcp_timestamps")
        else { return [] }
        let fullest = situation.tuples.lazy
            .filter { $0.usable > 0 && !$0.isReusing && (mode != 2 || !$0.tuple.isLoopback) }
            .max { Self.waiting($0) < Self.waiting($1) }
        let isPressing = fullest.map { Self.ratio($0) >= Self.meaningfulRatio } ?? false
        let tuple = isPressing ? fullest : nil
        if mode == 1, timestamps == 0 {
            return [Self.withoutTimestamps(tuple, in: situation)]
        }
        guard timestamps != 0, let tuple else { return [] }
        if tuple.ledger.usesTimestamps == false || (mode == 1 && tuple.reuse == .refuted) {
            return [Self.withoutPeer(mode, tuple, in: situation)]
        }
        guard mode != 1 else { return [] }
        return [Self.withoutReuse(mode, tuple, in: situation)]
    }

    private static func waiting(_ tuple: TupleAssessment) -> Int {
        min(tuple.ledger.states[.timeWait], tuple.used)
    }

    private static func ratio(_ tuple: TupleAssessment) -> Double {
        Double(waiting(tuple)) / Double(tuple.usable)
    }

    private static func withoutTimestamps(
        _ tuple: TupleAssessment?, in situation: Situation
    ) -> Finding {
        var finding = base(tuple, in: situation)
        finding.severity = tuple == nil ? .notice : .warning
        finding.subject = "net.ipv4.tcp_timestamps"
        finding.observed =
            "tcp_tw_reuse is 1 and tcp_timestamps is 0" + described(tuple)
        finding.evidence["tcp_timestamps"] = 0
        finding.cause =
            "without timestamps the kernel cannot tell a late segment of the old connection from "
            + "the new one, so connect() never reuses a port in TIME_WAIT, whatever tcp_tw_reuse "
            + "says"
        finding.remedies = [
            Remedy(
                .knob, "switch timestamps on",
                command: "sysctl -w net.ipv4.tcp_timestamps=1",
                effect: limits(in: situation) + ", for connections opened from then on",
                risk: "12 bytes more in each segment; the peer must have timestamps on as well",
                undo: "sysctl -w net.ipv4.tcp_timestamps=0")
        ]
        return finding
    }

    private static func withoutReuse(
        _ mode: Int64, _ tuple: TupleAssessment, in situation: Situation
    ) -> Finding {
        var finding = base(tuple, in: situation)
        finding.observed = "tcp_tw_reuse is \(mode)" + described(tuple)
        finding.cause =
            mode == 2
            ? "the default (2) reuses ports on loopback only; this destination is not loopback"
            : "tcp_tw_reuse 0 keeps each port in TIME_WAIT for 60 s"
        let owner = situation.owner(of: tuple.ledger)
        finding.owner = owner
        finding.remedies = PortRemedies(situation: situation, tuple: tuple, owner: owner).all
            .filter { $0.kind != .lastResort }
        return finding
    }

    /// The peer has no timestamps: no setting of this host frees a port sooner.
    private static func withoutPeer(
        _ mode: Int64, _ tuple: TupleAssessment, in situation: Situation
    ) -> Finding {
        let isSeen = tuple.ledger.usesTimestamps == false
        let owner = situation.owner(of: tuple.ledger)
        var finding = base(tuple, in: situation)
        finding.severity = mode == 1 ? .warning : .notice
        finding.owner = owner
        finding.observed =
            "tcp_tw_reuse is \(mode) and frees no port to "
            + "\(tuple.tuple.destination.with(port: tuple.tuple.port))" + described(tuple)
        finding.cause =
            isSeen
            ? "the connections use no timestamps: connect() reuses a port in TIME_WAIT only if the "
                + "peer sends them too"
            : "TWRecycled is 0, so connect() never reused a port: the peer uses no timestamps, or "
                + "the program chooses its port with bind(), or the setting is less than a minute "
                + "old"
        finding.evidence["recycled"] = situation.reuse.recycled.map { .count(Int(clamping: $0)) }
        finding.remedies = PortRemedies(situation: situation, tuple: tuple, owner: owner).all
            .filter { $0.kind != .lastResort }
        return finding
    }

    private static func base(_ tuple: TupleAssessment?, in situation: Situation) -> Finding {
        var evidence = tuple?.evidence ?? [:]
        evidence["tcp_tw_reuse"] = .count(Int(clamping: situation.reuse.mode))
        return Finding(
            rule: id, severity: .notice, subject: "net.ipv4.tcp_tw_reuse", observed: "",
            evidence: evidence, cause: "", remedies: [],
            proof: "net/ipv4/tcp_ipv4.c:tcp_twsk_unique; measured on 100 ports with reuse 1: 200 "
                + "connections within 1.1 s with timestamps, 100 without")
    }

    private static func described(_ tuple: TupleAssessment?) -> String {
        guard let tuple else { return "" }
        return "; \(waiting(tuple).grouped) of \(tuple.usable.grouped) ports "
            + "(\(ratio(tuple).percent)) in TIME_WAIT for \(tuple.tuple.text)"
    }

    private static func limits(in situation: Situation) -> String {
        let usable = Double(situation.budget.usable)
        let delay = max(situation.reuse.delay, 0.001)
        return "raises the limit from \((usable / 60).wholeFigure)/s to "
            + "\((usable / delay).wholeFigure)/s for each destination"
    }
}
