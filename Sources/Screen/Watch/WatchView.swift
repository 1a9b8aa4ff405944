/// All that the screen of `tcptune watch` shows: what was sampled, and what the user has chosen to see of it.
///
/// Names in it are text of others; they are made harmless when they are drawn.
package struct WatchView: Sendable {
    package var head: WatchHead
    /// Sockets by state, the most telling first.
    package var counts: [WatchCount]
    package var rates: [WatchRate]
    package var findings: [WatchFinding]
    package var tuples: [WatchTuple]
    /// The tuples that are not listed one by one.
    package var otherTuples: WatchOthers?
    package var listeners: [WatchListener]
    /// How many listeners there are; nil where all are listed.
    package var listenerCount: Int?
    package var cost: WatchCost?
    /// The moment shown where it is not the present.
    package var history: WatchHistory?
    /// What `e` asked for.
    package var explanation: WatchText?
    /// What is wrong with the sample, such as a source that cannot be read; nil where nothing is.
    package var notice: String?
    package var state: WatchState

    package init(
        head: WatchHead, counts: [WatchCount] = [], rates: [WatchRate] = [],
        findings: [WatchFinding] = [], tuples: [WatchTuple] = [], otherTuples: WatchOthers? = nil,
        listeners: [WatchListener] = [], listenerCount: Int? = nil, cost: WatchCost? = nil,
        state: WatchState = WatchState()
    ) {
        self.head = head
        self.counts = counts
        self.rates = rates
        self.findings = findings
        self.tuples = tuples
        self.otherTuples = otherTuples
        self.listeners = listeners
        self.listenerCount = listenerCount
        self.cost = cost
        self.state = state
    }
}
