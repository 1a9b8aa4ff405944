extension CoverageEntry {
    /// What there is only so much of.
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
                .resource("packets taken before TCP saw them"), .judged(["clients-refused"])),
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

    /// What fails connections and no rule can see, in the order of how often it does, each with where to look.
    static let outOfSight: [(what: String, reason: String)] = [
        ("routes", "not read: ip route get ADDRESS"),
        ("filter rules (nftables, XDP, tc, BPF)", "not read: nft list ruleset, bpftool net"),
        ("the path to peers", "what lies between is not seen from here: tracepath, tcpdump"),
        (
            "drops of network cards and of queues of packets",
            "not read: ip -s link, tc -s qdisc"
        ),
        ("the neighbour table", "link-layer addresses are not read: ip -s neigh"),
        (
            "programs that read and do not answer",
            "what a request is only the program knows: its log, or a stack of its threads"
        ),
        (
            "programs' own ranges of fewer than 64 ports",
            "so few side by side may be chance: the program's configuration"
        ),
    ]
}
