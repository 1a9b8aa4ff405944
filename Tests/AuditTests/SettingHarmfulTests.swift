import Catalogue
import FoundationEssentials
import Model
import Testing

@testable import Audit

@Suite struct `Setting harmful` {
    private let rule = SettingHarmful()

    private static func host() -> Host {
        Host(
            name: "web-3", kernel: "6.8.0", machine: "x86_64", memory: ["MemTotal": 4 << 30],
            pageSize: 4096)
    }

    private func findings(_ settings: [String: String], host: Host = host()) -> [Finding] {
        rule.findings(
            in: QueueFixtures.situation(QueueFixtures.snapshot(settings: settings), host: host))
    }

    @Test(arguments: [
        ("net.ipv4.tcp_sack", "0", "1", Severity.warning, "SACK"),
        ("net.ipv4.tcp_notsent_lowat", "0", "1", .critical, "no socket ever has room"),
        ("net.ipv4.ip_default_ttl", "7", "64", .critical, "router 7"),
        ("net.ipv4.ip_default_ttl", "31", "32", .warning, "router 31"),
        ("net.ipv4.tcp_window_scaling", "0", "1", .warning, "64 KiB"),
        ("net.ipv4.tcp_timestamps", "0", "1", .notice, "PAWS"),
        ("net.ipv4.tcp_timestamps", "0", "2", .notice, "PAWS"),
        ("net.ipv4.tcp_moderate_rcvbuf", "0", "1", .warning, "do not grow"),
        ("net.ipv4.tcp_retries2", "1", "8", .warning, "100 s"),
        ("net.ipv4.tcp_retries2", "7", "15", .notice, "100 s"),
        ("net.ipv4.tcp_synack_retries", "0", "2", .warning, "1 s"),
        ("net.ipv4.tcp_syn_retries", "1", "2", .warning, "3 s"),
        ("net.ipv4.tcp_orphan_retries", "1", "0", .notice, "2.2 s"),
        ("net.ipv4.tcp_abort_on_overflow", "1", "0", .notice, "reset"),
        ("net.ipv4.tcp_syncookies", "2", "1", .notice, "cookie"),
        ("net.core.somaxconn", "128", "129", .notice, "129"),
        ("net.core.somaxconn", "8", "4096", .warning, "9 connections"),
        ("net.core.netdev_max_backlog", "99", "100", .warning, "drops packets"),
        ("net.ipv4.tcp_rmem", "4096 4096 4096", "4096 87380 87380", .warning, "4.0 KiB"),
        ("net.ipv4.tcp_rmem", "4096 262144 131072", "4096 131072 131072", .notice, "do not grow"),
        ("net.ipv4.tcp_wmem", "4096 4096 65536", "4096 16384 65536", .warning, "starts with"),
        ("net.ipv4.tcp_mem", "786432 1048576 1572864", "90000 120000 180000", .warning, "4.0 GiB"),
        ("net.ipv4.tcp_mem", "100 200 300", "32768 43690 65536", .warning, "all TCP connections"),
        ("net.ipv4.tcp_mem", "300 200 100000", "200 300 100000", .warning, "not in order"),
        ("net.ipv4.tcp_max_orphans", "512", "1024", .warning, "512"),
    ])
    func `is judged by its consequence`(
        key: String, harmful: String, harmless: String, severity: Severity, words: String
    ) throws {
        let finding = try #require(findings([key: harmful]).first, "\(key) = \(harmful)")
        #expect(finding.severity == severity)
        #expect(finding.observed.hasPrefix("\(key) = \(harmful): "))
        #expect(finding.observed.contains(words), "\(finding.observed)")
        #expect(findings([key: harmless]).isEmpty, "\(key) = \(harmless)")
    }

    @Test(arguments: [
        ("1", "1", "1", true), ("4", "1", "5", true), ("5", "1", "5", false),
        ("7200", "75", "9", false),
    ])
    func `is a keepalive that gives up within ten seconds`(
        time: String, interval: String, probes: String, isHarmful: Bool
    ) throws {
        let found = findings([
            "net.ipv4.tcp_keepalive_time": time, "net.ipv4.tcp_keepalive_intvl": interval,
            "net.ipv4.tcp_keepalive_probes": probes,
        ])
        #expect(found.isEmpty != isHarmful, "\(found)")
        if isHarmful {
            #expect(found[0].severity == .warning && found[0].observed.contains("SO_KEEPALIVE"))
        }
    }

    @Test func `is judged before boot sets it, and by tuned's profile, too`() throws {
        let planned = QueueFixtures.booting("net.ipv4.tcp_sack", line: "0", now: "1")
        let finding = try #require(rule.findings(in: planned).first)
        #expect(finding.observed.hasPrefix("boot will set net.ipv4.tcp_sack = 0: "))
        #expect(finding.subject == "/etc/sysctl.d/90-tuning.conf:4")
        #expect(!finding.remedies.contains { $0.command != nil })
        var snapshot = QueueFixtures.snapshot()
        var boot = BootSetting(systemd: nil, procps: nil, rule: .systemd)
        boot.others = [
            OtherAssignment(
                program: .tuned, assignment: Assignment(value: "0", file: "/t", line: 2))
        ]
        snapshot.settings.append(Setting(key: "net.ipv4.tcp_sack", value: "1", boot: boot))
        let other = try #require(
            rule.findings(in: QueueFixtures.situation(snapshot)).first)
        #expect(other.observed.hasPrefix("tuned's active profile will set"))
    }

    @Test func `is not what boot tries in vain, nor another namespace's file`() {
        #expect(
            rule.findings(
                in: QueueFixtures.booting("net.ipv4.tcp_sack", line: "0s", now: "1")
            ).isEmpty)
        var snapshot = QueueFixtures.snapshot(
            namespace: Namespace(inode: 7, name: "blue", isInit: false))
        let line = Assignment(value: "0", file: "/f", line: 1)
        snapshot.settings.append(
            Setting(
                key: "net.ipv4.tcp_sack", value: "1",
                boot: BootSetting(systemd: line, procps: line, rule: .systemd)))
        #expect(rule.findings(in: QueueFixtures.situation(snapshot)).isEmpty)
    }

    @Test(arguments: ["5.10", "6.1", "6.12", "7.3"])
    func `is no setting of an untuned kernel`(release: String) throws {
        let tests = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
        let path = "/\(tests)/CatalogueTests/Fixtures/sysctl-\(release).txt"
        let text = String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
        var settings: [String: String] = [:]
        for line in text.split(separator: "\n") {
            guard let sign = line.firstRange(of: " = ") else { continue }
            settings[String(line[..<sign.lowerBound])] = String(line[sign.upperBound...])
        }
        #expect(settings["net.ipv4.tcp_sack"] == "1")
        let host = Host(
            name: "x", kernel: "\(release).0", machine: "x86_64", memory: ["MemTotal": 2 << 30],
            pageSize: 4096)
        #expect(findings(settings, host: host).isEmpty)
    }
}
