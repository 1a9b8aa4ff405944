import Model
import Testing

@testable import Audit

@Suite struct `Setting misread` {
    private let rule = SettingMisread()

    @Test(arguments: [
        ("net.ipv4.tcp_fin_timeout", "010", "the kernel reads 010 as octal: 8"),
        ("net.ipv4.tcp_fin_timeout", "08", "08 is not a number for the kernel"),
        ("net.ipv4.tcp_fin_timeout", "30s", "30s is not a number for the kernel"),
        ("net.ipv4.tcp_fin_timeout", "\"17\"", "\"17\" is not a number for the kernel"),
        ("net.ipv4.tcp_fin_timeout", "", "it is empty"),
        ("net.ipv4.tcp_fin_timeout", "72#x", "72#x is not a number for the kernel"),
        ("net.ipv4.tcp_tw_reuse", "3", "3 is outside 0 … 2"),
        ("net.ipv4.ip_local_port_range", "20000,30000", "20000,30000 is not a number"),
        ("net.ipv4.ip_local_port_range", "20000", "sets 1 of 2 numbers (20000)"),
        ("net.ipv4.tcp_rmem", "4096 131072 # x", "after it has stored 4096 131072"),
        ("net.ipv4.ip_local_reserved_ports", "8080, 9090", "blanks between ports are not allowed"),
        ("net.ipv4.ip_local_reserved_ports", "9-8", "9-8 is not a port or port range"),
        ("net.ipv4.ip_local_reserved_ports", "010-020", "the kernel reads 010 as octal: 8"),
        ("net.ipv4.tcp_congestion_control", "bbr # fast", "no such name"),
    ])
    func `tells what the kernel makes of it`(key: String, line: String, text: String) throws {
        let now = key.hasSuffix("range") ? "32768\t60999" : key.hasSuffix("rmem") ? "1 2 3" : "1"
        let finding = try #require(
            rule.findings(in: QueueFixtures.booting(key, line: line, now: now)).first)
        #expect(finding.severity == .myth)
        #expect(finding.observed.contains(text))
    }

    @Test func `takes a comment behind a number for a notice`() throws {
        let situation = QueueFixtures.booting(
            "net.ipv4.tcp_fin_timeout", line: "72 # comment", now: "72")
        let finding = try #require(rule.findings(in: situation).first)
        #expect(finding.severity == .notice)
        #expect(finding.observed.hasSuffix("stores 72 and ignores `# comment`"))
    }

    @Test(arguments: [
        ("net.ipv4.tcp_fin_timeout", "30"), ("net.ipv4.tcp_fin_timeout", "0x1F"),
        ("net.ipv4.tcp_fin_timeout", "-5"), ("net.ipv4.tcp_syncookies", "01"),
        ("net.ipv4.tcp_syncookies", "00"), ("net.ipv4.tcp_rmem", "4096 131072\t6291456"),
        ("net.ipv4.ip_local_reserved_ports", "8080,9000-9010,"),
        ("net.ipv4.ip_local_reserved_ports", ""), ("net.ipv4.tcp_congestion_control", "bbr"),
        ("net.core.something_new", "16M"),
    ])
    func `is silent about what is stored as it looks`(key: String, line: String) {
        #expect(rule.findings(in: QueueFixtures.booting(key, line: line, now: "word")).isEmpty)
    }
}
