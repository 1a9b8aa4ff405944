import HostState

/// Owners that the snapshots tell, ready to be asked about tuples that have none.
struct KnownOwners: Sendable {
    private let before: [Tuple: Owner]
    private let byDestination: [Destination: (source: IPAddress, owner: Owner)]
    private let seconds: Double

    private struct Destination: Hashable {
        let address: IPAddress
        let port: UInt16

        init(_ tuple: Tuple) {
            address = tuple.destination
            port = tuple.port
        }
    }

    init(_ view: Observation.View) {
        let known = { (snapshot: Snapshot) in
            snapshot.tuples.filter { $0.owner.confidence != .unknown }
        }
        byDestination = Dictionary(
            known(view.now).map { (Destination($0.tuple), ($0.tuple.source, $0.owner)) }
        ) { first, _ in first }
        let seconds = view.earlier.map { view.now.uptime - $0.uptime } ?? 0
        self.seconds = seconds
        let old = seconds > 0 ? view.earlier.map(known) ?? [] : []
        before = Dictionary(old.map { ($0.tuple, $0.owner) }) { first, _ in first }
    }

    /// Who possibly owns the sockets of a tuple, by what stands beside it or was there before; nil if nothing tells.
    func possible(for tuple: Tuple) -> Owner? {
        if var owner = before[tuple] {
            owner.confidence = .possible
            owner.reason = "held sockets to the same destination \(seconds.duration) before"
            return owner
        }
        guard let same = byDestination[Destination(tuple)] else { return nil }
        var owner = same.owner
        owner.confidence = .possible
        owner.reason = "has sockets to the same destination from \(same.source)"
        return owner
    }
}
