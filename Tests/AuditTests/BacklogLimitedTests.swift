import Model
import Testing

@testable import Audit

@Suite struct `Backlog limited` {
    private let rule = BacklogLimited()

    @Test(arguments: [(63, 128, 0), (64, 128, 1), (0, 0, 0), (1, 0, 0), (9, 9, 0), (10, 10, 1)])
    func `speaks from half full on`(queue: Int, backlog: Int, count: Int) {
        let situation = QueueFixtures.once(
            listeners: [QueueFixtures.listener(queue: queue, backlog: backlog)])
        #expect(rule.findings(in: situation).count == count)
    }

    @Test func `blames the application for a backlog below somaxconn`() throws {
        let situation = QueueFixtures.grown(
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
        let situation = QueueFixtures.grown(
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

    @Test func `asks for a second look first, for one does not tell whether the program accepts`()
        throws
    {
        let settings = ["net.core.somaxconn": "128"]
        var listener = QueueFixtures.listener(queue: 100, backlog: 128)
        let once = QueueFixtures.once(settings: settings, listeners: [listener])
        let finding = try #require(rule.findings(in: once).first)
        #expect(finding.remedies.first?.command == "tcptune audit --interval 2s")
        #expect(finding.settingsThatHelp.isEmpty)
        // Connections that it closed within the last minute show that it accepts.
        listener.states[.timeWait] = 40
        let alive = QueueFixtures.once(settings: settings, listeners: [listener])
        #expect(
            try #require(rule.findings(in: alive).first).settingsThatHelp == ["net.core.somaxconn"])
    }

    @Test func `speaks of a small queue where it is full and somebody was turned away`() {
        let full = QueueFixtures.listener(queue: 9, backlog: 8)
        let room = QueueFixtures.listener(queue: 8, backlog: 8)
        let counters = ["TcpExt.ListenOverflows": 1]
        #expect(rule.findings(in: QueueFixtures.once(listeners: [full])).isEmpty)
        #expect(rule.findings(in: QueueFixtures.once(counters, listeners: [full])).count == 1)
        #expect(rule.findings(in: QueueFixtures.once(counters, listeners: [room])).isEmpty)
    }

    @Test func `is silent where nobody is accepted, and where most sockets are empty`() {
        let listener = QueueFixtures.listener(queue: 100, backlog: 128)
        let stuck = QueueFixtures.situation(
            QueueFixtures.snapshot(listeners: [listener]),
            earlier: QueueFixtures.snapshot(uptime: 2483, listeners: [listener]))
        #expect(rule.findings(in: stuck).isEmpty)
        var group = QueueFixtures.listener(queue: 100, backlog: 128, sockets: 8)
        group.emptySockets = 7
        #expect(rule.findings(in: QueueFixtures.once(listeners: [group])).isEmpty)
        group.emptySockets = 1
        #expect(rule.findings(in: QueueFixtures.once(listeners: [group])).count == 1)
    }

    @Test func `raises somaxconn only where it is what limits`() throws {
        // 4000 of 4096: the program asks for too little, whatever somaxconn is.
        let finding = try #require(
            rule.findings(
                in: QueueFixtures.grown(
                    listeners: [QueueFixtures.listener(queue: 3000, backlog: 4000)])
            ).first)
        #expect(finding.settingsThatHelp.isEmpty)
        #expect(finding.remedies.first?.text.contains("4096") == true)
    }

    @Test func `offers no longer queue than 65 535`() throws {
        let situation = QueueFixtures.grown(
            settings: ["net.core.somaxconn": "65535"],
            listeners: [QueueFixtures.listener(queue: 65535, backlog: 65535)])
        #expect(
            try #require(rule.findings(in: situation).first).remedies.map(\.kind) == [.application])
    }
}
