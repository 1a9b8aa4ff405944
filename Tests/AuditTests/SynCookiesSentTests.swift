import HostState
import Testing

@testable import Audit

@Suite struct `SYN cookies sent` {
    private let rule = SynCookiesSent()

    @Test func `tells real clients from a flood by the cookies that come back`() throws {
        let clients = QueueFixtures.grown([
            "TcpExt.SyncookiesSent": 100, "TcpExt.SyncookiesRecv": 50,
        ])
        let flood = QueueFixtures.grown([
            "TcpExt.SyncookiesSent": 100, "TcpExt.SyncookiesRecv": 49,
        ])
        #expect(try #require(rule.findings(in: clients).first).cause.hasPrefix("real clients"))
        let finding = try #require(rule.findings(in: flood).first)
        #expect(finding.cause.contains("flood"))
        #expect(finding.severity == .warning)
        #expect(finding.observed.contains("49.0 % of them came back valid"))
    }

    @Test func `names the listener with most half-open connections`() throws {
        let situation = QueueFixtures.grown(
            ["TcpExt.SyncookiesSent": 1],
            listeners: [
                QueueFixtures.listener(port: 80),
                QueueFixtures.listener(states: [.synReceived: 2], port: 8443),
            ])
        #expect(rule.findings(in: situation).first?.subject == "0.0.0.0:8443")
    }

    @Test func `is a notice where cookies are sent always, or were sent some time since boot`()
        throws
    {
        let always = QueueFixtures.grown(
            ["TcpExt.SyncookiesSent": 3], settings: ["net.ipv4.tcp_syncookies": "2"])
        let finding = try #require(rule.findings(in: always).first)
        #expect(finding.severity == .notice)
        #expect(finding.remedies.first?.command == "sysctl -w net.ipv4.tcp_syncookies=1")
        #expect(rule.severities(in: QueueFixtures.once(["TcpExt.SyncookiesSent": 1])) == [.notice])
    }

    @Test func `is silent while the counter stands still`() {
        let now = QueueFixtures.snapshot(["TcpExt.SyncookiesSent": 5])
        let before = QueueFixtures.snapshot(["TcpExt.SyncookiesSent": 5], uptime: 2480)
        #expect(rule.findings(in: QueueFixtures.situation(now, earlier: before)).isEmpty)
        #expect(rule.findings(in: QueueFixtures.once()).isEmpty)
    }
}
