import Model
import Text

/// SYN cookies are off while others reach a listener: a small SYN flood locks clients out.
///
/// With `tcp_syncookies = 0` a listener with a full SYN queue drops every further SYN
/// (`TCPReqQFullDrop`). Long before that, the kernel drops SYNs of peers it has not spoken with,
/// once less than a quarter of `tcp_max_syn_backlog` is free (only `ListenDrops` counts those;
/// measured: with 16, it refuses the 14th half-open connection). With 1, the default, nothing
/// differs until the queue is full; then cookies answer (`net/ipv4/tcp_input.c:tcp_conn_request`,
/// `tcp_syn_flood_action`). Cookies used to be called slow, or were said to break options; today
/// timestamps carry the options.
///
/// Confirm: `sysctl net.ipv4.tcp_syncookies`. Silent if nothing listens on an address that others
/// reach, and if the setting could not be read.
struct SyncookiesOff: Rule {
    static let id = RuleID.syncookiesOff
    static let severities: [Severity] = [.critical, .warning]
    static let needs = RuleNeeds([.setting("net.ipv4.tcp_syncookies")])
    static let profileSettings: Set<String> = ["net.ipv4.tcp_syncookies"]
    private static let key = "net.ipv4.tcp_syncookies"

    func findings(in situation: Situation) -> [Finding] {
        guard situation.number(Self.key) == 0 else { return [] }
        let exposed = situation.now.listeners.filter { !$0.address.isLoopback }
        guard !exposed.isEmpty else { return [] }
        let smallest = exposed.compactMap { AcceptQueue($0) }.min { $0.backlog < $1.backlog }
        let dropped = situation.reading("TcpExt", "TCPReqQFullDrop")
        let failing = dropped?.grows == true
        var evidence: [String: Evidence] = [
            "syncookies": 0, "listeners": .count(exposed.count),
        ]
        evidence["smallest_backlog"] = smallest.map { .count($0.backlog) }
        evidence["dropped_per_second"] = dropped?.perSecond.map { .number($0) }
        return [
            Finding(
                rule: id, severity: failing ? .critical : .warning, subject: Self.key,
                observed:
                    "tcp_syncookies = 0 with \(exposed.count.counted("listener")) that others reach"
                    + (smallest.map {
                        ", the smallest backlog \($0.backlog.grouped) (\($0.place))"
                    } ?? "")
                    + (failing ? "; SYNs dropped: \(dropped?.growthText ?? "")" : ""),
                evidence: evidence,
                cause: "a full SYN queue drops SYNs instead of answering with cookies",
                remedies: [
                    .writing(
                        Self.key, "1", in: situation,
                        text: "turn cookies on: the kernel sends them only while a SYN queue is "
                            + "full",
                        effect:
                            "clients can still connect during a flood; nothing changes otherwise",
                        risk:
                            "a connection made with a cookie loses window scaling and SACK if the "
                            + "client has no timestamps")
                ],
                proof:
                    "net/ipv4/tcp_input.c:tcp_conn_request, tcp_syn_flood_action; measured with "
                    + "listen(5) and cookies off: 6 SYN_RECV, every further SYN dropped")
        ]
    }
}
