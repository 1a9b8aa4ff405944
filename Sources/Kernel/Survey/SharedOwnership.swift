import Model
import Text

/// The owner of a tuple, in words that say no more than was looked at.
struct SharedOwnership {
    /// One for each program that was found, most sockets first.
    private(set) var shares: [OwnerShare]
    /// Nil where none was found.
    let owner: Owner?

    /// - Parameters:
    ///   - shares: by program; of the sockets looked at, or of all where they were counted.
    ///   - isCounted: whether every live socket was looked at.
    init(_ ledger: PortLedger, shares: [OwnerShare], isCounted: Bool) {
        let live = ledger.used - ledger.states[.timeWait] - ledger.withoutInode
        let looked = ledger.samples.count
        let isAll = isCounted || looked >= live
        self.shares = shares.map { share in
            var share = share
            share.owner.confidence = .likely
            share.owner.reason =
                isAll
                ? "has \(Self.connections(share.sockets)) to the same destination"
                : "has \(share.sockets) of the \(looked) open connections checked"
            return share
        }
        guard var first = self.shares.first?.owner else {
            owner = nil
            return
        }
        let found = shares.reduce(0) { $0 + $1.sockets }
        let others = self.shares.dropFirst().map { share in
            "\(share.owner.name ?? "another program") \(isAll ? "has" : "holds") \(share.sockets.grouped)"
        }
        if !others.isEmpty { first.reason += "; " + others.prefix(3).joined(separator: ", ") }
        if !isAll, found < looked {
            first.reason +=
                "; the short search did not find who has the others (--processes searches all)"
            if found * 2 < looked { first.confidence = .possible }
        }
        owner = first
    }

    private static func connections(_ count: Int) -> String {
        count == 1 ? "an open connection" : "\(count.grouped) open connections"
    }
}
