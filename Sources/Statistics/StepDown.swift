import Glibc

/// Chances of several quantities that the same runs measured, corrected for there being several: Westfall and Young's step-down
/// (Resampling-Based Multiple Testing, 1993, algorithm 2.8).
///
/// Holm's method takes the quantities for unrelated, so that with five runs a side and seven of them nothing could ever be
/// significant. Here the runs are parted anew in all ways, each run with all that it measured: how often any quantity is then as far
/// apart as this one counts. What is far apart is told by the order of the runs, as in the rank test; of two that are equally in order,
/// by how far they are for what they vary.
package enum StepDown {
    /// One quantity: a value a run.
    package struct Pair: Sendable, Hashable {
        package var before: [Double]
        package var after: [Double]

        package init(_ before: [Double], _ after: [Double]) {
            self.before = before
            self.after = after
        }
    }

    /// More ways to part the runs are drawn by chance.
    private static let mostWays = 2000.0
    private static let draws = 2000

    /// In their order; all of them with the same number of runs before, and after.
    package static func adjusted(_ pairs: [Pair], seed: UInt64 = 1) -> [Double] {
        guard let first = pairs.first else { return [] }
        let (n, m) = (first.before.count, first.after.count)
        guard n > 0, m > 0, pairs.allSatisfy({ $0.before.count == n && $0.after.count == m })
        else { return pairs.map { _ in 1 } }
        let pooled = pairs.map { Pooled($0.before + $0.after) }
        let own = (0..<(n + m)).map { $0 >= n }
        let observed = pooled.map { $0.distance(own) }
        let order = pairs.indices.sorted { observed[$0] > observed[$1] }
        var reached = [Int](repeating: 0, count: pairs.count)
        var ways = 0
        func count(_ split: [Bool]) {
            ways += 1
            var most = 0.0
            for index in order.reversed() {
                most = max(most, pooled[index].distance(split))
                if most >= observed[index] - 1e-9 { reached[index] += 1 }
            }
        }
        if Self.ways(of: m, in: n + m) <= mostWays {
            forEachSplit(n + m, choosing: m, count)
        } else {
            // The split that was observed is one of them.
            count(own)
            var generator = SeededGenerator(seed: seed)
            for _ in 1..<draws { count(own.shuffled(using: &generator)) }
        }
        var adjusted = pairs.map { _ in 1.0 }
        var highest = 0.0
        for index in order {
            highest = max(highest, Double(reached[index]) / Double(ways))
            adjusted[index] = highest
        }
        return adjusted
    }

    static func ways(of m: Int, in count: Int) -> Double {
        (0..<m).reduce(1.0) { $0 * Double(count - $1) / Double($1 + 1) }
    }

    /// All ways to choose so many of the runs.
    private static func forEachSplit(
        _ count: Int, choosing chosen: Int, _ body: ([Bool]) -> Void
    ) {
        var split = [Bool](repeating: false, count: count)
        func choose(_ left: Int, from place: Int) {
            guard left > 0 else { return body(split) }
            guard count - place >= left else { return }
            for index in place...(count - left) {
                split[index] = true
                choose(left - 1, from: index + 1)
                split[index] = false
            }
        }
        choose(chosen, from: 0)
    }

    /// The runs of both sides, and their ranks.
    private struct Pooled {
        /// Less their mean.
        private let values: [Double]
        private let squares: Double
        /// Doubled, to be whole.
        private let ranks: [Int]
        private let total: Int

        init(_ values: [Double]) {
            let mean = values.reduce(0, +) / Double(max(values.count, 1))
            self.values = values.map { $0 - mean }
            squares = self.values.reduce(0) { $0 + $1 * $1 }
            ranks = Ranks(values).doubled
            total = ranks.reduce(0, +)
        }

        /// How far the chosen are from the others: whole steps by their ranks, and less than one by their size.
        func distance(_ isSecond: [Bool]) -> Double {
            var rank = 0
            var chosen = 0
            var sum = 0.0
            for index in values.indices where isSecond[index] {
                rank += ranks[index]
                chosen += 1
                sum += values[index]
            }
            let (n, m) = (Double(values.count - chosen), Double(chosen))
            let steps = (Double(rank) - m * Double(total) / (n + m)).magnitude
            // All values together are 0: the others' sum is the chosen ones' with the other sign.
            let (one, other) = (-sum / n, sum / m)
            let size = (other - one).magnitude
            guard steps > 0, size > 0 else { return steps }
            let spread = max(squares - n * one * one - m * other * other, 0)
            let scale = (spread / max(n + m - 2, 1) * (1 / n + 1 / m)).squareRoot()
            return steps + 0.99 * (size / (size + max(scale, size * 1e-9)))
        }
    }
}
