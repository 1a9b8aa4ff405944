import Model
import Testing

@testable import Audit

@Suite struct `RFC 1337` {
    private let rule = RFC1337()

    @Test(arguments: [("0", []), ("1", [.myth]), ("7", [Severity.myth]), ("", [])])
    func `is a myth whatever value but 0 it has`(value: String, severities: [Severity]) {
        let situation = QueueFixtures.once(settings: ["net.ipv4.tcp_rfc1337": value])
        #expect(rule.severities(in: situation) == severities)
    }

    @Test(arguments: [(999, Severity.myth), (1000, .warning)])
    func `warns where listeners hold many TIME_WAIT and timestamps are off`(
        held: Int, severity: Severity
    ) throws {
        let situation = QueueFixtures.once(
            settings: ["net.ipv4.tcp_rfc1337": "1", "net.ipv4.tcp_timestamps": "0"],
            listeners: [QueueFixtures.listener(states: [.timeWait: held])])
        let finding = try #require(rule.findings(in: situation).first)
        #expect(finding.severity == severity)
        #expect(finding.remedies.first?.command == "sysctl -w net.ipv4.tcp_rfc1337=0")
    }

    @Test func `points to the line that sets it`() {
        let situation = QueueFixtures.booting("net.ipv4.tcp_rfc1337", line: "1", now: "1")
        #expect(
            rule.findings(in: situation).first?.subject == "/etc/sysctl.d/90-tuning.conf:4")
    }
}
