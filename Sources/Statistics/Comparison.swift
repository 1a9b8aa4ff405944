/// What two samples of one quantity tell about a change.
package struct Comparison: Sendable, Hashable {
    package let before: Double
    package let after: Double
    /// The second median by the first, less one; nil where the first is 0.
    package let changeRatio: Double?
    /// The interval of that change, or of the difference where the first median is 0.
    package let interval: Bootstrap
    package let p: Double
    package let delta: Double
    package let verdict: Verdict
    /// The whole interval is within what does not matter.
    package let isWithinMargin: Bool

    package enum Verdict: String, Sendable, Hashable, Codable {
        case better, worse
        /// Apart by less than matters, and known to be.
        case same
        /// Not known either way.
        case unclear
    }

    /// Which way a quantity is meant to go.
    package enum Direction: Sendable, Hashable {
        case up, down
    }

    /// A difference is called one where chance alone would show it in fewer than that share of comparisons.
    package static let significance = 0.05

    /// Fewer counted runs than that prove nothing.
    package static let fewestRuns = 4

    /// Compares; nil where a sample is empty.
    ///
    /// - Parameters:
    ///   - margin: the share of the first median below which a change does not matter.
    ///   - seed: of the bootstrap.
    package init?(
        _ first: Sample, _ second: Sample, better direction: Direction, margin: Double = 0.05,
        seed: UInt64 = 1
    ) {
        guard let before = first.median, let after = second.median,
            let test = RankTest(first, second)
        else { return nil }
        self.before = before
        self.after = after
        p = test.p
        delta = test.delta
        changeRatio = before == 0 ? nil : after / before - 1
        let matters = before == 0 ? margin : margin * abs(before)
        guard let apart = Bootstrap.difference(first, second, seed: seed) else { return nil }
        let ratio = before == 0 ? nil : Bootstrap.ratio(first, second, seed: seed)
        interval = ratio.map { Bootstrap(low: $0.low - 1, high: $0.high - 1) } ?? apart
        // Of two or three runs the interval is where they happened to lie.
        isWithinMargin =
            min(first.count, second.count) >= Self.fewestRuns && -matters <= apart.low
            && apart.high <= matters
        if test.p < Self.significance, after != before {
            verdict = (after > before) == (direction == .up) ? .better : .worse
        } else {
            verdict = isWithinMargin ? .same : .unclear
        }
    }
}
