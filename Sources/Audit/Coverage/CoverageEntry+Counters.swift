import Model

extension CoverageEntry {
    /// The counters that rules read.
    static let counters: [CoverageEntry] = joined([
        droppedCounters,
        otherDrops,
        counters("Tcp", ["RetransSegs"], .judged([.retransmitting, .lastAckStuck])),
        counters("Tcp", ["OutSegs"], .judged([.retransmitting])),
        counters("Tcp", ["ActiveOpens"], .judged([.resetsHigh, .synRetransmitting])),
        counters(
            "Tcp", ["PassiveOpens"], .judged([.resetsHigh, .synQueueFull, .clientsRefused])),
        counters("Tcp", ["EstabResets"], .judged([.resetsHigh])),
        counters(
            "Tcp", ["AttemptFails"],
            .judged([.resetsHigh, .synRetransmitting, .clientsRefused])),
        counters("TcpExt", ["EmbryonicRsts"], .judged([.resetsHigh, .clientsRefused])),
        counters("Tcp", ["CurrEstab"], .notJudged("the number of open connections is no fault")),
        counters("Tcp", ["InSegs"], .judged([.synRetransmitting, .resetsHigh])),
        counters("TcpExt", ["TCPSynRetrans"], .judged([.retransmitting, .synRetransmitting])),
        counters("TcpExt", ["TCPTimeouts"], .judged([.retransmitting])),
        counters("TcpExt", ["ListenOverflows"], .judged([.queueOverflowing, .backlogLimited])),
        counters(
            "TcpExt", ["TCPReqQFullDoCookies", "TCPReqQFullDrop"], .judged([.synQueueFull])),
        counters(
            "TcpExt", ["SyncookiesSent", "SyncookiesRecv", "SyncookiesFailed"],
            .judged([.synCookiesSent])),
        counters(
            "TcpExt", ["TCPDeferAcceptDrop"],
            .notJudged("it counts each bare ACK that TCP_DEFER_ACCEPT ignores: no fault")),
        counters(
            "TcpExt", ["TCPTimeWaitOverflow"],
            .judged([.timewaitOverflow, .timewaitCapNear])),
        counters(
            "TcpExt", ["TWRecycled", "TW", "TWKilled"],
            .notJudged("it counts reuse and closed connections, not a fault")),
        counters(
            "TcpExt", ["PAWSTimewait", "TSEcrRejected", "PAWSEstab"],
            .judged([.pawsRejecting])),
        counters("TcpExt", ["PAWSPassive"], .judged([.settingRemoved])),
        counters(
            "TcpExt", ["TCPAbortOnMemory"],
            .judged([.memoryPressure, .orphansNearLimit, .resetsHigh, .clientsRefused])),
        counters(
            "TcpExt", ["TCPAbortOnClose", "TCPAbortOnData"],
            .judged([.resetsHigh, .clientsRefused])),
        counters(
            "TcpExt", ["TCPAbortOnTimeout"],
            .judged([.peersSilent, .resetsHigh, .clientsRefused])),
        counters(
            "TcpExt", ["TCPPureAcks", "TCPHPAcks", "TCPOrigDataSent"],
            .notJudged(
                "it counts acknowledgements and data, which tell checks from requests")),
        counters("TcpExt", ["TCPKeepAlive"], .notJudged("a probe is no fault: the answer matters")),
        counters("TcpExt", ["TCPAbortOnLinger"], .judged([.clientsRefused])),
        counters("TcpExt", ["TCPMemoryPressures"], .judged([.memoryPressure])),
        counters(
            "TcpExt", ["PruneCalled", "RcvPruned", "OfoPruned", "TCPRcvQDrop"],
            .judged([.memoryPressure])),
        counters("sockstat.TCP", ["mem"], .judged([.memoryPressure, .orphansNearLimit])),
        counters("sockstat.TCP", ["orphan"], .judged([.orphansNearLimit])),
        counters("sockstat.TCP", ["tw"], .judged([.timewaitCapNear, .timewaitOverflow])),
        counters(
            "sockstat.TCP", ["inuse", "alloc"],
            .notJudged("the number of sockets is no fault")),
        counters(
            "nf_conntrack", ["count", "max"],
            .judged([.conntrackNearFull, .conntrackTimewaitLonger, .conntrackDropping])),
        counters(
            "nf_conntrack", ["drop", "early_drop", "insert_failed", "clash_resolve"],
            .judged([.conntrackDropping])),
    ])
}
