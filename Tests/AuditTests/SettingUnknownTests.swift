import HostState
import Testing

@testable import Audit

@Suite struct `Setting unknown` {
    private let rule = SettingUnknown()

    @Test(arguments: [
        ("net.ipv4.tcp_tw_resue", "net.ipv4.tcp_tw_reuse"),
        ("net.ipv4.tcp_fin_timeot", "net.ipv4.tcp_fin_timeout"),
        ("net.core/somaxconn", "net.core.somaxconn"),
        ("net.ipv4.somaxconn", "net.core.somaxconn"),
        ("tcp_fin_timeout", "net.ipv4.tcp_fin_timeout"),
        ("net.ipv4.TCP_syncookies", "net.ipv4.tcp_syncookies"),
        ("net.ipv4.tcp_tw_reuse 1", "net.ipv4.tcp_tw_reuse"),
    ])
    func `suggests what was meant`(written: String, meant: String) throws {
        let finding = try #require(rule.findings(in: QueueFixtures.stray(written)).first)
        #expect(finding.severity == .myth)
        #expect(finding.evidence["meant"] == .text(meant))
    }

    @Test(arguments: [
        "net.ipv4.tcp_sack", "net.ipv4.udp_mem", "net.ipv4.tcp_fin_t1m30t",
        "net.ipv4.conf.all.rp_filter", "net.ipv4.conf.*.rp_filter", "kernel.sysrq", "", "\u{1b}[2J",
    ])
    func `does not guess where a name is real or resembles none`(key: String) {
        #expect(rule.findings(in: QueueFixtures.stray(key)).isEmpty)
    }

    @Test func `tells of keys that came later and of modules that are not loaded`() throws {
        let later = QueueFixtures.booting(
            "net.ipv4.tcp_tw_reuse_delay", line: "100", now: nil, kernel: "6.1.0-18-amd64")
        #expect(try #require(rule.findings(in: later).first).cause.contains("6.14"))
        let tracking = QueueFixtures.booting(
            "net.netfilter.nf_conntrack_max", line: "1000000", now: nil)
        #expect(rule.severities(in: tracking) == [.notice])
    }

    @Test func `leaves to another rule what was removed, and is silent where the key is there`() {
        let removed = QueueFixtures.booting("net.ipv4.tcp_tw_recycle", line: "1", now: nil)
        let there = QueueFixtures.booting("net.ipv4.tcp_tw_reuse", line: "1", now: "1")
        #expect(rule.findings(in: removed).isEmpty)
        #expect(rule.findings(in: there).isEmpty)
    }
}
