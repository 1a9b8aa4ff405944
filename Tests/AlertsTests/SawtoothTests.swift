import Audit
import Model
import Testing

@testable import Alerts

@Suite struct `A level that goes up and down` {
    static let rules: [RuleID] = [
        .portsSlow, .portsExhausting, .conntrackNearFull, .queueOverflowing, .settingDrifted,
        .retransmitting,
    ]
    private static let seconds = 4500

    /// Up and down in so many seconds, from 0 to 1.
    private static func level(at second: Int, period: Int) -> Double {
        let phase = Double(second % period) / Double(period)
        return phase < 0.5 ? 2 * phase : 2 - 2 * phase
    }

    private static func condition(_ level: Double, of rule: RuleID) -> AlertPolicy.Condition {
        let policy = AlertPolicy.of(rule)
        // A finding is there or is not.
        return policy.levels == nil ? (level >= 0.5 ? .over : .under) : policy.condition(at: level)
    }

    /// Messages of a subject that is looked at each so many seconds.
    private static func messages(
        of rule: RuleID, period: Int, every step: Int = 1
    ) -> (messages: [AlertMessage], silent: Int) {
        var record = AlertRecord(AlertKey(rule: rule, netns: "init", subject: "x"), at: 0)
        var messages: [AlertMessage] = []
        var silent = 0
        for second in 1...seconds {
            let now = Double(second)
            if second % step == 0 {
                let level = level(at: second, period: period)
                record.take(
                    AlertReading(
                        condition(level, of: rule), asOf: now,
                        AlertReading.Sight(severity: .critical, observed: "\(level)")))
            }
            if let message = record.settle(at: now, clock: now, isWatched: true, mayRaise: true) {
                messages.append(message)
            }
            if record.course.isRaised, record.told == nil { silent += 1 }
        }
        return (messages, silent)
    }

    private static func times(
        _ messages: [AlertMessage], _ kind: AlertMessage.Kind
    ) -> [Double] { messages.filter { $0.kind == kind }.map(\.time) }

    @Test(arguments: rules)
    func `raises and clears once a minute at most, at every period`(rule: RuleID) {
        var told = 0
        for period in 1...120 {
            for step in [1, 7] {
                let (messages, silent) = Self.messages(of: rule, period: period, every: step)
                told += messages.count
                for kind in [AlertMessage.Kind.raised, .cleared] {
                    let times = Self.times(messages, kind)
                    let closest = zip(times, times.dropFirst()).map { $1 - $0 }.min()
                    #expect(closest ?? 60 >= 60, "\(rule) \(kind) period \(period)")
                }
                // One after the other, and six in any hour.
                let changes = messages.filter { $0.kind != .digest }.map(\.kind)
                #expect(!zip(changes, changes.dropFirst()).contains { $0 == $1 })
                let all = messages.map(\.time)
                for (first, seventh) in zip(all, all.dropFirst(MessageAllowance.mostAnHour)) {
                    #expect(seventh - first >= 3600, "\(rule) period \(period)")
                }
                #expect(silent == 0, "\(rule) period \(period)")
            }
        }
        // Each is raised at some period: what says nothing at all would pass as well.
        #expect(told > 100)
    }

    @Test func `is told as pairs, then held and summed up`() throws {
        // Above 95 % for 6 s of each two minutes, below 85 % for 102 s.
        let messages = Self.messages(of: .portsExhausting, period: 120).messages
        #expect(messages.prefix(5).map(\.kind) == [.raised, .cleared, .raised, .cleared, .raised])
        #expect(messages[0].time == 57)
        // The next comes when the first of those is an hour old, and says what had no message.
        let next = try #require(messages.dropFirst(5).first)
        let untold = try #require(next.untold)
        #expect(next.time >= 3657 && untold.raised >= 25 && untold.cleared >= 25, "\(untold)")
        #expect((next.summary + next.details).contains("raised \(untold.raised) times"))
    }
}
