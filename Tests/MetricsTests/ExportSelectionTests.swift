import Statistics
import Testing

@testable import Metrics

@Suite struct `A selection of what has series` {
    private typealias Selection = ExportSelection<Int>

    private static func candidates(
        _ levels: [Int: Double]
    ) -> [ExportSelection<Int>.Candidate] {
        levels.map { .init($0.key, level: $0.value) }
    }

    @Test func `lets in at the level, and out below half of it after ten minutes`() {
        var selection = Selection()
        selection.update([], at: 0, most: 50)
        selection.update(Self.candidates([1: 0.99, 2: 1]), at: 1, most: 50)
        #expect(selection.chosen == [2])
        // Above half of it one stays for ever.
        for second in stride(from: 2.0, to: 3600, by: 10) {
            selection.update(Self.candidates([2: 0.5]), at: second, most: 50)
        }
        #expect(selection.chosen == [2])
        selection.update(Self.candidates([2: 0.49]), at: 4000, most: 50)
        selection.update([], at: 4599, most: 50)
        #expect(selection.chosen == [2])
        selection.update([], at: 4600, most: 50)
        #expect(selection.chosen.isEmpty)
    }

    @Test func `begins the ten minutes anew when the level was there in between`() {
        var selection = Selection()
        selection.update(Self.candidates([7: 3]), at: 0, most: 50)
        selection.update([], at: 10, most: 50)
        selection.update(Self.candidates([7: 0.6]), at: 600, most: 50)
        selection.update([], at: 601, most: 50)
        selection.update([], at: 1200, most: 50)
        #expect(selection.chosen == [7])
        selection.update([], at: 1201, most: 50)
        #expect(selection.chosen.isEmpty)
    }

    @Test func `lets ten new ones in a minute, the most important first`() {
        var selection = Selection()
        selection.update([], at: 0, most: 50)
        let many = Dictionary(uniqueKeysWithValues: (1...30).map { ($0, Double($0)) })
        selection.update(Self.candidates(many), at: 1, most: 50)
        #expect(selection.chosen == Set(21...30))
        selection.update(Self.candidates(many), at: 60.9, most: 50)
        #expect(selection.count == 10)
        selection.update(Self.candidates(many), at: 61, most: 50)
        #expect(selection.chosen == Set(11...30))
    }

    @Test func `takes all that is there at the beginning, for none of it is new`() {
        var selection = Selection()
        let many = Dictionary(uniqueKeysWithValues: (1...80).map { ($0, 2.0) })
        selection.update(Self.candidates(many), at: 0, most: 50)
        #expect(selection.chosen == Set(1...50))
    }

    @Test func `makes room for one of twice the level, and for no less`() {
        var selection = Selection()
        selection.update(Self.candidates([1: 2, 2: 3]), at: 0, most: 2)
        selection.update(Self.candidates([1: 2, 2: 3, 3: 3.9]), at: 1, most: 2)
        #expect(selection.chosen == [1, 2])
        selection.update(Self.candidates([1: 2, 2: 3, 3: 4]), at: 2, most: 2)
        #expect(selection.chosen == [2, 3])
    }

    @Test func `lets the lowest go where there is room for fewer`() {
        var selection = Selection()
        selection.update(Self.candidates([1: 2, 2: 3, 3: 4]), at: 0, most: 3)
        selection.update(Self.candidates([1: 2, 2: 3, 3: 4]), at: 1, most: 1)
        #expect(selection.chosen == [3])
        selection.update(Self.candidates([3: 4]), at: 2, most: 0)
        #expect(selection.chosen.isEmpty)
    }

    /// Hours of a host to which nothing is sacred: the law holds at every step, whatever comes.
    @Test(arguments: [1, 2, 3])
    func `keeps the law through hours of thousands that come and go`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var one = Selection()
        var other = Selection()
        var new: [Double] = []
        var before: Set<Int> = []
        var now = 0.0
        while now < 4 * 3600 {
            var levels: [Int: Double] = [:]
            for _ in 0..<Int.random(in: 0...200, using: &random) {
                let wild = Double.random(in: 0...1, using: &random)
                levels[Int.random(in: 0..<5000, using: &random)] = wild * wild * wild * 30
            }
            one.update(Self.candidates(levels), at: now, most: 50)
            other.update(Self.candidates(levels).reversed(), at: now, most: 50)
            #expect(one.chosen == other.chosen)
            #expect(one.count <= 50)
            if now > 0 {
                new += one.chosen.subtracting(before).map { _ in now }
                new.removeAll { now - $0 >= 60 }
                #expect(new.count <= Selection.newPerMinute)
            }
            before = one.chosen
            now += Double(Int.random(in: 1...20, using: &random))
        }
        #expect(one.count > 10)
    }
}
