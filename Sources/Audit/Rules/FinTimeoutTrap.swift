import Model
import Text

/// tcp_fin_timeout has a value that does not do what people set it for.
///
/// It sets how long a socket stays in FIN_WAIT2 after its program closed it and before the peer
/// closes: nothing else. TIME_WAIT is 60 s, compiled in, and follows no setting. The default of
/// tcp_fin_timeout is 60 too, hence the confusion.
///
/// A myth for any value from 5 to 59, with the file and line that sets it: it does not shorten
/// TIME_WAIT, it frees orphaned FIN_WAIT2 sockets sooner, and the finding says how many there are.
/// A warning for 61 to 89: above 60 the kernel waits for the excess twice, so the lifetime is 2 ×
/// (value − 60), and 61 gives 2 s. A warning below 5 as well: data or a FIN that the peer sends
/// later gets a RST. Silent at 60 and from 90 on, and if the setting could not be read.
///
/// Confirm: `sysctl net.ipv4.tcp_fin_timeout`; `ss -tano state fin-wait-2` shows the time left.
/// Source: include/net/tcp.h:TCP_TIMEWAIT_LEN; tcp.h:tcp_fin_time;
/// net/ipv4/tcp_timer.c:tcp_keepalive_timer. Measured: TIME_WAIT 61.4 to 61.7 s with 1, 5, 60 and
/// 120; FIN_WAIT2 60 s with 60, 2.1 s with 61, 62.5 s with 90.
struct FinTimeoutTrap: Rule {
    static let id = RuleID.finTimeoutTrap
    static let severities: [Severity] = [.warning, .myth]
    static let needs = RuleNeeds([.setting("net.ipv4.tcp_fin_timeout")])
    static let profileSettings: Set<String> = ["net.ipv4.tcp_fin_timeout"]

    /// Values above 60 s that give less than 60 s: 2 × (89 − 60) is 58.
    static let trap: ClosedRange<Int64> = 61...89

    func findings(in situation: Situation) -> [Finding] {
        guard let timeout = FinTimeout(situation) else { return [] }
        let value = timeout.value
        if Self.trap.contains(value) || value < FinTimeout.shortest {
            return [Self.trap(timeout, in: situation)]
        }
        // What a file will set at the next boot counts as much as what is set now.
        let planned = timeout.planned
        let believed = value < FinTimeout.standard ? value : planned ?? value
        guard FinTimeout.shortest..<FinTimeout.standard ~= believed else { return [] }
        return [
            Self.myth(
                believed, assignment: planned == believed ? timeout.assignment : nil,
                in: situation)
        ]
    }

    private static func evidence(_ value: Int64, in situation: Situation) -> [String: Evidence] {
        [
            "tcp_fin_timeout_seconds": .count(Int(clamping: value)),
            "fin_wait2_lifetime_seconds": .number(FinTimeout.lifetime(value)),
            "time_wait_seconds": .count(ClosingHistory.seconds),
            "fin_wait2_orphans": .count(situation.orphanedFinWait2),
            "time_wait_sockets": .count(situation.now.states[.timeWait]),
        ]
    }

    private static func myth(
        _ value: Int64, assignment: Assignment?, in situation: Situation
    ) -> Finding {
        let orphans = situation.orphanedFinWait2
        var evidence = evidence(value, in: situation)
        evidence["set_in"] = (assignment?.place).map { .text($0) }
        return Finding(
            rule: id, severity: .myth, subject: assignment?.place ?? "net.ipv4.tcp_fin_timeout",
            observed:
                "net.ipv4.tcp_fin_timeout = \(value) does not shorten TIME_WAIT (60 s, compiled "
                + "in); it ends orphaned FIN_WAIT2 sockets after "
                + "\(FinTimeout.lifetime(value).duration) instead of 60 s"
                + (situation.now.source == .none
                    ? ""
                    : " (now \(orphans.grouped), and \(situation.now.states[.timeWait].grouped) in "
                        + "TIME_WAIT)"),
            evidence: evidence,
            cause: "many take the setting for the length of TIME_WAIT; it is the length of "
                + "FIN_WAIT2 for sockets that their program has closed",
            remedies: [
                Remedy(
                    .application,
                    "to have fewer TIME_WAIT sockets, keep connections open and reuse them",
                    effect: "a connection that stays open leaves no TIME_WAIT",
                    risk: "idle connections take descriptors and memory on both hosts",
                    undo: "close after each request again"),
                back(value, from: assignment, in: situation),
            ].compactMap { $0 }, proof: FinTimeout.proof)
    }

    private static func trap(_ timeout: FinTimeout, in situation: Situation) -> Finding {
        let isTrap = trap.contains(timeout.value)
        var evidence = evidence(timeout.value, in: situation)
        evidence["set_in"] = (timeout.assignment?.place).map { .text($0) }
        return Finding(
            rule: id, severity: .warning,
            subject: timeout.assignment?.place ?? "net.ipv4.tcp_fin_timeout",
            observed: "net.ipv4.tcp_fin_timeout = \(timeout.value) ends orphaned FIN_WAIT2 sockets "
                + "after "
                + timeout.lifetime.duration
                + (situation.now.source == .none
                    ? "" : " (now \(situation.orphanedFinWait2.grouped))")
                + "; TIME_WAIT stays 60 s",
            evidence: evidence,
            cause: isTrap
                ? "above 60 the kernel waits only for the excess over 60 s, twice: from 61 to 89 "
                    + "that is shorter than with 60"
                : "the time is so short that what the peer sends after this host has closed gets a "
                    + "RST",
            remedies: [
                back(timeout.value, from: timeout.assignment, in: situation)
            ].compactMap { $0 }, proof: FinTimeout.proof)
    }

    private static func back(
        _ value: Int64, from assignment: Assignment?, in situation: Situation
    ) -> Remedy? {
        let now = situation.number("net.ipv4.tcp_fin_timeout") ?? value
        let place = assignment.map { ", and remove the line from \($0.place)" } ?? ""
        return Remedy(
            .knob, "set the kernel's default again" + place,
            command: now == FinTimeout.standard ? nil : "sysctl -w net.ipv4.tcp_fin_timeout=60",
            effect: "orphaned FIN_WAIT2 sockets last 60 s instead of "
                + "\(FinTimeout.lifetime(value).duration); TIME_WAIT stays 60 s",
            risk: "if the peers never close, more FIN_WAIT2 sockets exist at a time: each holds a "
                + "port of its destination, or 256 bytes at the accepting end",
            undo: now == FinTimeout.standard
                ? "add the line again" : "sysctl -w net.ipv4.tcp_fin_timeout=\(now)")
    }
}
