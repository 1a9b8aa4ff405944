import Model

/// What a live socket of a tuple tells of all its connections: whether they use timestamps.
enum ConnectionOptions {
    /// So many tuples are asked about, a few microseconds each: a finding is about the fullest.
    static let mostTuples = 16

    /// Asks one live socket of each tuple that holds a tenth of the range, in the namespace of the calling thread.
    static func fill(_ snapshot: inout Snapshot, range: ClosedRange<UInt16>) {
        let least = OwnerAttribution.pressingRatio * Double(range.count)
        let places = snapshot.tuples.indices.prefix(mostTuples)
            .filter { Double(snapshot.tuples[$0].used) >= least }
        guard snapshot.source == .diag, !places.isEmpty,
            let lookup = try? SocketLookup.open()
        else { return }
        for place in places {
            let ledger = snapshot.tuples[place]
            for sample in ledger.samples where sample.state != .synSent {
                // One that has gone meanwhile tells nothing, and neither does an error.
                let uses =
                    try? lookup.usesTimestamps(
                        from: SocketAddress(ledger.tuple.source, port: sample.localPort),
                        to: SocketAddress(ledger.tuple.destination, port: ledger.tuple.port))
                guard let uses else { continue }
                snapshot.tuples[place].usesTimestamps = uses
                break
            }
        }
    }
}
