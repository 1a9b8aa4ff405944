extension Knob {
    /// Every sysctl the catalogue knows, by subject.
    public static let all: [Knob] =
        timeWait + ports + listenQueues + keepalive + retransmission + sending + memory + files
        + conntrack + conntrackTimeouts + neighbours + details + removed

    private static let byKey: [String: Knob] = Dictionary(
        all.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })

    /// The sysctl of this name with dots; nil where the catalogue does not know it.
    public static func named(_ key: String) -> Knob? { byKey[key] }

    /// Its last component: `tcp_fin_timeout`.
    public var name: String {
        key.split(separator: ".").last.map(String.init) ?? key
    }
}
