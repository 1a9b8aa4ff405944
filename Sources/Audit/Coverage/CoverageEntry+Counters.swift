extension CoverageEntry {
    /// The counters that rules read.
    static let counters: [CoverageEntry] = joined([
        droppedCounters,
        otherDrops,
        counters("Tcp", ["RetransSegs"], .judged(["retransmitting", "last-ack-stuck"])),
        counters("Tcp", ["OutSegs"], .judged(["retransmitting"])),
        counters("Tcp", ["ActiveOpens"], .judged(["resets-high", "syn-retransmitting"])),
        counters(
            "Tcp", ["PassiveOpens"], .judged(["resets-high", "syn-queue-full", "clients-refused"])),
        counters("Tcp", ["EstabResets"], .judged(["resets-high"])),
        counters(
            "Tcp", ["AttemptFails"],
            .judged(["resets-high", "syn-retransmitting", "clients-refused"])),
        counters("TcpExt", ["EmbryonicRsts"], .judged(["resets-high", "clients-refused"])),
        counters("Tcp", ["CurrEstab"], .notJudged("the number of open connections is no fault")),
        counters("Tcp", ["InSegs"], .judged(["syn-retransmitting", "resets-high"])),
        counters("TcpExt", ["TCPSynRetrans"], .judged(["retransmitting", "syn-retransmitting"])),
        counters("TcpExt", ["TCPTimeouts"], .judged(["retransmitting"])),
        counters("TcpExt", ["ListenOverflows"], .judged(["queue-overflowing", "backlog-limited"])),
        counters(
            "TcpExt", ["TCPReqQFullDoCookies", "TCPReqQFullDrop"], .judged(["syn-queue-full"])),
        counters(
            "TcpExt", ["SyncookiesSent", "SyncookiesRecv", "SyncookiesFailed"],
            .judged(["syn-cookies-sent"])),
        counters(
            "TcpExt", ["TCPDeferAcceptDrop"],
            .notJudged("it counts each bare ACK that TCP_DEFER_ACCEPT ignores: no fault")),
        counters(
            "TcpExt", ["TCPTimeWaitOverflow"],
            .judged(["timewait-overflow", "timewait-cap-near"])),
        counters(
            "TcpExt", ["TWRecycled", "TW", "TWKilled"],
            .notJudged("it counts reuse and closed connections, not a fault")),
        counters(
            "TcpExt", ["PAWSTimewait", "TSEcrRejected", "PAWSEstab"],
            .judged(["paws-rejecting"])),
        counters("TcpExt", ["PAWSPassive"], .judged(["setting-removed"])),
        counters(
            "TcpExt", ["TCPAbortOnMemory"],
            .judged(["memory-pressure", "orphans-near-limit", "resets-high", "clients-refused"])),
        counters(
            "TcpExt", ["TCPAbortOnClose", "TCPAbortOnData"],
            .judged(["resets-high", "clients-refused"])),
        counters(
            "TcpExt", ["TCPAbortOnTimeout"],
            .judged(["peers-silent", "resets-high", "clients-refused"])),
        counters(
            "TcpExt", ["TCPPureAcks", "TCPHPAcks", "TCPOrigDataSent"],
            .notJudged(
                "it counts acknowledgements and data, which tell checks from requests")),
        counters("TcpExt", ["TCPKeepAlive"], .notJudged("a probe is no fault: the answer matters")),
        counters("TcpExt", ["TCPAbortOnLinger"], .judged(["clients-refused"])),
        counters("TcpExt", ["TCPMemoryPressures"], .judged(["memory-pressure"])),
        counters(
            "TcpExt", ["PruneCalled", "RcvPruned", "OfoPruned", "TCPRcvQDrop"],
            .judged(["memory-pressure"])),
        counters("sockstat.TCP", ["mem"], .judged(["memory-pressure", "orphans-near-limit"])),
        counters("sockstat.TCP", ["orphan"], .judged(["orphans-near-limit"])),
        counters("sockstat.TCP", ["tw"], .judged(["timewait-cap-near", "timewait-overflow"])),
        counters(
            "sockstat.TCP", ["inuse", "alloc"],
            .notJudged("the number of sockets is no fault")),
        counters(
            "nf_conntrack", ["count", "max"],
            .judged(["conntrack-near-full", "conntrack-timewait-longer", "conntrack-dropping"])),
        counters(
            "nf_conntrack", ["drop", "early_drop", "insert_failed", "clash_resolve"],
            .judged(["conntrack-dropping"])),
    ])
}
