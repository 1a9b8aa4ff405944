import Model
import Testing

@testable import Audit

@Suite struct `Setting removed` {
    private let rule = SettingRemoved()
    private let recycle = "net.ipv4.tcp_tw_recycle"

    @Test func `finds a line for tcp_tw_recycle on a kernel without it`() throws {
        let situation = QueueFixtures.booting(recycle, line: "1", now: nil)
        let finding = try #require(rule.findings(in: situation).first)
        #expect(finding.severity == .myth)
        #expect(finding.subject == "/etc/sysctl.d/90-tuning.conf:4")
        #expect(
            finding.observed
                == "net.ipv4.tcp_tw_recycle = 1 does nothing: Linux 4.12 removed it, this is 6.18"
        )
        #expect(rule.severities(in: QueueFixtures.stray(recycle)) == [.myth])
    }

    @Test(arguments: [("4.11.0", 0), ("4.12.0", 1)])
    func `begins with the release that removed it`(kernel: String, count: Int) {
        #expect(rule.findings(in: QueueFixtures.stray(recycle, kernel: kernel)).count == count)
    }

    @Test(arguments: [("0", []), ("1", [Severity.critical])])
    func `is critical where an old kernel has it on`(value: String, severities: [Severity]) {
        let situation = QueueFixtures.booting(
            recycle, line: value, now: value, kernel: "3.10.0-1160")
        #expect(rule.severities(in: situation) == severities)
    }

    @Test func `knows files that nothing reads, and those that only vendors have`() throws {
        let inert = QueueFixtures.booting("net.ipv4.tcp_low_latency", line: "1", now: "1")
        #expect(
            rule.findings(in: inert).first?.observed.contains("nothing in Linux reads it") == true)
        let vendor = QueueFixtures.stray("net.ipv4.tcp_tw_timeout", "30")
        #expect(rule.severities(in: vendor) == [.myth])
    }

    @Test func `is silent about settings that are there and lines that act`() {
        let situation = QueueFixtures.booting("net.ipv4.tcp_fin_timeout", line: "30", now: "30")
        #expect(rule.findings(in: situation).isEmpty)
    }
}
