import Model

/// Whether the kernel has a file for a key, as far as this namespace, or a captured tree, can tell.
///
/// What has no file need not be unknown: settings of the whole host are hidden in other network namespaces, a module
/// brings its own when it is loaded, and a captured tree may hold but a part.
struct KeyPresence {
    private let root: Root
    /// Whether a name without a file under `/proc/sys/net` is none of this kernel's.
    private let isWhole: Bool

    /// So many files a tree holds under `net/ipv4` that was captured whole; Linux 5.10 has 110.
    private static let fewestWhole = 60

    init(root: Root) {
        self.root = root
        // Only the initial network namespace shows it (net/ipv4/sysctl_net_ipv4.c:ipv4_table).
        let showsHostWide = root.exists("/proc/sys/net/ipv4/tcp_mem")
        isWhole =
            showsHostWide
            && (root.isHost
                || ((try? root.names(in: "/proc/sys/net/ipv4"))?.count ?? 0) >= Self.fewestWhole)
    }

    /// True or false where that is known; nil where the key may exist at another time, or elsewhere.
    ///
    /// - Parameter path: with slashes between its parts.
    func holds(_ path: String) -> Bool? {
        guard let key = SysctlKey(path: path) else { return isWhole ? false : nil }
        if root.exists(key.file) { return true }
        guard isWhole else { return nil }
        let parts = path.split(separator: "/")
        guard parts.count >= 2, parts[0] == "net" else { return false }
        if parts.count == 5, parts[2] == "conf" || parts[2] == "neigh" {
            return ofInterface(parts)
        }
        return isOfModule(parts) ? nil : false
    }

    /// An interface that is not there now may come: the key is one if another interface has it.
    private func ofInterface(_ parts: [Substring]) -> Bool? {
        let table = "/proc/sys/net/\(parts[1])/\(parts[2])"
        guard root.exists(table) else { return nil }
        if root.exists("\(table)/\(parts[3])") { return false }
        return root.exists("\(table)/default/\(parts[4])") ? nil : false
    }

    /// Whether a module that is not loaded brings the key's part of the tree.
    private func isOfModule(_ parts: [Substring]) -> Bool {
        if parts.last?.hasPrefix("nf_conntrack_") == true,
            parts.count == 2 || (parts.count == 3 && parts[1] == "netfilter")
        {
            return !root.exists("/proc/sys/net/netfilter/nf_conntrack_count")
        }
        guard Self.modules.contains(parts[1]) else {
            return parts.count > 2 && parts[1] == "ipv4" && parts[2] == "vs"
                && !root.exists("/proc/sys/net/ipv4/vs")
        }
        return !root.exists("/proc/sys/net/\(parts[1])")
    }

    /// Directories beneath `net` that are there only with a module, or with a kernel built for it.
    private static let modules: Set<Substring> = [
        "appletalk", "ax25", "bridge", "dccp", "decnet", "ieee802154", "ipv6", "ipx", "iw_cm",
        "key", "llc", "mctp", "mpls", "mptcp", "netfilter", "netrom", "phonet", "rdma_ucm", "rds",
        "rose", "rxrpc", "sctp", "smc", "sunrpc", "tipc", "token-ring", "unix", "vmci", "vrf",
        "vsock", "x25",
    ]
}
