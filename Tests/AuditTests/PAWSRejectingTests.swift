import Model
import Testing

@testable import Audit

@Suite struct `PAWS rejecting` {
    private let rule = PAWSRejecting()

    @Test func `warns of each SYN refused over TIME_WAIT, and names listener and peer`() throws {
        var listener = QueueFixtures.listener(states: [.timeWait: 50])
        listener.topPeers = [PeerCount(address: IPAddress(v4: 0xc633_6401), count: 48)]
        let situation = QueueFixtures.grown(["TcpExt.PAWSTimewait": 1], listeners: [listener])
        let finding = try #require(rule.findings(in: situation).first)
        #expect(finding.severity == .warning)
        #expect(finding.subject == "0.0.0.0:443")
        #expect(finding.observed.hasSuffix("most sockets here are with 198.51.100.1 (48)"))
        #expect(finding.remedies.last?.kind == .lastResort)
    }

    @Test(arguments: [(1, 0), (2, 1)])
    func `lets overtaken packets pass, fewer than one a second`(count: Int, findings: Int) {
        let situation = QueueFixtures.grown(["TcpExt.PAWSEstab": count])
        #expect(rule.findings(in: situation).count == findings)
    }

    @Test(arguments: [(99, []), (100, [Severity.notice])])
    func `is a notice since boot from a hundred on`(count: Int, severities: [Severity]) {
        #expect(rule.severities(in: QueueFixtures.once(["TcpExt.PAWSEstab": count])) == severities)
    }

    @Test func `is critical where tcp_tw_recycle refuses them`() throws {
        let situation = QueueFixtures.grown(
            ["TcpExt.PAWSEstab": 20], settings: ["net.ipv4.tcp_tw_recycle": "1"])
        let finding = try #require(rule.findings(in: situation).first)
        #expect(finding.severity == .critical)
        #expect(finding.remedies.contains { $0.command == "sysctl -w net.ipv4.tcp_tw_recycle=0" })
    }

    @Test func `says of both kinds what an older kernel counts together`() throws {
        var before = QueueFixtures.snapshot(uptime: 2483)
        var after = QueueFixtures.snapshot(["TcpExt.PAWSEstab": 20])
        let newer = QueueFixtures.situation(after, earlier: before)
        #expect(rule.findings(in: newer).first?.observed.contains("SYNs") == false)
        before.counters["TcpExt", "PAWSTimewait"] = nil
        after.counters["TcpExt", "PAWSTimewait"] = nil
        let older = try #require(
            rule.findings(in: QueueFixtures.situation(after, earlier: before)).first)
        #expect(older.observed.contains("segments of live connections or SYNs over TIME_WAIT 20"))
    }
}
