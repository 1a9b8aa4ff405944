import Model
import Testing

@testable import Audit

@Suite struct `Syncookies off` {
    private let rule = SyncookiesOff()
    private let off = ["net.ipv4.tcp_syncookies": "0"]

    @Test func `warns where others reach a listener`() throws {
        let situation = QueueFixtures.once(
            settings: off,
            listeners: [QueueFixtures.listener(), QueueFixtures.listener(backlog: 5, port: 25)])
        let finding = try #require(rule.findings(in: situation).first)
        #expect(finding.severity == .warning)
        #expect(finding.evidence["smallest_backlog"] == 5)
        #expect(finding.remedies.first?.undo == "sysctl -w net.ipv4.tcp_syncookies=0")
    }

    @Test func `is critical while SYNs are dropped`() {
        let situation = QueueFixtures.grown(
            ["TcpExt.TCPReqQFullDrop": 1], settings: off, listeners: [QueueFixtures.listener()])
        #expect(rule.severities(in: situation) == [.critical])
    }

    @Test
    func `is silent with cookies on, without listeners, and where only this host reaches them`() {
        let local = QueueFixtures.listener(address: IPAddress(v4: 0x7f00_0001))
        #expect(rule.findings(in: QueueFixtures.once(settings: off)).isEmpty)
        #expect(rule.findings(in: QueueFixtures.once(settings: off, listeners: [local])).isEmpty)
        #expect(
            rule.findings(in: QueueFixtures.once(listeners: [QueueFixtures.listener()])).isEmpty)
    }
}
