extension KernelCounter {
    /// Every counter the catalogue knows, by subject.
    public static let all: [KernelCounter] =
        timeWait + listening + aborts + memory + retransmission + tcp + sockets + softnet
        + conntrack

    /// Its name with its group, as design and reports write it: `TcpExt.ListenOverflows`.
    public var fullName: String { "\(group).\(name)" }

    /// The counter spelled so: `TcpExt.TW`, `TcpExtTW` as nstat has it, or `TW`.
    static func spelled(_ text: String) -> KernelCounter? { bySpelling[text] }

    /// The same, letter case aside.
    static func spelledAnyCase(_ text: String) -> KernelCounter? {
        byFoldedSpelling[text.lowercased()]
    }

    /// Names with their group come first: they are nobody else's.
    private static let spellings: [(String, KernelCounter)] =
        all.flatMap { [($0.fullName, $0), ($0.group + $0.name, $0)] } + all.map { ($0.name, $0) }

    private static let bySpelling: [String: KernelCounter] = Dictionary(
        spellings, uniquingKeysWith: { first, _ in first })

    private static let byFoldedSpelling: [String: KernelCounter] = Dictionary(
        spellings.map { ($0.0.lowercased(), $0.1) }, uniquingKeysWith: { first, _ in first })

    /// The counter of this group and name; nil where the catalogue does not know it.
    public static func named(_ group: String, _ name: String) -> KernelCounter? {
        all.first { $0.group == group && $0.name == name }
    }
}
