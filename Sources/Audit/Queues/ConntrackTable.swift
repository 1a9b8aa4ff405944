import Model
import Text

/// The connection tracking table of one namespace: its entries, and the limit, which is one for the host.
struct ConntrackTable {
    static let key = "net.netfilter.nf_conntrack_max"
    /// An entry's slab size (`struct nf_conn`, 248 B in a slab of 256).
    static let entryBytes: Int64 = 256

    let count: Int64
    let maximum: Int64

    /// Nil if there is no tracking, or no limit (`nf_conntrack_max = 0`).
    init?(_ situation: Situation) {
        guard let count = situation.counter("nf_conntrack", "count"), count >= 0,
            let maximum = situation.counter("nf_conntrack", "max") ?? situation.number(Self.key),
            maximum > 0
        else { return nil }
        self.count = count
        self.maximum = maximum
    }

    var ratio: Double { Double(count) / Double(maximum) }

    /// Findings mention entries that outlive their socket from this share of the table's entries on.
    static let worthyShare = 0.1

    /// Entries of closed connections that no socket needs any more, if they are a substantial part of the table.
    ///
    /// The table does not tell TCP from UDP, so they are estimated from this namespace's own TIME_WAIT: a table full of
    /// DNS has none. What a gateway forwards leaves no sockets here and cannot be known. Nil if there are few.
    func closedEntries(in situation: Situation, timeout: Int64) -> Int64? {
        let surplus = ConntrackTimewaitLonger.surplus(
            timeWait: max(0, situation.now.states[.timeWait]), timeout: timeout)
        return surplus > 0 && Double(surplus) >= Self.worthyShare * Double(count) ? surplus : nil
    }

    /// The limit doubled, for a command that raises it; within what the sysctl takes.
    var doubled: Int64 { min(maximum, Int64(Int32.max) / 2) * 2 }

    /// What the doubled limit costs when it is used.
    var doublingCost: String { (max(0, doubled - maximum) * Self.entryBytes).bytes }

    func raise(in situation: Situation) -> Remedy {
        let isHost = situation.now.namespace.isInit != false
        return .writing(
            Self.key, String(doubled), in: situation,
            text: "raise the limit"
                + (isHost
                    ? ""
                    : ", on the host: it is read-only in this namespace")
                + "; raise nf_conntrack_buckets with it, or lookups become slower",
            effect: "room for \(doubled.grouped) entries; the current \(count.grouped) fill "
                + "\((Double(count) / Double(max(1, doubled))).percent) of it",
            risk: "up to \(doublingCost) more of kernel memory that cannot be swapped")
    }
}

extension Situation {
    /// The share of the connection tracking table that is full; nil without tracking, or without a limit.
    package var trackedRatio: Double? { ConntrackTable(self)?.ratio }
}
