import Model
import Testing
import Watching

@Suite struct `A bound of ports in use` {
    private static let tuple = Tuple(
        source: IPAddress(v4: 0x0a00_0005), destination: IPAddress(v4: 0x0a00_0009), port: 5432)

    private static func counters(at time: Double, opens: Int64?) -> CounterSample {
        var sample = CounterSample(time: time)
        sample[.activeOpens] = opens
        return sample
    }

    private static func bound(
        used: Int, closings: [Int] = [], opens: Int64? = 5000, areAll: Bool = true
    ) -> PortBound? {
        let ledger = PortLedger(
            tuple: tuple, states: StateCounts([.established: used]), closings: closings)
        return PortBound(
            tuples: [(ledger, 1000)], usable: 1000, areAll: areAll,
            counters: counters(at: 100, opens: opens))
    }

    @Test func `grows by every connection that was opened`() throws {
        let bound = try #require(Self.bound(used: 400))
        #expect(bound.most(for: Self.tuple, at: Self.counters(at: 101, opens: 5049)) == 449)
        #expect(!bound.mayHavePassed([0.45], at: Self.counters(at: 101, opens: 5049)))
        #expect(bound.mayHavePassed([0.45], at: Self.counters(at: 101, opens: 5050)))
    }

    @Test func `falls by the TIME_WAIT that has certainly ended`() throws {
        // 100 closed 59 to 60 s before the dump, 50 within the last second.
        var closings = [Int](repeating: 0, count: 61)
        closings[59] = 100
        closings[0] = 50
        let bound = try #require(Self.bound(used: 400, closings: closings))
        let most = { bound.most(for: Self.tuple, at: Self.counters(at: $0, opens: 5000)) }
        #expect(most(102.9) == 400, "the timer wheel may be late")
        #expect(most(103) == 300)
        #expect(most(161.9) == 300)
        #expect(most(162) == 250)
    }

    @Test func `is passed from below only`() throws {
        let bound = try #require(Self.bound(used: 460))
        #expect(!bound.mayHavePassed([0.45], at: Self.counters(at: 101, opens: 5100)))
        #expect(bound.mayHavePassed([0.45, 0.5], at: Self.counters(at: 101, opens: 5100)))
    }

    @Test func `holds for destinations that are new, or were left out`() throws {
        let all = try #require(Self.bound(used: 100))
        #expect(!all.mayHavePassed([0.45], at: Self.counters(at: 101, opens: 5340)))
        #expect(all.mayHavePassed([0.45], at: Self.counters(at: 101, opens: 5450)))
        let some = try #require(Self.bound(used: 440, areAll: false))
        #expect(some.mayHavePassed([0.45], at: Self.counters(at: 101, opens: 5010)))
    }

    @Test func `is not known where the kernel does not count what is opened`() throws {
        #expect(Self.bound(used: 100, opens: nil) == nil)
        let bound = try #require(Self.bound(used: 100))
        #expect(bound.mayHavePassed([0.45], at: Self.counters(at: 101, opens: nil)))
    }
}
