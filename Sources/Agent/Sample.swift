package import Metrics
package import Model
package import Report
package import Watching

/// What one look came to, as it is shown until the next: never changed, so that any thread may read it.
package struct Sample: Sendable {
    /// CLOCK_BOOTTIME, in seconds.
    package let time: Double
    /// Seconds since 1970.
    package let clock: Double
    package let host: Host?
    package let views: [WatchedView]
    package let metrics: HostMetrics
    package let unseen: [Unseen]
    package let cost: WatchPage.Cost
    /// Whether every namespace was looked at wholly once.
    package let isReady: Bool

    package init(
        time: Double, clock: Double, host: Host?, views: [WatchedView], metrics: HostMetrics,
        unseen: [Unseen] = [],
        cost: WatchPage.Cost = WatchPage.Cost(processor: nil, memory: nil), isReady: Bool
    ) {
        self.time = time
        self.clock = clock
        self.host = host
        self.views = views
        self.metrics = metrics
        self.unseen = unseen
        self.cost = cost
        self.isReady = isReady
    }
}
