import Model
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
        "net.ipv4.tcp_sack", "net.ipv4.udp_mem", "net.ipv6.neigh.default.gc_thresh1",
        "net.ipv6.route.max_size", "net.ipv4.conf.all.rp_filter",
        "net.ipv4.conf.*.rp_filter", "kernel.sysrq", "", "\u{1b}[2J",
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
        let balancing = QueueFixtures.stray("net.ipv4.vs.conntrack")
        #expect(try #require(rule.findings(in: balancing).first).cause.contains("ip_vs"))
    }

    @Test func `leaves to another rule what was removed, and is silent where the key is there`() {
        let removed = QueueFixtures.booting("net.ipv4.tcp_tw_recycle", line: "1", now: nil)
        let there = QueueFixtures.booting("net.ipv4.tcp_tw_reuse", line: "1", now: "1")
        #expect(rule.findings(in: removed).isEmpty)
        #expect(rule.findings(in: there).isEmpty)
    }

    /// The file system decides; a name that resembles none does nothing all the same.
    @Test(
        arguments: [
            ("net.ipv4.tcp_fin_t1m30t", false), ("net.ipv4.tcp_fin_t1m30t", nil),
            ("net.inet.tcp.msl", false), ("net.ipv4_timestamps", nil),
            ("net.core.hot_list_length", nil),
            ("net.ipv4.tcp_keepalive_interval", false), ("net.ipv4.conf.eth0.rp_filer", false),
        ] as [(String, Bool?)])
    func `names each key that has no file`(key: String, exists: Bool?) throws {
        var situation = QueueFixtures.snapshot()
        situation.strayAssignments = [
            StrayAssignment(
                key: key, assignment: Assignment(value: "1", file: "/etc/sysctl.d/9.conf", line: 3),
                keyExists: exists)
        ]
        let finding = try #require(
            rule.findings(in: QueueFixtures.situation(situation)).first)
        #expect(finding.severity == .myth && finding.subject == "/etc/sysctl.d/9.conf:3")
        #expect(finding.observed.contains("the line does nothing"))
    }

    @Test(arguments: ["net.ipv4.tcp_quick_ack_mode", "net.ipv4.tcp_fin_timout", "net.ipv6.x.y"])
    func `never calls unknown what has a file`(key: String) {
        var snapshot = QueueFixtures.snapshot()
        snapshot.strayAssignments = [
            StrayAssignment(
                key: key, assignment: Assignment(value: "1", file: "/f", line: 1), keyExists: true)
        ]
        #expect(rule.findings(in: QueueFixtures.situation(snapshot)).isEmpty)
    }

    @Test func `suggests nothing across protocols, and nothing that is gone`() throws {
        for (key, wrong) in [
            ("net.ipv4.udp_men", "tcp_mem"), ("net.ipv4.tcp_abb", "tcp_abc"),
            ("net.ipv4.tcp_facks", "tcp_fack"),
        ] {
            let findings = rule.findings(in: QueueFixtures.stray(key))
            #expect(findings.count == 1, "\(key)")
            for finding in findings {
                #expect(!finding.observed.contains("mean \(wrong)?"), "\(finding.observed)")
                #expect(!finding.observed.contains(".\(wrong)?"), "\(finding.observed)")
            }
        }
    }

    @Test func `tells a missing = and a byte-order mark from a wrong name`() throws {
        for (fault, words) in [
            (StrayAssignment.Fault.noEquals, "`=` is missing"), (.byteOrderMark, "byte-order mark"),
        ] {
            var snapshot = QueueFixtures.snapshot()
            snapshot.strayAssignments = [
                StrayAssignment(
                    key: "net.ipv4.tcp_sack",
                    assignment: Assignment(value: "", file: "/f", line: 1), keyExists: false,
                    fault: fault)
            ]
            let situation = QueueFixtures.situation(snapshot)
            let finding = try #require(rule.findings(in: situation).first)
            #expect(finding.observed.contains(words) && !finding.observed.contains("did you mean"))
            #expect(SettingMisread().findings(in: situation).isEmpty)
            #expect(SettingRemoved().findings(in: situation).isEmpty)
        }
    }
}
