import Model
import Testing
import Watching

@Suite struct `A schedule of looks` {
    /// Connections opened per second, and what a look at everything costs: the looks of so many seconds.
    private static func run(
        seconds: Int, cost: Double, share: Double = 0.01, rest: Double = 1,
        tuple: PortLedger? = nil, opens: (Int) -> Int64 = { _ in 0 },
        drops: (Int) -> Int64 = { _ in 0 }
    ) -> [LookSchedule.Look] {
        var schedule = LookSchedule(share: share, at: 1000, rest: rest)
        var looks: [LookSchedule.Look] = []
        var (opened, dropped): (Int64, Int64) = (0, 0)
        for second in 0..<seconds {
            opened += opens(second)
            var counters = CounterSample(time: 1000 + Double(second))
            dropped += drops(second)
            counters[.activeOpens] = opened
            counters[.listenDrops] = dropped
            let look = schedule.next(counters)
            looks.append(look)
            guard look != .counters else { continue }
            schedule.note(
                look, at: counters.time, cost: look == .everything ? cost : cost / 10)
            guard look == .everything else { continue }
            let ledger =
                tuple
                ?? PortLedger(
                    tuple: Tuple(source: .unspecifiedV4, destination: .unspecifiedV4, port: 1),
                    states: StateCounts())
            schedule.note(
                PortBound(
                    tuples: [(ledger, 28_232)], usable: 28_232, areAll: true, counters: counters),
                as: counters)
        }
        return looks
    }

    @Test func `looks at everything each second where that costs little`() {
        #expect(Self.run(seconds: 60, cost: 0.005).allSatisfy { $0 == .everything })
    }

    @Test func `looks no more often than the budget bears`() {
        let looks = Self.run(seconds: 3600, cost: 0.3)
        let count = looks.count { $0 == .everything }
        // 36 processor seconds, 0.6 saved at the beginning, at 0.3 each; some go into the looks at TIME_WAIT.
        #expect((100...123).contains(count), "\(count)")
    }

    @Test func `never lets a minute of TIME_WAIT pass unread`() {
        for cost in [0.3, 3, 30] {
            let looks = Self.run(seconds: 3600, cost: cost)
            var last = 0
            for (second, look) in looks.enumerated() where look != .counters {
                #expect(second - last <= Int(LookSchedule.longestBetweenClosings), "\(cost)")
                last = second
            }
            #expect(looks.count - last <= Int(LookSchedule.longestBetweenClosings))
        }
    }

    @Test func `looks at once where a destination may have become slow`() {
        // A burst of 800 a second begins in the 100th second: 45 % of 28 232 is reached within 16 s of it.
        let looks = Self.run(seconds: 130, cost: 0.4) { $0 >= 100 ? 800 : 0 }
        let crossing = 100 + 12_704 / 800 + 1
        let found = looks.indices.first { $0 >= crossing - 1 && looks[$0] == .everything }
        #expect(found.map { $0 <= crossing + 1 } == true, "\(String(describing: found))")
    }

    @Test
    func `looks five times less often while nothing can have run out, and no later when it can`() {
        let quiet = Self.run(seconds: 600, cost: 0.005, rest: 10)
        #expect(quiet.count { $0 == .everything } == 60)
        // 800 a second from the 70th on: 45 % of 28 232 may be in use in the 85th.
        let looks = Self.run(seconds: 90, cost: 0.005, rest: 60) { $0 >= 70 ? 800 : 0 }
        #expect(looks.indices.filter { looks[$0] == .everything } == [0, 60, 85])
    }

    @Test func `looks at once where connections are dropped`() {
        let looks = Self.run(seconds: 40, cost: 0.005, rest: 30, drops: { $0 == 17 ? 1 : 0 })
        #expect(looks.indices.filter { looks[$0] == .everything } == [0, 17])
    }

    @Test func `tells what looks of each kind took, and how long everything was not looked at`() {
        var schedule = LookSchedule(share: 0.01, at: 1000)
        schedule.note(.counters, at: 1000, cost: 0.001)
        schedule.note(.everything, at: 1000, cost: 0.25)
        #expect(schedule.interval == nil)
        schedule.note(.counters, at: 1010, cost: 0.002)
        schedule.note(.everything, at: 1010, cost: 0.5)
        #expect(schedule.interval == 10)
        #expect(schedule.spent == [.counters: 0.003, .everything: 0.75])
        #expect(schedule.cost(of: .everything) == 0.5 && schedule.cost(of: .closings) == nil)
    }

    @Test func `saves no more than another share lets be`() {
        var budget = ProcessorBudget(share: 0.01, at: 0)
        budget.change(share: 0.001)
        #expect(budget.saved == 0.06)
        budget.pass(to: 10)
        budget.spend(0.05)
        budget.pass(to: 20)
        #expect(abs(budget.saved - 0.02) < 1e-9)
    }
}
