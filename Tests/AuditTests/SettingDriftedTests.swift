import Model
import Testing

@testable import Audit

@Suite struct `Setting drifted` {
    private let rule = SettingDrifted()

    @Test func `shows the value now and the one that boot will set`() throws {
        let situation = QueueFixtures.booting("net.core.somaxconn", line: "4096", now: "65535")
        let finding = try #require(rule.findings(in: situation).first)
        #expect(finding.severity == .notice)
        #expect(
            finding.observed
                == "net.core.somaxconn is 65535, boot will set 4096 (/etc/sysctl.d/90-tuning.conf:4)"
        )
        #expect(finding.remedies.last?.command == "sysctl -w net.core.somaxconn=4096")
        #expect(finding.remedies.last?.undo == "sysctl -w net.core.somaxconn=65535")
    }

    @Test(arguments: [
        ("net.core.somaxconn", "0x1000", "4096"), ("net.core.somaxconn", "4096 # x", "4096"),
        ("net.ipv4.tcp_rmem", "4096  131072 6291456", "4096\t131072\t6291456"),
        ("net.ipv4.ip_local_port_range", "20000", "20000\t60999"),
        ("net.ipv4.ip_local_reserved_ports", "9000-9010,8080,", "9000-9010,8080"),
        ("net.ipv4.tcp_congestion_control", "bbr", "bbr"),
        ("net.ipv4.tcp_tw_reuse_delay", "100", "104"),
        ("net.netfilter.nf_conntrack_buckets", "100000", "100352"),
        ("net.core.somaxconn", "4096;", "128"),
    ])
    func `compares what the kernel stores`(key: String, line: String, now: String) {
        let situation = QueueFixtures.booting(key, line: line, now: now)
        #expect(rule.findings(in: situation).isEmpty)
    }

    @Test(arguments: [
        ("net.core.somaxconn", "010", "10"), ("net.ipv4.tcp_tw_reuse_delay", "100", "111"),
        ("net.ipv4.tcp_rmem", "4096 131072 6291456", "4096\t131072\t6291457"),
        ("net.ipv4.tcp_congestion_control", "bbr", "cubic"),
        ("net.ipv4.ip_local_reserved_ports", "8080", ""),
    ])
    func `finds the smallest difference`(key: String, line: String, now: String) {
        let situation = QueueFixtures.booting(key, line: line, now: now)
        #expect(rule.findings(in: situation).count == 1)
    }

    @Test func `is silent where no file names the key, and in other namespaces`() {
        #expect(rule.findings(in: QueueFixtures.once()).isEmpty)
        var snapshot = QueueFixtures.booting("net.core.somaxconn", line: "1", now: "2").now
        snapshot.namespace = Namespace(inode: 9, name: "c1", isInit: false)
        let other = QueueFixtures.situation(
            snapshot, neighbours: [QueueFixtures.snapshot(), snapshot])
        #expect(rule.findings(in: other).isEmpty)
        #expect(rule.findings(in: QueueFixtures.situation(snapshot)).isEmpty)
    }
}
