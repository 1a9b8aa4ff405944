extension CoverageEntry {
    /// Resources with a limit.
    static let resources: [CoverageEntry] =
        [
            CoverageEntry(
                .resource("ephemeral ports of a destination"),
                .judged([
                    "ports-exhausting", "ports-slow", "ports-forecast", "loopback-exhausting",
                    "reuse-disabled", "port-range-narrow",
                ])),
            CoverageEntry(
                .resource("distinct local ports of a source address"),
                .judged(["bind-ports-exhausting", "bind-before-connect"])),
            CoverageEntry(
                .resource("ports of a program's own range (bind(), IP_LOCAL_PORT_RANGE)"),
                .judged(["own-range-exhausting"])),
            CoverageEntry(
                .resource("local addresses of connections"), .judged(["address-gone"])),
            CoverageEntry(
                .resource("receive queues of connections"), .judged(["read-stalled"])),
            CoverageEntry(
                .resource("windows of peers"), .judged(["peers-not-reading"])),
            CoverageEntry(.resource("the loopback interface"), .judged(["loopback-down"])),
            CoverageEntry(
                .resource("packets dropped before TCP saw them"), .judged(["clients-refused"])),
            CoverageEntry(
                .resource("sockets of Multipath TCP"), .judged(["close-wait-leak"]),
                needs: [.mptcp]),
            CoverageEntry(
                .resource("ports of bound, unconnected sockets"),
                .judged(["bound-idle", "port-range-narrow"]), needs: [.boundSockets]),
            CoverageEntry(
                .resource("privileged ports (512 to 1023)"),
                .judged(["privileged-ports-near-limit"])),
            CoverageEntry(
                .resource("accept queues"),
                .judged(["queue-overflowing", "accept-stalled", "backlog-limited"])),
            CoverageEntry(
                .resource("SYN queues"),
                .judged(["syn-queue-full", "syn-cookies-sent", "syncookies-off"])),
            CoverageEntry(
                .resource("accept queues of Unix sockets"),
                .judged(["unix-queue-overflowing"])),
            CoverageEntry(
                .resource("descriptors of processes"), .judged(["descriptors-near-limit"])),
            CoverageEntry(.resource("open files of the host"), .judged(["files-near-limit"])),
            CoverageEntry(.resource("TCP memory"), .judged(["memory-pressure"])),
            CoverageEntry(.resource("memory stalls of the host"), .judged(["memory-pressure"])),
            CoverageEntry(.resource("orphans"), .judged(["orphans-near-limit"])),
            CoverageEntry(
                .resource("TIME_WAIT limit"), .judged(["timewait-cap-near", "timewait-overflow"])),
            CoverageEntry(
                .resource("connection tracking table"),
                .judged(["conntrack-near-full", "conntrack-timewait-longer", "conntrack-dropping"])),
        ] + outOfSight.map { CoverageEntry(.resource($0.what), .notJudged($0.reason)) }

    /// What makes connections fail and no rule can see, most frequent first, each with where to look.
    static let outOfSight: [(what: String, reason: String)] = [
        ("routes", "not read: ip route get ADDRESS"),
        ("filter rules (nftables, XDP, tc, BPF)", "not read: nft list ruleset, bpftool net"),
        ("the path to peers", "this host cannot see what is on the path: tracepath, tcpdump"),
        (
            "drops of network cards and packet queues",
            "not read: ip -s link, tc -s qdisc"
        ),
        ("the neighbour table", "link-layer addresses are not read: ip -s neigh"),
        (
            "programs that read but do not answer",
            "only the program knows what a request is: its log, or a stack of its threads"
        ),
        (
            "programs' own ranges of fewer than 64 ports",
            "so few consecutive ports may be chance: the program's configuration"
        ),
    ]
}
