/// A counter or gauge of the kernel by which connections are followed from second to second.
///
/// Group and name are those of ``Counters``, as the kernel spells them.
public enum FollowedCounter: Int, Sendable, Hashable, CaseIterable {
    case activeOpens, passiveOpens, attemptFails, establishedResets, established
    case segmentsSent, segmentsRetransmitted, resetsSent
    case timeWaits, timeWaitsKilled, timeWaitsRecycled, timeWaitOverflows
    case listenOverflows, listenDrops
    case socketsInUse, socketsInUseIPv6, orphans, socketsInTimeWait

    /// How much of something there is now, not how often something happened.
    public var isGauge: Bool {
        switch self {
        case .established, .socketsInUse, .socketsInUseIPv6, .orphans, .socketsInTimeWait: true
        default: false
        }
    }

    public var group: String {
        switch self {
        case .activeOpens, .passiveOpens, .attemptFails, .establishedResets, .established,
            .segmentsSent, .segmentsRetransmitted, .resetsSent:
            "Tcp"
        case .timeWaits, .timeWaitsKilled, .timeWaitsRecycled, .timeWaitOverflows,
            .listenOverflows, .listenDrops:
            "TcpExt"
        case .socketsInUse, .orphans, .socketsInTimeWait: "sockstat.TCP"
        case .socketsInUseIPv6: "sockstat6.TCP6"
        }
    }

    public var name: String {
        switch self {
        case .activeOpens: "ActiveOpens"
        case .passiveOpens: "PassiveOpens"
        case .attemptFails: "AttemptFails"
        case .establishedResets: "EstabResets"
        case .established: "CurrEstab"
        case .segmentsSent: "OutSegs"
        case .segmentsRetransmitted: "RetransSegs"
        case .resetsSent: "OutRsts"
        case .timeWaits: "TW"
        case .timeWaitsKilled: "TWKilled"
        case .timeWaitsRecycled: "TWRecycled"
        case .timeWaitOverflows: "TCPTimeWaitOverflow"
        case .listenOverflows: "ListenOverflows"
        case .listenDrops: "ListenDrops"
        case .socketsInUse, .socketsInUseIPv6: "inuse"
        case .orphans: "orphan"
        case .socketsInTimeWait: "tw"
        }
    }
}
