import Model

extension CoverageEntry {
    /// Settings, and what sets them.
    static let settings: [CoverageEntry] = [
        CoverageEntry(
            .settings("lines of the boot-time files"),
            .judged([
                .settingRemoved, .settingUnknown, .settingShadowed, .settingDrifted,
                .settingMisread,
            ])),
        CoverageEntry(
            .settings("settings with a misleading name"),
            .judged([.finTimeoutTrap, .rfc1337, .timewaitCapNear, .settingMisread])),
        CoverageEntry(
            .settings("settings that protect"),
            .judged([.syncookiesOff, .reuseDisabled, .portRangeNarrow])),
        CoverageEntry(
            .settings("settings that cripple every connection"), .judged([.settingHarmful])),
        CoverageEntry(
            .settings("one setting in several namespaces"), .judged([.namespaceDiffers])),
        CoverageEntry(
            .settings("what a newer kernel does better"), .judged([.kernelUpgradeHelps])),
    ]

    /// The fields of a snapshot: what of it the judgement rests on.
    static let fields: [CoverageEntry] = [
        field("namespace", .judged([.namespaceDiffers])),
        field("time", .notJudged("says when the snapshot was taken")),
        field(
            "uptime",
            .notJudged(
                "gives the time between two snapshots, on which rates are based")),
        field("source", .notJudged("says how sockets were read")),
        field("dumpSeconds", .notJudged("says how long reading took")),
        field(
            "states", .judged([.closeWaitLeak, .lastAckStuck, .conntrackTimewaitLonger])),
        field("withoutInode", .judged([.finWait2Orphans, .finWait2Held])),
        field("retransmitting", .judged([.peersSilent, .finWait1Stuck])),
        field("closings", .judged([.portsForecast])),
        field("tuples", .judged([.portsExhausting, .portsSlow, .portsForecast])),
        field("tupleCount", .notJudged("says how many destinations are not listed")),
        field(
            "socketsInTuplesLeftOut",
            .notJudged("counts destinations with the fewest sockets, far from any port limit")),
        field("listeners", .judged([.queueOverflowing, .synQueueFull, .backlogLimited])),
        field("boundPorts", .judged([.portRangeNarrow])),
        field("bound", .judged([.boundIdle])),
        field(
            "sourcePorts", .judged([.bindPortsExhausting, .privilegedPortsNearLimit])),
        field("formerListeners", .notJudged("a server that ended is no fault"), [.formerListeners]),
        field("selfConnected", .judged([.selfConnected])),
        field(
            "stateSamples", .notJudged("tells whose sockets are, and since when"), [.stateSamples]),
        field("unixListeners", .judged([.unixQueueOverflowing])),
        field("goneAddresses", .judged([.addressGone])),
        field("portBlocks", .judged([.ownRangeExhausting])),
        field("unreadOutgoing", .judged([.readStalled])),
        field("stalledPeers", .judged([.peersNotReading, .peersSilent])),
        field("loopbackUp", .judged([.loopbackDown])),
        field("mptcp", .judged([.closeWaitLeak]), [.mptcp]),
        field("counters", .judged([.queueOverflowing, .retransmitting, .resetsHigh])),
        field("settings", .judged([.finTimeoutTrap, .reuseDisabled, .settingDrifted])),
        field("strayAssignments", .judged([.settingUnknown, .settingRemoved])),
        field("processes", .judged([.descriptorsNearLimit])),
        field("endings", .judged([.portsForecast])),
        field("unseen", .notJudged("says what could not be read")),
    ]

    private static func field(
        _ name: String, _ judgement: Judgement, _ needs: [CoverageNeed] = []
    ) -> CoverageEntry {
        CoverageEntry(.field(name), judgement, needs: needs)
    }
}
