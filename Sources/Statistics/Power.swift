/// How much a comparison can see.
package enum Power {
    /// The share of comparisons in which a change is to be found.
    static let wanted = 0.8
    private static let draws = 300
    /// Runs of each side at most, for which the exact distribution is counted.
    private static let mostExact = 40

    /// So many runs of each side that one quantity can be significant beside others: half as rare by chance as Holm's method asks of
    /// the rarest, so that one run out of its place does not undo it.
    package static func runs(for quantities: Int) -> Int {
        (5...mostExact).first {
            2 / StepDown.ways(of: $0, in: 2 * $0) * Double(max(quantities, 1))
                <= Comparison.significance / 2
        } ?? mostExact
    }

    /// The least runs of each side with which anything can be significant at all.
    package static func fewestRuns(for quantities: Int) -> Int {
        (2...mostExact).first {
            2 / StepDown.ways(of: $0, in: 2 * $0) * Double(max(quantities, 1))
                < Comparison.significance
        } ?? mostExact
    }

    /// The least change, as a share, that the rank test would find in four of five such comparisons; nil where none would be.
    ///
    /// By drawing runs again from those that were made, of which one side is moved.
    package static func smallestSeen(
        _ first: Sample, _ second: Sample, quantities: Int, seed: UInt64
    ) -> Double? {
        let (n, m) = (first.count, second.count)
        guard n > 1, m > 1, max(n, m) <= mostExact, let old = first.median, let new = second.median,
            old > 0, new > 0
        else { return nil }
        guard let most = critical(n, m, Comparison.significance / Double(max(quantities, 1))) else {
            return nil
        }
        // Drawn from so few, they vary by less than the runs do.
        let widening = (Double(n + m) / Double(n + m - 2)).squareRoot()
        let apart =
            (first.values.map { $0 / old - 1 } + second.values.map { $0 / new - 1 }).map {
                $0 * widening
            }
        func isFound(_ change: Double) -> Bool {
            var generator = SeededGenerator(seed: seed)
            var found = 0
            for _ in 0..<draws {
                let one = (0..<n).map { _ in 1 + drawn(apart, &generator) }
                let other = (0..<m).map { _ in (1 + change) * (1 + drawn(apart, &generator)) }
                // How many pairs are the wrong way round.
                var wrong = 0.0
                for a in one {
                    for b in other { wrong += b < a ? 1 : b == a ? 0.5 : 0 }
                }
                if wrong <= Double(most) { found += 1 }
            }
            return Double(found) >= wanted * Double(draws)
        }
        var (low, high) = (0.0, 0.01)
        while !isFound(high) {
            low = high
            high *= 2
            guard high < 100 else { return nil }
        }
        for _ in 0..<6 {
            let middle = (low + high) / 2
            if isFound(middle) { high = middle } else { low = middle }
        }
        return high
    }

    private static func drawn(_ values: [Double], _ generator: inout SeededGenerator) -> Double {
        values[Int.random(in: values.indices, using: &generator)]
    }

    /// The largest U for which the two-sided chance is below that; nil where there is none.
    private static func critical(_ n: Int, _ m: Int, _ chance: Double) -> Int? {
        // counts[k][u]: ways to have U = u with so many of the first and k of the second (Mann and Whitney's recursion).
        var counts = (0...m).map { _ in [1.0] }
        for first in 1...n {
            var next = [[1.0]]
            for second in 1...m {
                var sums = [Double](repeating: 0, count: first * second + 1)
                for (u, ways) in counts[second].enumerated() { sums[u + second] += ways }
                for (u, ways) in next[second - 1].enumerated() { sums[u] += ways }
                next.append(sums)
            }
            counts = next
        }
        let all = counts[m].reduce(0, +)
        var sum = 0.0
        var most: Int?
        for (u, ways) in counts[m].enumerated() {
            sum += ways
            guard 2 * sum / all < chance else { break }
            most = u
        }
        return most
    }
}
