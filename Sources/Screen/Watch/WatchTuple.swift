package import Model

/// The ports from one source to one destination.
package struct WatchTuple: Sendable, Hashable {
    /// The same from sample to sample, and of no other tuple.
    package var id: String
    /// `10.0.0.5`.
    package var source: String
    /// `10.0.0.9:5432`, `[2001:db8::9]:5432`.
    package var destination: String
    package var used: Int
    /// The ports that connect() may choose from.
    package var usable: Int
    /// Nil until it is known.
    package var closedPerSecond: Double?
    /// Connections closed, one value a second, oldest first; nil where nothing was sampled.
    package var history: [Double?]
    /// Seconds until the last port is in use at the present rate; nil where that is not in sight.
    package var fullIn: Double?
    package var owner: Owner?
    package var timeWait: Int?
    /// Of the connections closed, the share that this host closed first: 0…1.
    package var closedHere: Double?
    /// The smoothed round-trip time in seconds.
    package var roundTrip: Double?
    package var detail: WatchTupleDetail?

    package init(
        id: String, source: String, destination: String, used: Int, usable: Int,
        closedPerSecond: Double? = nil, history: [Double?] = [], fullIn: Double? = nil,
        owner: Owner? = nil
    ) {
        self.id = id
        self.source = source
        self.destination = destination
        self.used = used
        self.usable = usable
        self.closedPerSecond = closedPerSecond
        self.history = history
        self.fullIn = fullIn
        self.owner = owner
    }

    package var route: String { "\(source) → \(destination)" }

    /// Of the usable ports, those in use; none are usable where the range is empty.
    package var share: Double { usable > 0 ? Double(used) / Double(usable) : 0 }
}
