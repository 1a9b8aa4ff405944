/// What a rule must have read to judge at all, and what makes it judge more.
struct RuleNeeds: Sendable {
    /// Without one of these the rule is always silent.
    let required: [CoverageNeed]
    /// Without these it sees less.
    let helpful: [CoverageNeed]

    init(_ required: [CoverageNeed], helped helpful: [CoverageNeed] = []) {
        self.required = required
        self.helpful = helpful
    }

    /// Of a rule; of one that is not listed, nothing.
    static func of(_ rule: String) -> RuleNeeds { byRule[rule] ?? RuleNeeds([]) }

    /// What the rule lacks in this run, so that its silence says nothing.
    func missing(in situation: Situation) -> [CoverageNeed] {
        required.filter { $0.missing(in: situation) != nil }
    }

    func missingHelp(in situation: Situation) -> [CoverageNeed] {
        helpful.filter { $0.missing(in: situation) != nil }
    }

    static let byRule: [String: RuleNeeds] = [
        "ports-exhausting": RuleNeeds([.connections, .portRange]),
        "ports-slow": RuleNeeds([.connections, .portRange]),
        "ports-forecast": RuleNeeds([.connections, .portRange]),
        "bind-before-connect": RuleNeeds(
            [.connections, .portRange], helped: [.boundSockets, .sourcePorts]),
        "bind-ports-exhausting": RuleNeeds([.connections, .portRange, .sourcePorts]),
        "own-range-exhausting": RuleNeeds([.connections, .portRange, .portBlocks]),
        "bound-idle": RuleNeeds([.portRange, .boundSockets]),
        "privileged-ports-near-limit": RuleNeeds([.connections, .sourcePorts]),
        "reuse-disabled": RuleNeeds([.connections]),
        "loopback-exhausting": RuleNeeds([.connections, .portRange]),
        "port-range-narrow": RuleNeeds([.portRange], helped: [.boundSockets]),
        "port-range-overlaps-listener": RuleNeeds([
            .sockets, .portRange, .setting("net.ipv4.ip_local_reserved_ports"),
        ]),
        "timewait-overflow": RuleNeeds(
            [
                .setting("net.ipv4.tcp_max_tw_buckets"),
                .counter("TcpExt", "TCPTimeWaitOverflow"),
            ], helped: [.interval]),
        "timewait-cap-near": RuleNeeds([.setting("net.ipv4.tcp_max_tw_buckets")]),
        "close-wait-leak": RuleNeeds([.connections], helped: [.mptcp]),
        "fin-wait2-orphans": RuleNeeds([.connections]),
        "fin-timeout-trap": RuleNeeds([.setting("net.ipv4.tcp_fin_timeout")]),
        "orphans-near-limit": RuleNeeds([
            .hostNamespace, .counter("sockstat.TCP", "orphan"),
            .setting("net.ipv4.tcp_max_orphans"),
        ]),
        "last-ack-stuck": RuleNeeds([.connections]),
        "fin-wait1-stuck": RuleNeeds([.connections]),
        "fin-wait2-held": RuleNeeds([.connections]),
        "peers-silent": RuleNeeds([.connections], helped: [.interval]),
        "peers-not-reading": RuleNeeds([.connections, .stalledPeers]),
        "loopback-down": RuleNeeds([.sockets, .loopback]),
        "address-gone": RuleNeeds([.connections, .localAddresses]),
        "self-connected": RuleNeeds([.connections, .selfConnections]),
        "accept-stalled": RuleNeeds([.sockets], helped: [.interval]),
        "read-stalled": RuleNeeds([.connections, .unreadQueues], helped: [.interval]),
        "unix-queue-overflowing": RuleNeeds([.unixListeners]),
        "queue-overflowing": RuleNeeds([.backlogs], helped: [.interval]),
        "backlog-limited": RuleNeeds([.backlogs, .setting("net.core.somaxconn")]),
        "syn-queue-full": RuleNeeds([.connections, .backlogs], helped: [.interval]),
        "syn-cookies-sent": RuleNeeds(
            [.counter("TcpExt", "SyncookiesSent")], helped: [.interval]),
        "syncookies-off": RuleNeeds([.setting("net.ipv4.tcp_syncookies")]),
        "conntrack-near-full": RuleNeeds([.tracking]),
        "conntrack-timewait-longer": RuleNeeds([.tracking]),
        "conntrack-dropping": RuleNeeds(
            [.counter("nf_conntrack", "drop")], helped: [.interval]),
        "descriptors-near-limit": RuleNeeds([.processes]),
        "files-near-limit": RuleNeeds([.hostNamespace, .openFiles]),
        "memory-pressure": RuleNeeds(
            [.counter("sockstat.TCP", "mem")], helped: [.interval, .hostNamespace]),
        "retransmitting": RuleNeeds(
            [.counter("Tcp", "OutSegs"), .counter("Tcp", "RetransSegs")], helped: [.interval]),
        "syn-retransmitting": RuleNeeds([.connections], helped: [.interval]),
        "resets-high": RuleNeeds([.counter("Tcp", "EstabResets")], helped: [.interval]),
        "clients-refused": RuleNeeds([.interval, .counter("Ip", "InReceives")]),
        "segments-dropped": RuleNeeds([.interval]),
        "paws-rejecting": RuleNeeds([.counter("TcpExt", "PAWSEstab")], helped: [.interval]),
        "rfc1337": RuleNeeds([.setting("net.ipv4.tcp_rfc1337")]),
        "setting-harmful": RuleNeeds([]),
        "setting-removed": RuleNeeds([.bootFiles, .kernelRelease]),
        "setting-unknown": RuleNeeds([.bootFiles]),
        "setting-shadowed": RuleNeeds([.bootFiles]),
        "setting-drifted": RuleNeeds([.bootFiles]),
        "setting-misread": RuleNeeds([.bootFiles]),
        "namespace-differs": RuleNeeds([.otherNamespaces]),
        "kernel-upgrade-helps": RuleNeeds([.kernelRelease]),
    ]
}
