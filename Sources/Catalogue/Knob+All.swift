extension Knob {
    /// Every sysctl of TCP, and of what TCP rests on, by subject.
    ///
    /// Those of other subjects are in ``others``: they are explained, and neither judged nor changed.
    package static let all: [Knob] =
        timeWait + ports + listenQueues + keepalive + retransmission + sending + memory + files
        + conntrack + conntrackTimeouts + neighbours + details + removed

    static let byKey: [String: Knob] = Dictionary(
        all.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })

    /// The sysctl of this name with dots, one of those that tcptune judges and may change; nil for any other.
    package static func named(_ key: String) -> Knob? { byKey[key] }

    /// The same, and those of other subjects and of no kernel: to be explained, never to be changed.
    package static func ofAnySubject(_ key: String) -> Knob? { byKey[key] ?? other(named: key) }

    /// By last component; of two the one that stands first in the tables.
    private static let byName: [String: Knob] = Dictionary(
        all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })

    /// The sysctl whose last component this is: `tcp_fin_timeout`.
    static func lastNamed(_ name: String) -> Knob? { byName[name] ?? other(lastNamed: name) }

    /// Its last component: `tcp_fin_timeout`.
    package var name: String {
        key.split(separator: ".").last.map(String.init) ?? key
    }
}
