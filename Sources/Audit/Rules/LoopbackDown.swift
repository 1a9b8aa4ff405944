import Model
import Text

/// The loopback interface is down: nothing on this host reaches 127.0.0.1 or ::1.
///
/// Programs of one host talk to each other over `lo`: to a database, a proxy beside them, a local
/// name server. Where `lo` is down, what is sent to 127.0.0.1 is dropped without a word, and connect()
/// waits until its time limit; where it never was up, as in a network namespace just made, connect()
/// fails at once with ENETUNREACH. This host's other addresses go through `lo` as well, when it talks
/// to itself. No counter shows it.
///
/// Critical where a listener or a connection has a loopback address; a notice where anything listens.
/// Silent where nothing does, as in a namespace without services.
///
/// Confirm: `ip link show lo` says DOWN.
/// Source: net/core/dev.c:dev_open; drivers/net/loopback.c. Measured: after `ip link set lo down` a
/// SYN to 127.0.0.1 counts as sent (`Ip.OutTransmits`) and never arrives.
struct LoopbackDown: Rule {
    static let id = "loopback-down"

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
            listener.map { "\($0.address.with(port: $0.port)) is listened on" }
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
                cause: "lo was set down, or never up in this network namespace: connects to "
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
