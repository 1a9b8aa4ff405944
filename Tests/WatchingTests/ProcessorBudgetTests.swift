import Testing
import Watching

@Suite struct `A budget of processor time` {
    @Test func `is used up by what was measured, and saved again as time passes`() {
        var budget = ProcessorBudget(share: 0.01, at: 1000)
        #expect(budget.allows(0.5))
        budget.spend(0.5)
        #expect(!budget.allows(0.2))
        #expect(abs(budget.wait(for: 0.2) - 10) < 1e-9)
        budget.pass(to: 1010.001)
        #expect(budget.allows(0.2))
    }

    @Test func `saves no more than a minute's worth`() {
        var budget = ProcessorBudget(share: 0.01, at: 0)
        budget.pass(to: 86_400)
        #expect(budget.saved == 0.6)
    }

    @Test
    func `lets something too dear be done once all is saved, and then not for as long as it costs`()
    {
        var budget = ProcessorBudget(share: 0.01, at: 0)
        #expect(budget.allows(2))
        budget.spend(2)
        budget.pass(to: 100)
        #expect(!budget.allows(2))
        budget.pass(to: 200)
        #expect(budget.allows(2))
    }

    @Test(arguments: [0.001, 0.02, 0.4, 3.0])
    func `is kept to in the long run, whatever a look costs`(cost: Double) {
        var budget = ProcessorBudget(share: 0.01, at: 0)
        var now = 0.0
        while now < 7200 {
            now += 0.25
            budget.pass(to: now)
            while budget.allows(cost) { budget.spend(cost) }
        }
        // The minute that it began with, and a look more.
        let most = 0.01 * 7200 + 0.6 + cost
        #expect(budget.used <= most)
        #expect(budget.used >= 0.01 * 7200 * 0.8 - cost, "\(budget.used)")
    }

    @Test func `takes no clock that goes back for time that has passed`() {
        var budget = ProcessorBudget(share: 0.5, at: 100)
        budget.spend(30)
        budget.pass(to: 50)
        #expect(budget.saved == 0)
        budget.pass(to: 101)
        #expect(budget.saved == 0.5)
    }
}
