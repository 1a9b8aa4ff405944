import Audit
import Model
import Testing

@testable import Alerts

@Suite struct `The course of an alert` {
    /// Looks at these levels, one each so many seconds from 1 on; when it was raised and cleared.
    private static func changes(
        _ rule: RuleID, every step: Double = 1, _ conditions: [AlertPolicy.Condition]
    ) -> [Double] {
        var course = AlertCourse(.of(rule))
        var changes: [Double] = []
        for (index, condition) in conditions.enumerated() {
            let now = 1 + Double(index) * step
            course.take(condition, asOf: now)
            if course.settle(at: now) { changes.append(now) }
        }
        return changes
    }

    private static func conditions(
        _ rule: RuleID, _ levels: [Double]
    ) -> [AlertPolicy.Condition] {
        levels.map { AlertPolicy.of(rule).condition(at: $0) }
    }

    @Test(arguments: [
        (RuleID.portsSlow, 0.45, 0.40), (.portsExhausting, 0.95, 0.85),
        (.conntrackNearFull, 0.75, 0.70),
    ])
    func `has a level to raise it and a lower one to clear it`(
        rule: RuleID, raise: Double, clear: Double
    ) {
        let policy = AlertPolicy.of(rule)
        #expect(policy.condition(at: raise) == .over)
        #expect(policy.condition(at: raise - 0.001) == .between)
        #expect(policy.condition(at: clear) == .between)
        #expect(policy.condition(at: clear - 0.001) == .under)
    }

    @Test func `of slow ports begins after ten seconds above 45 percent`() {
        let rule = RuleID.portsSlow
        let high = Self.conditions(rule, Array(repeating: 0.45, count: 30))
        #expect(Self.changes(rule, high) == [11])
        let dip = Self.conditions(
            rule, Array(repeating: 0.46, count: 9) + [0.44] + Array(repeating: 0.46, count: 30))
        #expect(Self.changes(rule, dip) == [21])
        // Ten seconds below 40 %, and a minute after it was raised.
        let fall = high + Self.conditions(rule, Array(repeating: 0.39, count: 90))
        #expect(Self.changes(rule, fall) == [11, 71])
        let between = high + Self.conditions(rule, Array(repeating: 0.41, count: 300))
        #expect(Self.changes(rule, between) == [11])
    }

    @Test func `of exhausted ports begins at once and ends after a minute`() {
        let rule = RuleID.portsExhausting
        let levels = [0.5, 0.95] + Array(repeating: 0.8, count: 100)
        #expect(Self.changes(rule, Self.conditions(rule, levels)) == [2, 63])
        // One look above in between, and the minute begins with the next.
        let again =
            [0.95] + Array(repeating: 0.8, count: 50) + [0.9] + Array(repeating: 0.8, count: 90)
        #expect(Self.changes(rule, Self.conditions(rule, again)) == [1, 113])
    }

    @Test func `of a queue ends five minutes after the last drop`() {
        let drops = [AlertPolicy.Condition.over] + Array(repeating: .under, count: 100) + [.over]
        let quiet = drops + Array(repeating: .under, count: 400)
        #expect(Self.changes(.queueOverflowing, quiet) == [1, 403])
    }

    @Test func `of a plain finding takes two looks, and one may lack it`() {
        let once = [AlertPolicy.Condition.over] + Array(repeating: .under, count: 50)
        #expect(Self.changes(.retransmitting, once) == [])
        #expect(Self.changes(.retransmitting, [.over, .over]) == [2])
        #expect(Self.changes(.retransmitting, [.over, .under, .over]) == [3])
        #expect(Self.changes(.retransmitting, [.over, .under, .under, .over]) == [])
        #expect(Self.changes(.settingDrifted, [.over]) == [1])
    }

    @Test func `goes by looks where it ends, and by time where it begins`() {
        var course = AlertCourse(.of(.portsSlow))
        course.take(.over, asOf: 100)
        #expect(course.settle(at: 109) == false)
        // Nothing was seen to the contrary.
        #expect(course.settle(at: 110) == true)
        course.take(.under, asOf: 130)
        // Nobody looked since: that it was below once shows nothing of now.
        #expect(course.settle(at: 5000) == false)
        course.take(.under, asOf: 5001)
        #expect(course.settle(at: 5001) == true)
    }

    @Test func `takes each look once`() {
        var course = AlertCourse(.of(.retransmitting))
        for _ in 0..<5 { course.take(.over, asOf: 7) }
        #expect(course.settle(at: 8) == false)
    }
}
