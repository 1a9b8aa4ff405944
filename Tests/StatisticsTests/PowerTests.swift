import Testing

@testable import Statistics

@Suite struct `The power of a comparison` {
    @Test func `is how small a change its runs would show`() throws {
        func seen(_ spread: Double, runs: Int) throws -> Double? {
            var generator = SeededGenerator(seed: 8)
            let sides = (0..<2).map { _ in
                Sample((0..<runs).map { _ in 100 * (1 + spread * generator.normal()) })
            }
            return Power.smallestSeen(sides[0], sides[1], quantities: 6, seed: 1)
        }
        let (calm, wild) = (
            try #require(try seen(0.02, runs: 6)), try #require(try seen(0.1, runs: 6))
        )
        #expect((0.02...0.09).contains(calm), "\(calm)")
        #expect((0.1...0.6).contains(wild), "\(wild)")
        // Four runs of each cannot be told from chance beside five other quantities.
        #expect(try seen(0.02, runs: 4) == nil)
        #expect(Power.runs(for: 1) == 5 && Power.runs(for: 6) == 6 && Power.runs(for: 12) == 7)
        #expect(Power.fewestRuns(for: 6) == 5 && Power.fewestRuns(for: 7) == 6)
    }
}
