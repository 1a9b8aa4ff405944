/// A stretch of time, cut into steps of the same length.
package struct HistorySpan: Sendable, Hashable {
    /// Seconds since 1970; the end is not in it.
    package let from: Int64
    package let to: Int64
    /// Seconds: 1, or whole minutes.
    package let step: Int64

    /// Up to so many seconds are shown one by one.
    package static let longestBySecond: Int64 = 120

    /// - Parameters:
    ///   - bySecond: whether single seconds are wanted where the stretch is short.
    ///   - most: how many steps there may be.
    package init(from: Int64, to: Int64, bySecond: Bool = false, most: Int64 = 60) {
        if bySecond, to - from <= Self.longestBySecond {
            (self.from, self.to, step) = (from, max(to, from + 1), 1)
            return
        }
        // Whole minutes, for levels are kept by the minute.
        let first = Self.floor(from, 60)
        let last = max(-Self.floor(-to, 60), first + 60)
        let minutes = (last - first) / 60
        step = 60 * max(1, (minutes + most - 1) / most)
        self.from = first
        self.to = last
    }

    package var steps: Int { Int((to - from + step - 1) / step) }
    package var firstMinute: Int64 { Self.floor(from, 60) / 60 }
    package var lastMinute: Int64 { Self.floor(to - 1, 60) / 60 }

    /// The step that a second is in; nil for one that is outside.
    package func index(of second: Int64) -> Int? {
        from <= second && second < to ? Int((second - from) / step) : nil
    }

    package func time(of index: Int) -> Int64 { from + Int64(index) * step }

    private static func floor(_ value: Int64, _ unit: Int64) -> Int64 {
        let rest = value % unit
        return value - (rest < 0 ? rest + unit : rest)
    }
}
