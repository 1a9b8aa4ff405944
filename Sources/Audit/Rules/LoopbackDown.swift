import Model
import Text

/// The loopback interface is down: nothing on this host reaches 127.0.0.1 or ::1.
///
/// Programs on one host talk to each other over `lo`: to a database, a proxy beside them, a local
/// name server. If `lo` is down, the kernel drops what is sent to 127.0.0.1 without an error, and
/// connect() waits until its time limit; if `lo` was never up, as in a new network namespace,
/// connect() fails at once with ENETUNREACH. Traffic to this host's other addresses goes through
/// `lo` as well, when the host talks to itself. No counter shows it.
///
/// Critical if a listener or a connection has a loopback address; a notice if anything listens.
/// Silent if nothing does, as in a namespace without services.
///
/// Confirm: `ip link show lo` says DOWN. Source: net/core/dev.c:dev_open; drivers/net/loopback.c.
/// Measured: after `ip link set lo down` a SYN to 127.0.0.1 counts as sent (`Ip.OutTransmits`) and
/// never arrives.
struct LoopbackDown: Rule {
    static let id = RuleID.loopbackDown
    static let severities: [Severity] = [.critical, .notice]
    static let needs = RuleNeeds([.sockets, .loopback])

    func findings(in situation: Situation) -> [Finding] {
        let now = situation.now
        guard now.loopbackUp == false else { return [] }
        let listener = now.listeners.first { $0.address.isLoopback }
        let tuple = situation.tuples.first {
            $0.tuple.isLoopback && $0.ledger.states.total > $0.ledger.states[.timeWait]
        }
        guard listener != nil || tuple != nil || !now.listeners.isEmpty else { return [] }
        let isUsed = listener != nil || tuple != nil
        let user =
            listener.map { "a program listens on \($0.address.with(port: $0.port))" }
            ?? tuple.map {
                "\($0.ledger.states.total.counted("socket")) to "
                    + $0.tuple.destination.with(port: $0.tuple.port)
            }
        return [
            Finding(
                rule: id, severity: isUsed ? .critical : .notice, subject: "lo",
                owner: listener?.owner ?? tuple?.ledger.owner,
                observed: "the interface lo is down" + (user.map { "; \($0)" } ?? ""),
                evidence: ["listeners": .count(now.listeners.count)],
                cause: "lo was set down, or was never up in this network namespace: connections to "
                    + "127.0.0.1, ::1 and this host's own addresses fail",
                remedies: [
                    Remedy(
                        .application, "set it up", command: "ip link set lo up",
                        effect: "this host reaches itself again, at once", risk: "none known",
                        undo: "ip link set lo down")
                ],
                proof: "drivers/net/loopback.c:loopback_setup; measured")
        ]
    }
}
