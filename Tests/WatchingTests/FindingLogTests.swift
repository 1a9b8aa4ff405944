import Audit
import Model
import Testing
import Watching

@Suite struct `A log of findings` {
    private static func finding(
        _ rule: RuleID, _ severity: Severity = .warning, subject: String = "x"
    ) -> Finding {
        Finding(
            rule: rule, severity: severity, subject: subject, observed: "", evidence: [:],
            cause: "", remedies: [], proof: "")
    }

    @Test func `tells since when each is there, and when it went`() {
        var log = FindingLog(memory: 60)
        log.update([Self.finding(.portsSlow)], at: 10)
        log.update([Self.finding(.portsSlow), Self.finding(.resetsHigh, .critical)], at: 20)
        #expect(log.present.map(\.finding.rule) == [.resetsHigh, .portsSlow])
        #expect(log.present.map(\.since) == [20, 10])
        log.update([Self.finding(.portsSlow)], at: 30)
        log.update([Self.finding(.portsSlow)], at: 40)
        #expect(log.present.map(\.finding.rule) == [.portsSlow])
        #expect(log.cleared.map(\.cleared) == [30])
        log.update([], at: 95)
        log.update([], at: 96)
        #expect(log.cleared.map(\.finding.rule) == [.portsSlow])
        #expect(log.cleared.map(\.cleared) == [95])
    }

    @Test func `keeps one that a single look does not show`() {
        var log = FindingLog()
        for time in 1...20 {
            log.update(time % 2 == 0 ? [] : [Self.finding(.backlogLimited)], at: Double(time))
            #expect(log.present.map(\.since) == [1])
            #expect(log.cleared.isEmpty)
        }
    }

    @Test func `takes one of another subject for another`() {
        var log = FindingLog()
        log.update([Self.finding(.portsSlow, subject: "a")], at: 1)
        for time in [2.0, 3] { log.update([Self.finding(.portsSlow, subject: "b")], at: time) }
        #expect(log.present.map(\.finding.subject) == ["b"])
        #expect(log.cleared.map(\.finding.subject) == ["a"])
    }

    @Test func `begins anew where one comes back`() {
        var log = FindingLog()
        log.update([Self.finding(.portsSlow)], at: 1)
        for time in [2.0, 3] { log.update([], at: time) }
        log.update([Self.finding(.portsSlow)], at: 4)
        #expect(log.present.map(\.since) == [4])
        #expect(log.cleared.isEmpty)
    }

    @Test func `shows what it said last`() {
        var log = FindingLog()
        log.update([Self.finding(.portsSlow, .warning)], at: 1)
        log.update([Self.finding(.portsSlow, .critical)], at: 2)
        #expect(log.present.map(\.finding.severity) == [.critical])
        #expect(log.present.map(\.since) == [1])
    }
}
