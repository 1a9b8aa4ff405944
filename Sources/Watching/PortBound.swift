package import Model

/// How many ports each destination can have in use at most, told by counters since the last dump.
///
/// A port that was in use then is in use still, unless its TIME_WAIT has ended; a port that was taken since belongs to a
/// connection that was opened since, and `Tcp.ActiveOpens` counts those of all destinations together. So
/// used ≤ used then − TIME_WAIT that ended since + connections opened since; no dump can find more.
package struct PortBound: Sendable {
    /// A destination at the dump.
    private struct Place: Sendable {
        let tuple: Tuple
        let used: Int
        let usable: Int
        /// Closings by whole seconds before the dump; those at a place k end 60 − k seconds after it at the latest.
        let closings: [Int]
    }

    private let places: [Place]
    private let time: Double
    private let opens: Int64
    /// The fullest that was not kept one by one, and the fewest ports of any.
    private let usedByOthers: Int
    private let usableByOthers: Int

    /// Seconds that a socket stays in TIME_WAIT, and how late the kernel's timer wheel may end it.
    ///
    /// Measured: 61.4 to 61.9 s until the port is free again.
    static let longestHold = 62.0

    /// - Parameters:
    ///   - tuples: the fullest, with the ports that each can have.
    ///   - usable: ports for a destination that no socket leads to yet.
    ///   - counters: as of the dump; nil where `ActiveOpens` is not reported.
    package init?(
        tuples: [(ledger: PortLedger, usable: Int)], usable: Int, areAll: Bool,
        counters: CounterSample
    ) {
        guard let opens = counters[.activeOpens] else { return nil }
        places = tuples.map {
            Place(
                tuple: $0.ledger.tuple, used: $0.ledger.used, usable: $0.usable,
                closings: $0.ledger.closings)
        }
        time = counters.time
        self.opens = opens
        usedByOthers = areAll ? 0 : tuples.map(\.ledger.used).min() ?? 0
        usableByOthers = usable
    }

    /// Whether some destination may have passed a share of its ports since the dump, that it was below then.
    package func mayHavePassed(_ shares: [Double], at now: CounterSample) -> Bool {
        guard let opens = now[.activeOpens] else { return true }
        let opened = Int(max(0, opens - self.opens))
        for place in places where place.usable > 0 {
            let bound = place.used - ended(place, by: now.time) + opened
            if Self.passes(shares, from: place.used, to: bound, of: place.usable) { return true }
        }
        return Self.passes(
            shares, from: usedByOthers, to: usedByOthers + opened, of: usableByOthers)
    }

    /// The most ports that a destination can have in use; nil for one that was not kept.
    package func most(for tuple: Tuple, at now: CounterSample) -> Int? {
        guard let place = places.first(where: { $0.tuple == tuple }), let opens = now[.activeOpens]
        else { return nil }
        return place.used - ended(place, by: now.time) + Int(max(0, opens - self.opens))
    }

    /// TIME_WAIT that has certainly ended since the dump.
    private func ended(_ place: Place, by now: Double) -> Int {
        var count = 0
        for (second, closings) in place.closings.enumerated()
        where Double(second) + (now - time) >= Self.longestHold {
            count += closings
        }
        return count
    }

    private static func passes(
        _ shares: [Double], from used: Int, to bound: Int, of usable: Int
    ) -> Bool {
        shares.contains { share in
            let limit = share * Double(usable)
            return Double(used) < limit && Double(bound) >= limit
        }
    }
}
