/// The sum of what is not listed one by one.
package struct WatchOthers: Sendable, Hashable {
    package var count: Int
    package var used: Int
    package var closedPerSecond: Double?

    package init(count: Int, used: Int, closedPerSecond: Double? = nil) {
        self.count = count
        self.used = used
        self.closedPerSecond = closedPerSecond
    }
}
