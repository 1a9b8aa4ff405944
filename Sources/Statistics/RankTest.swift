/// Whether two samples come from one distribution: Mann and Whitney's U, two-sided.
///
/// It asks for no distribution, only for the order of the measurements, and one wild value weighs no more than the largest.
package struct RankTest: Sendable, Hashable {
    /// How many pairs have the second larger, ties by half.
    package let u: Double
    /// The chance of a U at least as far from its mean, if there were no difference.
    package let p: Double
    /// The share of pairs in which the second is larger less that in which it is smaller, -1 to 1 (Cliff's delta).
    package let delta: Double

    /// Beyond so many ways to part the measurements, the normal approximation is used.
    private static let mostWays = 200_000.0

    /// Nil where a sample is empty.
    package init?(_ first: Sample, _ second: Sample) {
        let (n, m) = (first.count, second.count)
        guard n > 0, m > 0 else { return nil }
        let ranks = Ranks(first.values + second.values)
        let sum = ranks.doubled.suffix(m).reduce(0, +)
        u = Double(sum) / 2 - Double(m * (m + 1)) / 2
        delta = 2 * u / Double(n * m) - 1
        p =
            Self.ways(of: m, in: n + m) <= Self.mostWays
            ? Self.exact(ranks.doubled, choosing: m, observed: sum)
            : Self.approximate(u, n, m, ranks)
    }

    /// Counts, of all ways to choose which measurements are the second's, those with a rank sum as far out.
    ///
    /// With ties this is the permutation test of the very ranks, for which tables of U do not hold.
    private static func exact(_ ranks: [Int], choosing m: Int, observed: Int) -> Double {
        let total = ranks.reduce(0, +)
        // counts[k][s]: ways to choose k of the ranks seen so far with the sum s.
        var counts = [[Double]](
            repeating: [Double](repeating: 0, count: total + 1), count: m + 1)
        counts[0][0] = 1
        for rank in ranks {
            for k in stride(from: m, to: 0, by: -1) {
                for sum in stride(from: total, through: rank, by: -1) {
                    counts[k][sum] += counts[k - 1][sum - rank]
                }
            }
        }
        // Twice the distance from the mean, to stay with whole numbers.
        let mean = m * total
        let distance = abs(observed * ranks.count - mean)
        var extreme = 0.0
        var all = 0.0
        for (sum, ways) in counts[m].enumerated() where ways > 0 {
            all += ways
            if abs(sum * ranks.count - mean) >= distance { extreme += ways }
        }
        return min(extreme / all, 1)
    }

    /// The normal approximation, corrected for ties and for continuity.
    private static func approximate(_ u: Double, _ n: Int, _ m: Int, _ ranks: Ranks) -> Double {
        let (n, m) = (Double(n), Double(m))
        let count = n + m
        let ties = ranks.tieSizes.reduce(0.0) { $0 + Double($1 * $1 * $1 - $1) }
        let variance = n * m / 12 * (count + 1 - ties / (count * (count - 1)))
        guard variance > 0 else { return 1 }
        let z = (abs(u - n * m / 2) - 0.5) / variance.squareRoot()
        return min(Normal.beyond(max(z, 0)) * 2, 1)
    }

    private static func ways(of m: Int, in count: Int) -> Double {
        (0..<m).reduce(1.0) { $0 * Double(count - $1) / Double($1 + 1) }
    }
}

/// The ranks of measurements, doubled to be whole: those that are equal share the mean of theirs.
struct Ranks {
    private(set) var doubled: [Int]
    private(set) var tieSizes: [Int] = []

    init(_ values: [Double]) {
        doubled = [Int](repeating: 0, count: values.count)
        let order = values.indices.sorted { values[$0] < values[$1] }
        var start = 0
        while start < order.count {
            var end = start
            while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
            for place in start..<end { doubled[order[place]] = start + end + 1 }
            tieSizes.append(end - start)
            start = end
        }
    }
}
