import Model
import Text

/// The sockets without a program come near tcp_max_orphans; above it, the kernel resets connections
/// instead of closing them.
///
/// An orphan was closed by its program while data or a FIN was still on its way: FIN_WAIT1,
/// LAST_ACK, CLOSING, and FIN_WAIT2 only if tcp_fin_timeout is above 60. TIME_WAIT and other
/// FIN_WAIT2 sockets are minisockets and do not count. Above the limit, close() sends a RST and
/// drops what was not delivered (TCPAbortOnMemory counts it). Already from half and from a quarter
/// of the limit on, the kernel drops an orphan whose peer takes nothing when its timer fires.
///
/// The limit, and the count in sockstat, cover the whole system, not a namespace. A notice from 25
/// % on, a warning from 50 % or while the kernel resets orphans, critical from 95 %. Silent if
/// either number cannot be read, as in a container, which does not have the setting.
///
/// Orphans accumulate if peers vanish without a FIN, or stop reading. Confirm:
/// `grep TCP: /proc/net/sockstat` (orphan), `ss -tanop state fin-wait-1`. Source:
/// net/ipv4/tcp.c:tcp_check_oom, called by __tcp_close; tcp_timer.c:tcp_out_of_resources.
struct OrphansNearLimit: Rule {
    static let id = RuleID.orphansNearLimit
    static let severities: [Severity] = [.critical, .warning, .notice]
    static let needs = RuleNeeds([
        .hostNamespace, .counter("sockstat.TCP", "orphan"), .setting("net.ipv4.tcp_max_orphans"),
    ])

    /// Shares of the limit: from a quarter on the kernel drops orphans that make no progress.
    static let noticeRatio = 0.25
    static let warningRatio = 0.5
    static let criticalRatio = 0.95

    func findings(in situation: Situation) -> [Finding] {
        guard let limit = situation.number("net.ipv4.tcp_max_orphans"), limit > 0,
            let orphans = situation.counter("sockstat.TCP", "orphan"), orphans >= 0
        else { return [] }
        let ratio = Double(orphans) / Double(limit)
        let resets =
            AbortsOnMemory(in: situation).map { $0.areOfOrphans && $0.reading.grows } ?? false
        guard ratio >= Self.noticeRatio || resets else { return [] }
        let severity: Severity =
            ratio >= Self.criticalRatio
            ? .critical : ratio >= Self.warningRatio || resets ? .warning : .notice
        let states = situation.now.states
        var evidence: [String: Evidence] = [
            "orphans": .count(Int(clamping: orphans)),
            "limit_orphans": .count(Int(clamping: limit)),
            "used_ratio": .number(ratio), "fin_wait1_sockets": .count(states[.finWait1]),
            "last_ack_sockets": .count(states[.lastAck]),
            "closing_sockets": .count(states[.closing]),
        ]
        let aborts = situation.rate("TcpExt", "TCPAbortOnMemory")
        evidence["aborts_on_memory_per_second"] = aborts.map { .number($0) }
        return [
            Finding(
                rule: Self.id, severity: severity, subject: "net.ipv4.tcp_max_orphans",
                observed: "\(orphans.grouped) of \(limit.grouped) orphans in the whole system "
                    + "(\(ratio.percent)); in this namespace FIN_WAIT1 "
                    + "\(states[.finWait1].grouped), LAST_ACK \(states[.lastAck].grouped), CLOSING "
                    + "\(states[.closing].grouped)"
                    + (aborts.map { $0 > 0 ? "; \($0.figure) aborts/s" : "" } ?? ""),
                evidence: evidence,
                cause: "the peers do not acknowledge what was sent before close(): they are gone, "
                    + "or take nothing; above the limit close() resets connections",
                remedies: Self.remedies(orphans, limit, in: situation),
                proof: "net/ipv4/tcp.c:tcp_check_oom (TCPAbortOnMemory), "
                    + "tcp_timer.c:tcp_out_of_resources (halves the limit, up to twice, for "
                    + "orphans without progress)")
        ]
    }

    private static func remedies(
        _ orphans: Int64, _ limit: Int64, in situation: Situation
    ) -> [Remedy] {
        var remedies = [
            Remedy(
                .application,
                "find the peers that take nothing (`ss -tano state fin-wait-1`), and limit how "
                    + "long the program sends to one peer (TCP_USER_TIMEOUT)",
                effect: "a socket then ends when its time is up, before or after close()",
                risk: "slow clients are cut off sooner", undo: "remove the option")
        ]
        if let retries = OrphanRetries(situation).remedy { remedies.append(retries) }
        let wanted = min(limit.multipliedReportingOverflow(by: 2).partialValue, Int64(Int32.max))
        if wanted > limit {
            remedies.append(
                Remedy(
                    .lastResort, "raise the limit",
                    command: "sysctl -w net.ipv4.tcp_max_orphans=\(wanted)",
                    effect: "room for \(wanted.grouped) instead of \(limit.grouped)",
                    risk: "an orphan can use up to 64 KiB of memory that cannot be swapped",
                    undo: "sysctl -w net.ipv4.tcp_max_orphans=\(limit)"))
        }
        return remedies
    }
}
