import HostState
import Testing

@testable import Audit

@Suite struct `Backlog limited` {
    private let rule = BacklogLimited()

    @Test(arguments: [(63, 128, 0), (64, 128, 1), (0, 0, 0), (1, 0, 1)])
    func `speaks from half full on`(queue: Int, backlog: Int, count: Int) {
        let situation = QueueFixtures.once(
            listeners: [QueueFixtures.listener(queue: queue, backlog: backlog)])
        #expect(rule.findings(in: situation).count == count)
    }

    @Test func `blames the application for a backlog below somaxconn`() throws {
        let situation = QueueFixtures.once(
            listeners: [QueueFixtures.listener(queue: 100, backlog: 128)])
        let finding = try #require(rule.findings(in: situation).first)
        #expect(finding.evidence["limited_by"] == "application")
        #expect(
            finding.observed == "accept queue 100/128, somaxconn 4096: limited by the application")
        #expect(finding.remedies.map(\.kind) == [.application])
        #expect(
            finding.remedies.first?.snippets.contains { $0.code.contains("backlog=1024") } == true)
    }

    @Test func `blames somaxconn for a backlog equal to it, and offers the knob`() throws {
        let situation = QueueFixtures.once(
            settings: ["net.core.somaxconn": "128"],
            listeners: [QueueFixtures.listener(queue: 100, backlog: 128)])
        let finding = try #require(rule.findings(in: situation).first)
        #expect(finding.evidence["limited_by"] == "somaxconn")
        #expect(finding.remedies.last?.command == "sysctl -w net.core.somaxconn=1024")
        #expect(finding.remedies.last?.undo == "sysctl -w net.core.somaxconn=128")
        #expect(finding.remedies.last?.text.contains("listen() again") == true)
    }

    @Test func `sees that somaxconn was lowered after listen()`() throws {
        let situation = QueueFixtures.once(
            settings: ["net.core.somaxconn": "128"],
            listeners: [QueueFixtures.listener(queue: 3000, backlog: 4096)])
        #expect(try #require(rule.findings(in: situation).first).cause.contains("lowered"))
    }

    @Test func `names a listener that resends SYN-ACKs only while overflows are counted`() {
        let listener = QueueFixtures.listener(states: [.synReceived: 3], retransmitted: 3)
        #expect(rule.findings(in: QueueFixtures.grown(listeners: [listener])).isEmpty)
        let overflowing = QueueFixtures.grown(
            ["TcpExt.ListenOverflows": 1], listeners: [listener])
        #expect(rule.findings(in: overflowing).count == 1)
    }

    @Test func `is silent where somaxconn is not known`() {
        var snapshot = QueueFixtures.snapshot(listeners: [QueueFixtures.listener(queue: 128)])
        snapshot.settings.removeAll { $0.key == "net.core.somaxconn" }
        #expect(rule.findings(in: QueueFixtures.situation(snapshot)).isEmpty)
    }

    @Test func `offers no longer queue than 65 535`() throws {
        let situation = QueueFixtures.once(
            settings: ["net.core.somaxconn": "65535"],
            listeners: [QueueFixtures.listener(queue: 65535, backlog: 65535)])
        #expect(
            try #require(rule.findings(in: situation).first).remedies.map(\.kind) == [.application])
    }
}
