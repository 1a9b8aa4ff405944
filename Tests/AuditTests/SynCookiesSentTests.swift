import Model
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
        #expect(
            try #require(rule.findings(in: clients).first).cause.hasPrefix(
                "the senders are real clients"))
        let finding = try #require(rule.findings(in: flood).first)
        #expect(finding.cause.contains("flood"))
        #expect(finding.severity == .warning)
        #expect(finding.observed.contains("49 % of them came back valid"))
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

    @Test func `is a notice where cookies were sent some time since boot`() {
        #expect(rule.severities(in: QueueFixtures.once(["TcpExt.SyncookiesSent": 1])) == [.notice])
    }

    @Test(arguments: [(400, 400, 0), (100, 49, 1), (99, 0, 0), (100, 50, 0)])
    func `speaks of cookies that are sent always only where they do not come back`(
        sent: Int, received: Int, count: Int
    ) {
        let counters = ["TcpExt.SyncookiesSent": sent, "TcpExt.SyncookiesRecv": received]
        let always = ["net.ipv4.tcp_syncookies": "2"]
        #expect(
            rule.findings(in: QueueFixtures.grown(counters, settings: always)).count == count)
        #expect(rule.findings(in: QueueFixtures.once(counters, settings: always)).isEmpty)
    }

    @Test func `asks for a longer backlog only for clients that answer`() throws {
        let listeners = [
            QueueFixtures.listener(backlog: 128, states: [.synReceived: 129], port: 8443)
        ]
        let settings = ["net.core.somaxconn": "128"]
        let flood = QueueFixtures.grown(
            ["TcpExt.SyncookiesSent": 5000, "TcpExt.SyncookiesRecv": 2], settings: settings,
            listeners: listeners)
        let finding = try #require(rule.findings(in: flood).first)
        #expect(!finding.remedies.contains { $0.text.contains("a backlog of") })
        #expect(finding.settingsThatHelp.isEmpty)
        let clients = QueueFixtures.grown(
            ["TcpExt.SyncookiesSent": 5000, "TcpExt.SyncookiesRecv": 4990], settings: settings,
            listeners: listeners)
        #expect(
            try #require(rule.findings(in: clients).first).settingsThatHelp == [
                "net.core.somaxconn"
            ])
    }

    @Test func `is silent while the counter stands still`() {
        let now = QueueFixtures.snapshot(["TcpExt.SyncookiesSent": 5])
        let before = QueueFixtures.snapshot(["TcpExt.SyncookiesSent": 5], uptime: 2480)
        #expect(rule.findings(in: QueueFixtures.situation(now, earlier: before)).isEmpty)
        #expect(rule.findings(in: QueueFixtures.once()).isEmpty)
    }
}
