import Model
import Testing

@testable import Audit

@Suite struct `Setting shadowed` {
    private let rule = SettingShadowed()
    private let key = "net.core.somaxconn"

    private func line(_ value: String, _ file: String = "/etc/sysctl.d/10-a.conf") -> Assignment {
        Assignment(value: value, file: file, line: 3)
    }

    @Test func `names the line that loses and the one that wins`() throws {
        let situation = QueueFixtures.booting(
            key, line: "4096", now: "4096", shadowed: [line("65535")])
        let finding = try #require(rule.findings(in: situation).first)
        #expect(finding.severity == .myth)
        #expect(finding.subject == "/etc/sysctl.d/10-a.conf:3")
        #expect(
            finding.observed
                == "net.core.somaxconn = 65535 loses to 4096 at /etc/sysctl.d/90-tuning.conf:4")
    }

    @Test(arguments: ["4096", "0x1000", "4096 # as before"])
    func `is silent where both say the same to the kernel`(value: String) {
        let situation = QueueFixtures.booting(
            key, line: "4096", now: "4096", shadowed: [line(value)])
        #expect(rule.findings(in: situation).isEmpty)
    }

    @Test func `lets the distribution be overruled`() {
        let vendor = line("128", "/usr/lib/sysctl.d/50-default.conf")
        let situation = QueueFixtures.booting(key, line: "4096", now: "4096", shadowed: [vendor])
        #expect(rule.findings(in: situation).isEmpty)
    }

    @Test func `notes that the two programs disagree, once`() throws {
        let conf = line("32", "/etc/sysctl.conf")
        let situation = QueueFixtures.booting(
            key, line: "31", now: "31", shadowed: [conf], procps: conf)
        let findings = rule.findings(in: situation)
        #expect(findings.map(\.severity) == [.notice])
        #expect(
            findings.first?.observed
                == "net.core.somaxconn: systemd-sysctl sets 31 (/etc/sysctl.d/90-tuning.conf:4), "
                + "sysctl --system sets 32 (/etc/sysctl.conf:3); this host boots with systemd")
    }

    @Test func `tells of a line that boot does not read at all`() throws {
        var snapshot = QueueFixtures.snapshot()
        snapshot.settings = [
            Setting(
                key: key, value: "4096",
                boot: BootSetting(
                    systemd: nil, procps: line("65535", "/etc/sysctl.conf"), rule: .systemd))
        ]
        let finding = try #require(
            rule.findings(in: QueueFixtures.situation(snapshot)).first)
        #expect(finding.severity == .myth)
        #expect(finding.subject == "/etc/sysctl.conf:3")
    }
}
