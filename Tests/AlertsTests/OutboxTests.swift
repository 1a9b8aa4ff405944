import Alerts
import Audit
import Model
import Testing

@Suite struct `What waits for a receiver` {
    static func message(
        _ subject: String, _ kind: AlertMessage.Kind = .raised, _ severity: Severity = .critical
    ) throws -> AlertMessage {
        let key = AlertKey(rule: .portsExhausting, netns: "init", subject: subject)
        var book = AlertBook()
        let over = AlertReading(
            .over, asOf: 0, .init(severity: severity, observed: "600 of 600"))
        let raised = book.update([key: over], watched: ["init"], at: 0, clock: 1_764_000_000)
        guard kind == .cleared else { return try #require(raised.first) }
        var cleared: [AlertMessage] = []
        for time in [1.0, 100] {
            cleared += book.update(
                [key: AlertReading(.under, asOf: time)], watched: ["init"], at: time,
                clock: 1_764_000_000 + time)
        }
        return try #require(cleared.first)
    }

    @Test func `is delivered one by one, each until it is taken`() throws {
        var queue = MessageQueue(mostTries: 3)
        #expect(queue.due == nil && queue.next(at: 0).isEmpty)
        for subject in ["a", "b"] { queue.accept(try Self.message(subject), at: 0) }
        #expect(queue.next(at: 0).map(\.key.subject) == ["a"])
        queue.noteFailure(isFinal: false, at: 0, random: 1)
        #expect(queue.due == 1 && queue.next(at: 0.9).isEmpty)
        #expect(queue.next(at: 1).map(\.key.subject) == ["a"])
        queue.noteDelivered(at: 1)
        #expect(queue.next(at: 1).map(\.key.subject) == ["b"])
        for time in [1.0, 10, 20] {
            #expect(queue.next(at: time).map(\.key.subject) == ["b"])
            queue.noteFailure(isFinal: false, at: time, random: 0)
        }
        #expect(queue.due == nil)
        #expect(queue.counts.sent == 1 && queue.counts.failed == 4 && queue.counts.dropped == 1)
    }

    @Test func `is given up at once where the receiver never takes it`() throws {
        var queue = MessageQueue(mostTries: 60)
        queue.accept(try Self.message("a"), at: 0)
        _ = queue.next(at: 0)
        queue.noteFailure(isFinal: true, at: 0, random: 0)
        #expect(queue.due == nil && queue.counts.dropped == 1)
    }

    @Test func `is a thousand at most: the oldest are dropped and counted`() throws {
        var queue = MessageQueue(mostTries: 60)
        for number in 0..<3 { queue.accept(try Self.message("old \(number)"), at: 0) }
        #expect(queue.next(at: 0).map(\.key.subject) == ["old 0"])
        let new = try Self.message("new")
        for _ in 0..<1000 { queue.accept(new, at: 0) }
        #expect(queue.counts.dropped == 3)
        // The first was under way, and arrived.
        queue.noteDelivered(at: 1)
        #expect(queue.counts.dropped == 2 && queue.counts.sent == 1)
        var left = 0
        while !queue.next(at: 2).isEmpty {
            queue.noteDelivered(at: 2)
            left += 1
        }
        #expect(left == 1000 && queue.counts.sent == 1001)
    }

    @Test func `of Alertmanager is all that stands, again each minute`() throws {
        var standing = StandingAlerts()
        #expect(standing.due == nil)
        standing.accept(try Self.message("a"), at: 0)
        standing.accept(try Self.message("b"), at: 0)
        #expect(standing.next(at: 0).map(\.key.subject) == ["a", "b"])
        standing.noteDelivered(at: 0)
        #expect(standing.counts.sent == 2 && standing.due == 60)
        #expect(standing.next(at: 59).isEmpty)
        #expect(standing.next(at: 60).count == 2)
        standing.noteDelivered(at: 60)
        // Repetitions are no messages.
        #expect(standing.counts.sent == 2)
        standing.accept(try Self.message("a", .cleared), at: 70)
        #expect(standing.next(at: 70).map(\.isFiring) == [false, true])
        standing.noteFailure(isFinal: false, at: 70, random: 1)
        #expect(standing.next(at: 71).count == 2)
        standing.noteDelivered(at: 71)
        #expect(standing.next(at: 131).map(\.key.subject) == ["b"])
        standing.noteDelivered(at: 131)
        #expect(standing.counts.sent == 3 && standing.counts.failed == 1)
    }

    @Test func `of Alertmanager ends under one severity before it stands under another`() throws {
        var standing = StandingAlerts()
        standing.accept(try Self.message("a", .raised, .warning), at: 0)
        _ = standing.next(at: 0)
        standing.noteDelivered(at: 0)
        standing.accept(try Self.message("a", .raised, .critical), at: 5)
        let next = standing.next(at: 5)
        #expect(next.map(\.severity) == [.warning, .critical])
        #expect(next.map(\.isFiring) == [false, true])
    }

    @Test func `waits twice as long after each failure, up to a minute`() {
        #expect(
            (1...9).map { Backoff.seconds(after: $0, random: 1) } == [
                1, 2, 4, 8, 16, 32, 60, 60, 60,
            ])
        #expect(Backoff.seconds(after: 3, random: 0) == 2)
        #expect(Backoff.seconds(after: 1_000_000_000, random: 1) == 60)
    }
}
