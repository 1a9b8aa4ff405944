import Model

/// An earlier snapshot, ready to be asked about the tuples of a later one.
struct SnapshotComparison {
    let seconds: Double
    /// The tuples of the earlier snapshot.
    let before: [Tuple: PortLedger]
    /// True if the earlier snapshot lists every tuple, so that a missing one had no socket.
    private let isComplete: Bool
    private let ended: [Tuple: Int]

    /// Nil without an earlier snapshot, or with one that is not earlier.
    init?(_ view: Observation.View) {
        guard let earlier = view.earlier else { return nil }
        seconds = view.now.uptime - earlier.uptime
        guard seconds > 0, seconds.isFinite else { return nil }
        before = Dictionary(earlier.tuples.map { ($0.tuple, $0) }) { first, _ in first }
        isComplete = earlier.socketsInTuplesLeftOut == 0
        ended = Dictionary(view.now.endings.map { ($0.tuple, $0.count) }) { first, _ in first }
    }

    /// What the earlier snapshot adds to the tuple; nil if it may have had sockets that were not listed.
    func earlier(_ ledger: PortLedger) -> EarlierTuple? {
        let old = before[ledger.tuple]
        guard old != nil || isComplete else { return nil }
        return EarlierTuple(
            ledger, before: old, ended: ended[ledger.tuple], seconds: seconds)
    }
}
