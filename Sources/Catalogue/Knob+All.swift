extension Knob {
    /// Every sysctl the catalogue knows, by subject.
    public static let all: [Knob] =
        timeWait + ports + listenQueues + keepalive + retransmission + sending + memory + files
        + conntrack + conntrackTimeouts + neighbours + details + removed

    private static let byKey: [String: Knob] = Dictionary(
        all.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })

    /// The sysctl of this name with dots; nil where the catalogue does not know it.
    public static func named(_ key: String) -> Knob? { byKey[key] }

    /// By last component; of two the one that stands first in the tables.
    private static let byName: [String: Knob] = Dictionary(
        all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })

    /// The sysctl whose last component this is: `tcp_fin_timeout`.
    static func lastNamed(_ name: String) -> Knob? { byName[name] }

    /// Its last component: `tcp_fin_timeout`.
    public var name: String {
        key.split(separator: ".").last.map(String.init) ?? key
    }
}
