import NIOCore

/// When something may begin that must not begin more than so often in any second.
struct RecentStarts {
    private var starts: [NIODeadline] = []
    private let limit: Int

    init(perSecond limit: Int) { self.limit = limit }

    /// Nil where it may begin now; else when it may.
    func nextStart(now: NIODeadline) -> NIODeadline? {
        guard starts.count == limit, let oldest = starts.first else { return nil }
        return now < oldest + .seconds(1) ? oldest + .seconds(1) : nil
    }

    mutating func begin(_ now: NIODeadline) {
        if starts.count == limit { starts.removeFirst() }
        starts.append(now)
    }
}
