package import Model

/// A listening address, and how well its connections are accepted.
package struct WatchListener: Sendable, Hashable {
    /// The same from sample to sample, and of no other listener.
    package var id: String
    /// `0.0.0.0:443`.
    package var address: String
    package var owner: Owner?
    /// Connections that wait to be accepted.
    package var queue: Int
    /// How many may wait; nil where the kernel does not tell.
    package var backlog: Int?
    package var dropsPerSecond: Double?
    /// What sets the backlog: `program`, `somaxconn`.
    package var limitedBy: String?
    /// What ⏎ shows.
    package var detail: WatchText?

    package init(
        id: String, address: String, owner: Owner? = nil, queue: Int, backlog: Int? = nil,
        dropsPerSecond: Double? = nil, limitedBy: String? = nil, detail: WatchText? = nil
    ) {
        self.id = id
        self.address = address
        self.owner = owner
        self.queue = queue
        self.backlog = backlog
        self.dropsPerSecond = dropsPerSecond
        self.limitedBy = limitedBy
        self.detail = detail
    }

    /// How full the queue is; 1 where it is full, which one more than the backlog makes it.
    package var share: Double? {
        backlog.map { $0 > 0 ? min(Double(queue) / Double($0), 1) : queue > 0 ? 1 : 0 }
    }
}
