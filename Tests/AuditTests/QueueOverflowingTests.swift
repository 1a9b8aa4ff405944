import Model
import Testing

@testable import Audit

@Suite struct `Queue overflowing` {
    private let rule = QueueOverflowing()

    @Test func `is critical where a queue is beyond its backlog and overflows are counted`() throws
    {
        let situation = QueueFixtures.grown(
            ["TcpExt.ListenOverflows": 102],
            listeners: [
                QueueFixtures.listener(
                    queue: 512, backlog: 511, states: [.synReceived: 61], retransmitted: 40)
            ])
        let finding = try #require(rule.findings(in: situation).first)
        #expect(finding.severity == .critical)
        #expect(finding.subject == "0.0.0.0:443")
        #expect(finding.owner?.name == "nginx")
        #expect(
            finding.observed
                == "accept queue 512/511 · overflows in this namespace: 102 in 2 s (51/s) · "
                + "SYN_RECV 61, 40 of them with a resent SYN-ACK")
        #expect(finding.evidence["overflows_per_second"] == .number(51))
        #expect(finding.remedies.map(\.kind) == [.application, .application, .lastResort])
        #expect(finding.remedies.last?.undo == "sysctl -w net.ipv4.tcp_abort_on_overflow=0")
    }

    @Test(arguments: [(510, []), (511, [.warning]), (512, [Severity.critical])])
    func `begins at the backlog, where one place is left`(queue: Int, severities: [Severity]) {
        let situation = QueueFixtures.once(
            listeners: [QueueFixtures.listener(queue: queue, backlog: 511)])
        #expect(rule.severities(in: situation) == severities)
    }

    @Test(arguments: [(1, []), (2, []), (3, [Severity.notice]), (9, [.notice])])
    func `begins with three where a short queue has one place left`(
        queue: Int, severities: [Severity]
    ) {
        let situation = QueueFixtures.once(
            listeners: [QueueFixtures.listener(queue: queue, backlog: queue)])
        #expect(rule.severities(in: situation) == severities)
    }

    @Test func `warns only where a queue is full and nobody came meanwhile`() {
        let full = QueueFixtures.listener(queue: 12, backlog: 11)
        #expect(rule.severities(in: QueueFixtures.grown(listeners: [full])) == [.warning])
        let small = QueueFixtures.listener(queue: 2, backlog: 1)
        #expect(rule.severities(in: QueueFixtures.grown(listeners: [small])) == [.notice])
    }

    @Test func `takes an empty queue of backlog 0 for empty, and one with a connection for full`() {
        let empty = QueueFixtures.listener(queue: 0, backlog: 0)
        let full = QueueFixtures.listener(queue: 1, backlog: 0)
        #expect(rule.severities(in: QueueFixtures.once(listeners: [empty])).isEmpty)
        // A debugger's listen(0) with its one client: nobody was turned away.
        #expect(rule.severities(in: QueueFixtures.once(listeners: [full])) == [.notice])
    }

    @Test(arguments: [(9, Severity.warning), (10, .critical)])
    func `names the fullest queue after a burst, critical from five a second on`(
        overflows: Int, severity: Severity
    ) throws {
        let situation = QueueFixtures.grown(
            ["TcpExt.ListenOverflows": overflows],
            listeners: [
                QueueFixtures.listener(port: 22),
                QueueFixtures.listener(queue: 90, backlog: 128, port: 8080),
            ])
        let finding = try #require(rule.findings(in: situation).first)
        #expect(finding.severity == severity)
        #expect(finding.subject == "0.0.0.0:8080")
    }

    @Test func `is a notice where one look tells of overflows since boot`() throws {
        let situation = QueueFixtures.once(
            ["TcpExt.ListenOverflows": 7], listeners: [QueueFixtures.listener()])
        let finding = try #require(rule.findings(in: situation).first)
        #expect(finding.severity == .notice)
        #expect(finding.observed.contains("7 since boot"))
    }

    private func dropping(_ drops: Int?, queue: Int = 0, backlog: Int = 511, port: UInt16 = 443)
        -> Listener
    {
        var listener = QueueFixtures.listener(queue: queue, backlog: backlog, port: port)
        listener.drops = drops
        return listener
    }

    @Test func `names the listener that dropped connections since listen(), with one look`() throws
    {
        let situation = QueueFixtures.once(
            ["TcpExt.ListenOverflows": 900, "TcpExt.ListenDrops": 900],
            listeners: [dropping(0, port: 22), dropping(900, port: 8080)])
        let findings = rule.findings(in: situation)
        #expect(findings.map(\.subject) == ["0.0.0.0:8080"])
        let finding = try #require(findings.first)
        #expect(finding.severity == .notice)
        #expect(finding.observed.contains("900 since listen()"))
        #expect(finding.evidence["drops"] == 900)
        // The counter of the namespace says that the drops were not of an accept queue.
        let other = QueueFixtures.once(
            ["TcpExt.ListenDrops": 900], listeners: [dropping(900, port: 8080)])
        #expect(rule.findings(in: other).isEmpty)
    }

    @Test(arguments: [(9, Severity.warning), (10, .critical)])
    func `goes by a listener's own drops in the interval`(drops: Int, severity: Severity) throws {
        let now = QueueFixtures.snapshot(
            ["TcpExt.ListenOverflows": 9000 + drops],
            listeners: [dropping(70, port: 22), dropping(500 + drops, port: 8080)])
        let before = QueueFixtures.snapshot(
            ["TcpExt.ListenOverflows": 9000], uptime: 2483,
            listeners: [dropping(70, port: 22), dropping(500, port: 8080)])
        let findings = rule.findings(in: QueueFixtures.situation(now, earlier: before))
        #expect(findings.map(\.subject) == ["0.0.0.0:8080"])
        #expect(findings.map(\.severity) == [severity])
        #expect(findings.first?.evidence["drops_per_second"] == .number(Double(drops) / 2))
    }

    @Test func `is critical where a small queue is full and has dropped somebody`() {
        for (drops, severity) in [(0, Severity.notice), (1, .critical)] {
            let full = dropping(drops, queue: 6, backlog: 5)
            #expect(
                rule.severities(
                    in: QueueFixtures.once(["TcpExt.ListenOverflows": 1], listeners: [full]))
                    == [severity])
        }
    }

    @Test func `says no less after two looks that nobody was accepted in than after one`() {
        let (few, none) = (
            dropping(40, queue: 4, backlog: 3), dropping(0, queue: 4, backlog: 3)
        )
        for (full, severity) in [(few, Severity.critical), (none, .notice)] {
            let counters = ["TcpExt.ListenOverflows": 40]
            let twice = QueueFixtures.situation(
                QueueFixtures.snapshot(counters, listeners: [full]),
                earlier: QueueFixtures.snapshot(counters, uptime: 2483, listeners: [full]))
            #expect(
                rule.severities(in: QueueFixtures.once(counters, listeners: [full])) == [severity])
            #expect(rule.severities(in: twice) == [severity])
        }
    }

    @Test func `asks for no longer queue where nobody is accepted`() throws {
        let full = QueueFixtures.listener(queue: 4096, backlog: 4096)
        let stuck = QueueFixtures.situation(
            QueueFixtures.snapshot(["TcpExt.ListenOverflows": 60], listeners: [full]),
            earlier: QueueFixtures.snapshot(uptime: 2483, listeners: [full]))
        let finding = try #require(rule.findings(in: stuck).first)
        #expect(finding.severity == .critical)
        #expect(finding.observed.contains("none was accepted in 2 s"))
        #expect(!finding.commands.contains { $0.contains("somaxconn") })
        #expect(!finding.remedies.contains { $0.text.contains("backlog") })
        #expect(!finding.isAnsweredByProfile)
        // The same queue of a program that accepts: somaxconn is what limits it.
        var slow = full
        slow.accepted = AcceptProgress(waitingBefore: 4096, accepted: 400)
        let busy = QueueFixtures.situation(
            QueueFixtures.snapshot(["TcpExt.ListenOverflows": 60], listeners: [slow]),
            earlier: QueueFixtures.snapshot(uptime: 2483, listeners: [full]))
        let other = try #require(rule.findings(in: busy).first)
        #expect(other.observed.contains("200 accepted/s: a client waits about 20 s"))
        #expect(other.commands.contains("sysctl -w net.core.somaxconn=16384"))
        #expect(other.isAnsweredByProfile)
    }

    @Test func `looks at the worker of the full socket where the others are empty`() throws {
        var group = QueueFixtures.listener(queue: 65, backlog: 64, sockets: 8)
        (group.emptySockets, group.fullSockets) = (7, 1)
        let finding = try #require(
            rule.findings(
                in: QueueFixtures.once(["TcpExt.ListenOverflows": 9], listeners: [group])
            ).first)
        #expect(finding.severity == .critical)
        #expect(finding.observed.contains("7 of 8 sockets on the port are empty"))
        #expect(finding.remedies.first?.text.contains("worker") == true)
        #expect(!finding.remedies.contains { $0.text.contains("backlog") })
        #expect(finding.evidence["empty_sockets"] == 7)
        (group.emptySockets, group.fullSockets) = (0, 8)
        let all = try #require(
            rule.findings(
                in: QueueFixtures.once(["TcpExt.ListenOverflows": 9], listeners: [group])
            ).first)
        #expect(all.remedies.contains { $0.text.contains("backlog") })
    }

    @Test func `is silent where the counter stands still`() {
        let now = QueueFixtures.snapshot(["TcpExt.ListenOverflows": 7])
        let before = QueueFixtures.snapshot(["TcpExt.ListenOverflows": 7], uptime: 2480)
        #expect(rule.findings(in: QueueFixtures.situation(now, earlier: before)).isEmpty)
    }

    @Test func `says that limits were not read where /proc showed none`() throws {
        var listener = QueueFixtures.listener(queue: 21)
        listener.backlog = nil
        let situation = QueueFixtures.grown(
            ["TcpExt.ListenOverflows": 78, "TcpExt.ListenDrops": 78], listeners: [listener])
        let finding = try #require(QueueOverflowing().findings(in: situation).first)
        #expect(!finding.observed.contains("no queue is full"))
        #expect(finding.observed.contains("the queue limits are unknown"))
        #expect(finding.observed.contains("0.0.0.0:443"))
    }

    @Test func `counts a dropped last ACK once`() throws {
        // The socket counts it twice (sk_drops), the namespace once.
        var listener = QueueFixtures.listener(queue: 129, backlog: 128)
        listener.drops = 92
        var before = listener
        before.drops = 0
        let situation = QueueFixtures.situation(
            QueueFixtures.snapshot(
                ["TcpExt.ListenOverflows": 46, "TcpExt.ListenDrops": 46], listeners: [listener]),
            earlier: QueueFixtures.snapshot(uptime: 2483, listeners: [before]))
        let finding = try #require(QueueOverflowing().findings(in: situation).first)
        #expect(finding.observed.contains("dropped: 46 in 2 s"))
    }
}
