import HostState
import Testing

@testable import Audit

@Suite struct `SYN queue full` {
    private let rule = SynQueueFull()

    private func situation(requests: Int, backlog: Int, cookies: String = "1", sockets: Int = 1)
        -> Situation
    {
        QueueFixtures.once(
            settings: ["net.ipv4.tcp_syncookies": cookies],
            listeners: [
                QueueFixtures.listener(
                    backlog: backlog, states: [.synReceived: requests], sockets: sockets)
            ])
    }

    @Test(arguments: [(96, []), (97, [Severity.warning])])
    func `warns from three quarters of the limit on`(requests: Int, severities: [Severity]) {
        #expect(rule.severities(in: situation(requests: requests, backlog: 128)) == severities)
    }

    @Test func `takes a few handshakes on a small backlog for daily life, a full one not`() {
        #expect(rule.findings(in: situation(requests: 5, backlog: 5)).isEmpty)
        #expect(rule.severities(in: situation(requests: 6, backlog: 5)) == [.warning])
        #expect(rule.findings(in: situation(requests: 1, backlog: 0)).isEmpty)
    }

    @Test func `counts the room of all sockets that share the port`() {
        #expect(rule.findings(in: situation(requests: 97, backlog: 128, sockets: 2)).isEmpty)
    }

    @Test func `is critical where the queue is full and cookies are off`() throws {
        let finding = try #require(
            rule.findings(in: situation(requests: 129, backlog: 128, cookies: "0")).first)
        #expect(finding.severity == .critical)
        #expect(finding.remedies.contains { $0.command == "sysctl -w net.ipv4.tcp_syncookies=1" })
        #expect(finding.observed.hasPrefix("SYN_RECV 129 of 129 (100 %)"))
    }

    @Test func `follows the counters where no queue is near its limit`() throws {
        #expect(
            rule.severities(in: QueueFixtures.grown(["TcpExt.TCPReqQFullDrop": 1])) == [.critical])
        let cookies = QueueFixtures.grown(["TcpExt.TCPReqQFullDoCookies": 4])
        let finding = try #require(rule.findings(in: cookies).first)
        #expect(finding.severity == .warning)
        #expect(finding.observed == "SYNs answered by cookies 4 in 2.0 s (2.0/s)")
        #expect(rule.severities(in: QueueFixtures.once(["TcpExt.TCPReqQFullDrop": 9])) == [.notice])
    }
}
