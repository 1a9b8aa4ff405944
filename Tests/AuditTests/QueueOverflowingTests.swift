import HostState
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
                == "accept queue 512/511 · overflows in this namespace: 102 in 2.0 s (51/s) · "
                + "SYN_RECV 61, to 40 of them the SYN-ACK was sent again")
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

    @Test func `warns only where a queue is full and nobody came meanwhile`() {
        let full = QueueFixtures.listener(queue: 2, backlog: 1)
        #expect(rule.severities(in: QueueFixtures.grown(listeners: [full])) == [.warning])
    }

    @Test func `takes an empty queue of backlog 0 for empty, and one with a connection for full`() {
        let empty = QueueFixtures.listener(queue: 0, backlog: 0)
        let full = QueueFixtures.listener(queue: 1, backlog: 0)
        #expect(rule.severities(in: QueueFixtures.once(listeners: [empty])).isEmpty)
        #expect(rule.severities(in: QueueFixtures.once(listeners: [full])) == [.critical])
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

    @Test func `is silent where the counter stands still`() {
        let now = QueueFixtures.snapshot(["TcpExt.ListenOverflows": 7])
        let before = QueueFixtures.snapshot(["TcpExt.ListenOverflows": 7], uptime: 2480)
        #expect(rule.findings(in: QueueFixtures.situation(now, earlier: before)).isEmpty)
    }
}
