extension CoverageEntry {
    /// Settings, and what sets them.
    static let settings: [CoverageEntry] = [
        CoverageEntry(
            .settings("lines of the boot-time files"),
            .judged([
                "setting-removed", "setting-unknown", "setting-shadowed", "setting-drifted",
                "setting-misread",
            ])),
        CoverageEntry(
            .settings("settings with a misleading name"),
            .judged(["fin-timeout-trap", "rfc1337", "timewait-cap-near", "setting-misread"])),
        CoverageEntry(
            .settings("settings that protect"),
            .judged(["syncookies-off", "reuse-disabled", "port-range-narrow"])),
        CoverageEntry(
            .settings("settings that cripple every connection"), .judged(["setting-harmful"])),
        CoverageEntry(
            .settings("one setting in several namespaces"), .judged(["namespace-differs"])),
        CoverageEntry(
            .settings("what a newer kernel does better"), .judged(["kernel-upgrade-helps"])),
    ]

    /// The fields of a snapshot: what of it the judgement rests on.
    static let fields: [CoverageEntry] = [
        field("namespace", .judged(["namespace-differs"])),
        field("time", .notJudged("says when the snapshot was taken")),
        field(
            "uptime",
            .notJudged(
                "gives the time between two snapshots, on which rates are based")),
        field("source", .notJudged("says how sockets were read")),
        field("dumpSeconds", .notJudged("says how long reading took")),
        field(
            "states", .judged(["close-wait-leak", "last-ack-stuck", "conntrack-timewait-longer"])),
        field("withoutInode", .judged(["fin-wait2-orphans", "fin-wait2-held"])),
        field("retransmitting", .judged(["peers-silent", "fin-wait1-stuck"])),
        field("closings", .judged(["ports-forecast"])),
        field("tuples", .judged(["ports-exhausting", "ports-slow", "ports-forecast"])),
        field("tupleCount", .notJudged("says how many destinations are not listed")),
        field(
            "socketsInTuplesLeftOut",
            .notJudged("counts destinations with the fewest sockets, far from any port limit")),
        field("listeners", .judged(["queue-overflowing", "syn-queue-full", "backlog-limited"])),
        field("boundPorts", .judged(["port-range-narrow"])),
        field("bound", .judged(["bound-idle"])),
        field(
            "sourcePorts", .judged(["bind-ports-exhausting", "privileged-ports-near-limit"])),
        field("formerListeners", .notJudged("a server that ended is no fault"), [.formerListeners]),
        field("selfConnected", .judged(["self-connected"])),
        field("stateSamples", .notJudged("names only owners"), [.stateSamples]),
        field("unixListeners", .judged(["unix-queue-overflowing"])),
        field("goneAddresses", .judged(["address-gone"])),
        field("portBlocks", .judged(["own-range-exhausting"])),
        field("unreadOutgoing", .judged(["read-stalled"])),
        field("stalledPeers", .judged(["peers-not-reading", "peers-silent"])),
        field("loopbackUp", .judged(["loopback-down"])),
        field("mptcp", .judged(["close-wait-leak"]), [.mptcp]),
        field("counters", .judged(["queue-overflowing", "retransmitting", "resets-high"])),
        field("settings", .judged(["fin-timeout-trap", "reuse-disabled", "setting-drifted"])),
        field("strayAssignments", .judged(["setting-unknown", "setting-removed"])),
        field("processes", .judged(["descriptors-near-limit"])),
        field("endings", .judged(["ports-forecast"])),
        field("unseen", .notJudged("says what could not be read")),
    ]

    private static func field(
        _ name: String, _ standing: Standing, _ needs: [CoverageNeed] = []
    ) -> CoverageEntry {
        CoverageEntry(.field(name), standing, needs: needs)
    }
}
