import Model
import Text

/// Owners known from the snapshots, to be asked about tuples that have none.
struct KnownOwners: Sendable {
    private let before: [Known]
    private let now: [Known]
    private let seconds: Double

    /// The owners that are known are few, those of the fullest tuples: searched one by one, when one is asked for.
    private struct Known {
        let tuple: Tuple
        let owner: Owner
    }

    init(_ view: Observation.View) {
        let known = { (snapshot: Snapshot) in
            snapshot.tuples.compactMap {
                $0.owner.confidence == .unknown ? nil : Known(tuple: $0.tuple, owner: $0.owner)
            }
        }
        now = known(view.now)
        let seconds = view.earlier.map { view.now.uptime - $0.uptime } ?? 0
        self.seconds = seconds
        before = seconds > 0 ? view.earlier.map(known) ?? [] : []
    }

    /// Who possibly owns the sockets of a tuple, from a similar tuple or from the earlier snapshot; nil if nothing
    /// shows it.
    func possible(for tuple: Tuple) -> Owner? {
        if var owner = before.first(where: { $0.tuple == tuple })?.owner {
            owner.confidence = .possible
            owner.reason = "had sockets to the same destination \(seconds.duration) earlier"
            return owner
        }
        let same = now.first {
            $0.tuple.destination == tuple.destination && $0.tuple.port == tuple.port
        }
        guard let same else { return nil }
        var owner = same.owner
        owner.confidence = .possible
        owner.reason = "has sockets to the same destination from \(same.tuple.source)"
        return owner
    }
}
