extension KernelCounter {
    /// The counter with this spelling: `TcpExt.TW`, `TcpExtTW` as nstat has it, or `TW`.
    static func spelled(_ text: String) -> KernelCounter? {
        if let counter = bySpelling[text] { return counter }
        let name = text.hasPrefix("IcmpMsg") ? text.dropFirst("IcmpMsg".count) : text[...]
        return icmpType(String(name.drop { $0 == "." }))
    }

    /// The same, ignoring letter case and separators: `tcp_retrans_segs`.
    static func spelledAnyCase(_ text: String) -> KernelCounter? {
        byFoldedSpelling[folded(text)]
    }

    /// The counter in the name of a metric; nil if it is the name of something else.
    ///
    /// Monitors put their own words before and after the name: `node_netstat_TcpExt_ListenOverflows`,
    /// `node_softnet_dropped_total`, `system.net.tcp.listen_overflows`, `protocols-TcpExt/…-ListenOverflows`.
    static func metric(_ word: String) -> KernelCounter? {
        var parts = word.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
        while let last = parts.last, ["total", "bytes", "rate", "sum"].contains(last) {
            parts.removeLast()
        }
        guard parts.count > 1 else { return nil }
        if let name = metrics[parts.joined(separator: "_")] { return bySpelling[name] }
        for start in parts.indices.dropLast() {
            if let counter = byGroupedSpelling[parts[start...].joined()] { return counter }
        }
        // Without its group a name counts only if the words before it are a monitor's.
        guard let end = prefixes.lazy.compactMap({ $0.endIndex(in: parts) }).first else {
            return nil
        }
        return byFoldedSpelling[parts[end...].joined()]
    }

    /// The counter of `Name: 12` or `Name 12 0.0`, as nstat, netstat and `/proc` print them.
    static func line(_ text: String) -> KernelCounter? {
        let words = text.split { $0.isWhitespace || $0 == ":" || $0 == "=" }
        guard let name = words.first, words.count > 1,
            words.dropFirst().allSatisfy({ $0.allSatisfy { $0.isNumber || $0 == "." || $0 == "-" } }
            )
        else { return nil }
        return spelled(String(name)) ?? metric(String(name))
    }

    /// The counter of a word in a sentence: one that is a word of nothing else.
    static func word(_ word: String) -> KernelCounter? {
        if let counter = byGroupedSpelling[folded(word)],
            word.contains(where: { $0.isUppercase || $0 == "_" || $0 == "." })
        {
            return counter
        }
        guard word.utf8.count >= 7, let counter = bySpelling[word],
            ["TcpExt", "Tcp"].contains(counter.group),
            word.dropFirst().contains(where: \.isUppercase)
        else { return metric(word) }
        return counter
    }

    /// Names with their group come first: they are nobody else's.
    private static let spellings: [(String, KernelCounter)] =
        all.flatMap { [($0.fullName, $0), ($0.group + $0.name, $0)] } + all.map { ($0.name, $0) }

    private static let bySpelling: [String: KernelCounter] = Dictionary(
        spellings, uniquingKeysWith: { first, _ in first })

    private static let byFoldedSpelling: [String: KernelCounter] = Dictionary(
        spellings.map { (folded($0.0), $0.1) }, uniquingKeysWith: { first, _ in first })

    private static let byGroupedSpelling: [String: KernelCounter] = Dictionary(
        all.map { (folded($0.group + $0.name), $0) }, uniquingKeysWith: { first, _ in first })

    private static func folded(_ text: String) -> String {
        text.lowercased().filter { $0.isLetter || $0.isNumber }
    }

    /// Words that monitors put before a counter's own name, and where that begins.
    private static let prefixes: [MonitorPrefix] = [
        "node netstat tcpext", "node netstat tcp", "node netstat", "system net tcp",
        "system net tcp4", "system net conntrack", "protocols tcpext protocol counter",
        "protocols tcp protocol counter", "netstat tcpext", "netstat tcp", "nstat", "net tcp",
        "node softnet", "softnet", "linux netstat",
    ].map(MonitorPrefix.init)

    /// Metrics that have names of their own.
    private static let metrics: [String: String] = [
        "node_nf_conntrack_entries_limit": "nf_conntrack.max",
        "node_nf_conntrack_stat_drop": "nf_conntrack.drop",
        "node_nf_conntrack_stat_early_drop": "nf_conntrack.early_drop",
        "node_nf_conntrack_stat_found": "nf_conntrack.found",
        "node_nf_conntrack_stat_ignore": "nf_conntrack.ignore",
        "node_nf_conntrack_stat_insert": "nf_conntrack.insert",
        "node_nf_conntrack_stat_insert_failed": "nf_conntrack.insert_failed",
        "node_nf_conntrack_stat_invalid": "nf_conntrack.invalid",
        "node_nf_conntrack_stat_search_restart": "nf_conntrack.search_restart",
        "node_sockstat_tcp6_inuse": "sockstat6.TCP6.inuse",
        "node_sockstat_udp6_inuse": "sockstat6.UDP6.inuse",
        "node_sockstat_raw6_inuse": "sockstat6.RAW6.inuse",
        "node_sockstat_frag6_inuse": "sockstat6.FRAG6.inuse",
        "node_sockstat_frag6_memory": "sockstat6.FRAG6.memory",
        "node_softnet_times_squeezed": "softnet.time_squeeze",
        "softnet_squeezed": "softnet.time_squeeze",
        // netdata's charts, by the counter they are drawn for.
        "ip_tcp_accept_queue": "TcpExt.ListenOverflows",
        "ipv4_tcp_accept_queue": "TcpExt.ListenOverflows",
        "net_tcp_accept_queue": "TcpExt.ListenOverflows",
        "ip_tcp_syn_queue": "TcpExt.TCPReqQFullDrop",
        "ipv4_tcp_syn_queue": "TcpExt.TCPReqQFullDrop",
        "net_tcp_syn_queue": "TcpExt.TCPReqQFullDrop",
        "ip_tcp_syn_cookies": "TcpExt.SyncookiesSent",
        "ip_tcpsyncookies": "TcpExt.SyncookiesSent",
        "ipv4_tcpsyncookies": "TcpExt.SyncookiesSent",
        "ip_tcpmemorypressures": "TcpExt.TCPMemoryPressures",
        "ipv4_tcpmemorypressures": "TcpExt.TCPMemoryPressures",
        "ip_tcpofo": "TcpExt.TCPOFOQueue", "ipv4_tcpofo": "TcpExt.TCPOFOQueue",
        "ip_tcpsock": "Tcp.CurrEstab", "ipv4_tcpsock": "Tcp.CurrEstab",
        "ip_sockstat_tcp_sockets": "sockstat.TCP.inuse",
        "ipv4_sockstat_tcp_sockets": "sockstat.TCP.inuse",
        "netfilter_conntrack_sockets": "nf_conntrack.count",
        // telegraf's conntrack plug-in.
        "ip_conntrack_count": "nf_conntrack.count",
        "conntrack_ip_conntrack_count": "nf_conntrack.count",
        "conntrack_ip_conntrack_max": "nf_conntrack.max",
    ]
}

/// The words of a monitor in front of a counter's name.
private struct MonitorPrefix {
    let words: [String]

    init(_ text: String) { words = text.split(separator: " ").map(String.init) }

    /// Where the counter's name begins; nil if these are not the first words, or nothing follows.
    func endIndex(in parts: [String]) -> Int? {
        parts.count > words.count && parts.starts(with: words) ? words.count : nil
    }
}
