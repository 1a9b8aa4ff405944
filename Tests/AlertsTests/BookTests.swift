import Alerts
import Audit
import Model
import Testing

@Suite struct `A book of alerts` {
    private static func key(
        _ rule: RuleID, _ subject: String = "x", netns: String = "init"
    ) -> AlertKey { AlertKey(rule: rule, netns: netns, subject: subject) }

    private static func over(
        _ severity: Severity = .critical, asOf: Double, observed: String = "600 of 600"
    ) -> AlertReading {
        AlertReading(.over, asOf: asOf, .init(severity: severity, observed: observed))
    }

    /// With the clock a thousand seconds ahead.
    private static func update(
        _ book: inout AlertBook, _ readings: [AlertKey: AlertReading], at now: Double,
        watched: Set<String> = ["init"]
    ) -> [AlertMessage] {
        book.update(readings, watched: watched, at: now, clock: now + 1000)
    }

    @Test func `tells what, since when and as of when`() throws {
        var book = AlertBook()
        let key = Self.key(.portsSlow, "10.0.0.5 → 10.0.0.9:5432")
        #expect(Self.update(&book, [key: Self.over(.warning, asOf: 96)], at: 100).isEmpty)
        #expect(book.standing.isEmpty)
        let messages = Self.update(&book, [:], at: 106)
        let message = try #require(messages.first)
        #expect(messages.count == 1 && message.kind == .raised && message.key == key)
        // It stands since the look that showed it, and its figures are of that look.
        #expect(message.startsAt == 1096 && message.time == 1106 && message.endsAt == nil)
        #expect(message.age == 10)
        #expect(message.summary == "WARNING ports-slow 10.0.0.5 → 10.0.0.9:5432: 600 of 600")
        #expect(message.details.contains("As of 10 s ago."))
        #expect(book.standing == [.warning: 1])
        #expect(Self.update(&book, [:], at: 107).isEmpty)
    }

    @Test func `tells that an alert became more severe, and not that it became less so`() {
        var book = AlertBook()
        let key = Self.key(.queueOverflowing)
        var told: [AlertMessage] = []
        for (second, severity) in [Severity.warning, .warning, .critical, .warning, .critical]
            .enumerated()
        {
            let time = Double(second)
            told += Self.update(&book, [key: Self.over(severity, asOf: time)], at: time)
        }
        #expect(told.map(\.severity) == [.warning, .critical])
        #expect(told.map(\.severityBefore) == [nil, .warning])
        #expect(book.standing == [.critical: 1])
    }

    @Test func `does not call ports slow where they run out`() {
        var book = AlertBook()
        let slow = Self.key(.portsSlow)
        let full = Self.key(.portsExhausting)
        var told: [AlertMessage] = []
        for time in stride(from: 0.0, through: 60, by: 10) {
            told += Self.update(
                &book, [slow: Self.over(.warning, asOf: time), full: Self.over(asOf: time)],
                at: time)
        }
        #expect(told.map(\.key.rule) == [.portsExhausting])
        // Below 85 % for a minute, and still above 45 %.
        for time in stride(from: 70.0, through: 200, by: 10) {
            told += Self.update(
                &book,
                [slow: Self.over(.warning, asOf: time), full: AlertReading(.under, asOf: time)],
                at: time)
        }
        #expect(told.map(\.key.rule) == [.portsExhausting, .portsExhausting, .portsSlow])
        #expect(told.map(\.kind) == [.raised, .cleared, .raised])
    }

    @Test func `clears what lies in a namespace that is gone, and says why`() throws {
        var book = AlertBook()
        let key = Self.key(.portsExhausting, netns: "web")
        _ = Self.update(&book, [key: Self.over(asOf: 1)], at: 1, watched: ["web"])
        #expect(Self.update(&book, [:], at: 60, watched: ["init"]).isEmpty)
        let message = try #require(Self.update(&book, [:], at: 61, watched: ["init"]).first)
        #expect(message.kind == .cleared && message.endsAt == 1061)
        #expect(message.details.contains("nothing is known of it"))
    }

    @Test func `keeps an alert that nobody looks at any more`() {
        var book = AlertBook()
        let key = Self.key(.portsExhausting)
        _ = Self.update(&book, [key: Self.over(asOf: 1)], at: 1)
        for time in 2...7200 { #expect(Self.update(&book, [:], at: Double(time)).isEmpty) }
        #expect(book.standing == [.critical: 1])
    }

    @Test func `holds a thousand subjects, and counts the others`() {
        var book = AlertBook()
        let readings = Dictionary(
            uniqueKeysWithValues: (0..<1200).map {
                (Self.key(.portsExhausting, "\($0)"), Self.over(asOf: 1))
            })
        #expect(Self.update(&book, readings, at: 1).count == 1000)
        #expect(book.leftOut == 200)
        let gone = readings.mapValues { _ in AlertReading(.under, asOf: 100) }
        _ = Self.update(&book, gone, at: 100)
        let later = readings.mapValues { _ in AlertReading(.under, asOf: 200) }
        #expect(Self.update(&book, later, at: 200).count == 1000)
        #expect(Self.update(&book, [:], at: 3900).isEmpty && book.keys.isEmpty)
    }
}
