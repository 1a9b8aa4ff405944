/// The kernel's counters by group and name, as the kernel spells them: `Tcp`/`RetransSegs`, `TcpExt`/`ListenDrops`.
///
/// Groups are the line prefixes of `/proc/net/snmp` and `/proc/net/netstat`; `snmp6` for `/proc/net/snmp6`;
/// `sockstat.TCP`, `sockstat6.TCP6` … for `/proc/net/sockstat{,6}`; `softnet` (sums over processors) for
/// `/proc/net/softnet_stat`; `nf_conntrack` for its count, limit and the sums of its statistics.
/// A name that is missing was not reported by this kernel: absent, not zero.
public struct Counters: Sendable, Hashable, Codable {
    public var groups: [String: [String: Int64]]

    public init(_ groups: [String: [String: Int64]] = [:]) { self.groups = groups }

    public subscript(group: String, name: String) -> Int64? {
        get { groups[group]?[name] }
        set { groups[group, default: [:]][name] = newValue }
    }

    public mutating func merge(_ other: Counters) {
        for (group, names) in other.groups { add(names, to: group) }
    }

    /// Adds counters to a group; most often it is new.
    public mutating func add(_ names: [String: Int64], to group: String) {
        if groups[group] == nil {
            groups[group] = names
        } else {
            groups[group, default: [:]].merge(names) { _, new in new }
        }
    }

    public init(from decoder: any Decoder) throws {
        groups = try decoder.singleValueContainer().decode([String: [String: Int64]].self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(groups)
    }
}
