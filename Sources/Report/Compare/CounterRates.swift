import Model
import Statistics

/// How fast counters of trouble grew at the two times.
///
/// A counter counts since boot, so its value alone compares nothing. A snapshot with an interval has a rate of its own; the
/// second of two snapshots of one boot has what was added since the first.
struct CounterRates {
    private var pairs: [(name: String, title: String, before: Double, after: Double)] = []
    /// Where the rates come from.
    private(set) var note: String?

    private static let counters: [(group: String, name: String, title: String)] = [
        ("TcpExt", "ListenOverflows", "connections that a full accept queue refused"),
        ("TcpExt", "ListenDrops", "connections that listeners dropped"),
        ("TcpExt", "TCPTimeWaitOverflow", "TIME_WAITs cut short at tcp_max_tw_buckets"),
        ("TcpExt", "TCPReqQFullDrop", "SYNs that a full SYN queue dropped"),
        ("TcpExt", "TCPReqQFullDoCookies", "SYN cookies sent for a full SYN queue"),
        ("TcpExt", "TCPAbortOnMemory", "connections aborted for memory"),
        ("TcpExt", "TCPSynRetrans", "retransmitted SYNs"),
        ("Tcp", "RetransSegs", "retransmitted segments"),
        ("Tcp", "AttemptFails", "connections that failed to open"),
        ("nf_conntrack", "drop", "packets that a full conntrack table dropped"),
        ("nf_conntrack", "insert_failed", "entries that conntrack could not insert"),
        ("nf_conntrack", "early_drop", "entries that conntrack evicted"),
    ]

    /// A second; what happens less often is no trouble, and too little to be seen in an interval.
    private static let least = 0.1

    /// Nothing where one of the two is an audit's JSON, which has no counters.
    init(_ first: SavedAudit.Space, _ second: SavedAudit.Space, isSameBoot: Bool) {
        guard let first = first.snapshot, let second = second.snapshot else { return }
        let between = second.now.uptime - first.now.uptime
        let isLater =
            isSameBoot && first.now.namespace.inode == second.now.namespace.inode && between >= 1
        for counter in Self.counters {
            let own = Self.own(second, counter.group, counter.name)
            let since = isLater ? Self.growth(first, second, counter.group, counter.name) : nil
            let after = own ?? since.map { $0 / between }
            let before =
                Self.own(first, counter.group, counter.name)
                ?? Self.average(first.now, counter.group, counter.name)
            guard let before, let after, max(before, after) >= Self.least else { continue }
            pairs.append((counter.name, counter.title, before, after))
        }
        guard !pairs.isEmpty else { return }
        let (isFirstOwn, isSecondOwn) = (first.earlier != nil, second.earlier != nil)
        if !isFirstOwn || !isSecondOwn {
            note =
                "counter rates: before, "
                + (isFirstOwn ? "over its interval" : "average since boot") + "; after, "
                + (isSecondOwn ? "over its interval" : "since the first document")
                + " (audit --interval gives each its own)"
        }
    }

    private static func own(
        _ view: Observation.View, _ group: String, _ name: String
    ) -> Double? {
        guard let earlier = view.earlier else { return nil }
        let seconds = view.now.uptime - earlier.uptime
        guard seconds > 0 else { return nil }
        return growth(Observation.View(now: earlier), view, group, name).map { $0 / seconds }
    }

    private static func growth(
        _ first: Observation.View, _ second: Observation.View, _ group: String, _ name: String
    ) -> Double? {
        guard let old = first.now.counters[group, name], let new = second.now.counters[group, name],
            old >= 0, new >= old
        else { return nil }
        return Double(new) - Double(old)
    }

    /// Of the host's first namespace only: of others the age is not known.
    private static func average(_ snapshot: Snapshot, _ group: String, _ name: String) -> Double? {
        guard snapshot.namespace.isInit == true, snapshot.uptime >= 1,
            let total = snapshot.counters[group, name], total >= 0
        else { return nil }
        return Double(total) / snapshot.uptime
    }

    func before(of whole: String) -> [Metric] { metrics(of: whole) { $0.before } }
    func after(of whole: String) -> [Metric] { metrics(of: whole) { $0.after } }

    private func metrics(
        of whole: String,
        _ value: ((name: String, title: String, before: Double, after: Double)) -> Double
    ) -> [Metric] {
        pairs.map {
            Metric(
                Measure("\($0.name)_per_second", $0.title, .perSecond, better: .down), of: whole,
                [value($0)], basis: .fact(isFlowing: false))
        }
    }
}
