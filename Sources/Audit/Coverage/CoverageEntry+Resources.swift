import Model

extension CoverageEntry {
    /// Resources with a limit.
    static let resources: [CoverageEntry] =
        [
            CoverageEntry(
                .resource("ephemeral ports of a destination"),
                .judged([
                    .portsExhausting, .portsSlow, .portsForecast, .loopbackExhausting,
                    .reuseDisabled, .portRangeNarrow,
                ])),
            CoverageEntry(
                .resource("distinct local ports of a source address"),
                .judged([.bindPortsExhausting, .bindBeforeConnect])),
            CoverageEntry(
                .resource("ports of a program's own range (bind(), IP_LOCAL_PORT_RANGE)"),
                .judged([.ownRangeExhausting])),
            CoverageEntry(
                .resource("local addresses of connections"), .judged([.addressGone])),
            CoverageEntry(
                .resource("receive queues of connections"), .judged([.readStalled])),
            CoverageEntry(
                .resource("windows of peers"), .judged([.peersNotReading])),
            CoverageEntry(.resource("the loopback interface"), .judged([.loopbackDown])),
            CoverageEntry(
                .resource("packets dropped before TCP saw them"), .judged([.clientsRefused])),
            CoverageEntry(
                .resource("sockets of Multipath TCP"), .judged([.closeWaitLeak]),
                needs: [.mptcp]),
            CoverageEntry(
                .resource("ports of bound, unconnected sockets"),
                .judged([.boundIdle, .portRangeNarrow]), needs: [.boundSockets]),
            CoverageEntry(
                .resource("privileged ports (512 to 1023)"),
                .judged([.privilegedPortsNearLimit])),
            CoverageEntry(
                .resource("accept queues"),
                .judged([.queueOverflowing, .acceptStalled, .backlogLimited])),
            CoverageEntry(
                .resource("SYN queues"),
                .judged([.synQueueFull, .synCookiesSent, .syncookiesOff])),
            CoverageEntry(
                .resource("accept queues of Unix sockets"),
                .judged([.unixQueueOverflowing])),
            CoverageEntry(
                .resource("descriptors of processes"), .judged([.descriptorsNearLimit])),
            CoverageEntry(.resource("open files of the host"), .judged([.filesNearLimit])),
            CoverageEntry(.resource("TCP memory"), .judged([.memoryPressure])),
            CoverageEntry(.resource("memory stalls of the host"), .judged([.memoryPressure])),
            CoverageEntry(.resource("orphans"), .judged([.orphansNearLimit])),
            CoverageEntry(
                .resource("TIME_WAIT limit"), .judged([.timewaitCapNear, .timewaitOverflow])),
            CoverageEntry(
                .resource("connection tracking table"),
                .judged([.conntrackNearFull, .conntrackTimewaitLonger, .conntrackDropping])),
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
