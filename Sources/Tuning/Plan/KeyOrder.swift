/// Which keys must be written before which: the kernel looks at one while it takes the other.
enum KeyOrder {
    static let range = "net.ipv4.ip_local_port_range"
    static let unprivileged = "net.ipv4.ip_unprivileged_port_start"
    static let reserved = "net.ipv4.ip_local_reserved_ports"
    static let buckets = "net.netfilter.nf_conntrack_buckets"

    /// One write that is to be put in its place.
    struct Step {
        var key: String
        /// Nil where it is not known, as at boot; then the kernel's default counts.
        var before: String?
        var wanted: String
    }

    /// The order in which the steps are written, as indices; what depends on nothing keeps its place.
    ///
    /// - Ports are reserved before a range is widened over them.
    /// - The low end of the range must never lie beneath ip_unprivileged_port_start, whichever of the two moves
    ///   (net/ipv4/sysctl_net_ipv4.c:ipv4_local_port_range, ipv4_privileged_ports).
    /// - The table of tracked connections grows before the number of its entries may.
    static func sorted(_ steps: [Step]) -> [Int] {
        let startFirst = isStartFirst(steps)
        func rank(_ key: String) -> Int {
            switch key {
            case reserved, buckets: 0
            case unprivileged: startFirst ? 1 : 3
            case range: 2
            default: 1
            }
        }
        return steps.indices.sorted {
            let (left, right) = (rank(steps[$0].key), rank(steps[$1].key))
            return left == right ? $0 < $1 : left < right
        }
    }

    /// Whether ip_unprivileged_port_start can be written while the range is as it was.
    private static func isStartFirst(_ steps: [Step]) -> Bool {
        guard
            let start = steps.first(where: { $0.key == unprivileged }).flatMap({ Int64($0.wanted) })
        else { return true }
        let range = steps.first { $0.key == Self.range }
        return start <= (range?.before.flatMap(Self.low) ?? 32768)
    }

    /// The low end of a port range.
    static func low(_ range: String) -> Int64? {
        range.split(separator: " ").first.flatMap { Int64($0) }
    }
}
