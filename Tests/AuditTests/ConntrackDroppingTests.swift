import Model
import Testing

@testable import Audit

@Suite struct `Conntrack dropping` {
    private let rule = ConntrackDropping()

    @Test(arguments: [(8999, Severity.warning), (9000, .critical)])
    func `is critical where packets are dropped and the table is full`(
        count: Int, severity: Severity
    ) {
        let situation = QueueFixtures.grown([
            "nf_conntrack.drop": 3, "nf_conntrack.count": count, "nf_conntrack.max": 10000,
        ])
        #expect(rule.severities(in: situation) == [severity])
    }

    @Test func `asks for more ports, not for a larger table, where an empty table drops`() throws {
        let finding = try #require(
            rule.findings(
                in: QueueFixtures.grown([
                    "nf_conntrack.insert_failed": 300, "nf_conntrack.drop": 300,
                    "nf_conntrack.count": 300,
                ])
            ).first)
        #expect(finding.remedies.first?.text.contains("source addresses") == true)
        #expect(finding.remedies.first?.text.contains("random-fully") == true)
        #expect(!finding.commands.contains { $0.contains("nf_conntrack_max") })
        #expect(!finding.isAnsweredByProfile)
        let full = try #require(
            rule.findings(
                in: QueueFixtures.grown([
                    "nf_conntrack.drop": 300, "nf_conntrack.count": 262_144,
                ])
            ).first)
        #expect(full.commands.contains("sysctl -w net.netfilter.nf_conntrack_max=524288"))
        #expect(full.isAnsweredByProfile)
    }

    @Test func `tells races of UDP by those that were settled`() throws {
        let finding = try #require(
            rule.findings(
                in: QueueFixtures.grown([
                    "nf_conntrack.insert_failed": 6, "nf_conntrack.clash_resolve": 9,
                ])
            ).first)
        #expect(finding.remedies.first?.text.contains("DNS") == true)
    }

    @Test func `takes failed insertions in an empty table for ports that were taken`() throws {
        let finding = try #require(
            rule.findings(in: QueueFixtures.grown(["nf_conntrack.insert_failed": 6])).first)
        #expect(finding.severity == .warning)
        #expect(finding.cause.contains("was already taken"))
        #expect(finding.observed == "entries not inserted: 6 in 2 s (3.0/s); table 0 % full")
        #expect(finding.evidence["insert_failed_per_second"] == .number(3))
    }

    @Test func `is a notice since boot, and silent while nothing grows`() {
        #expect(
            rule.severities(in: QueueFixtures.once(["nf_conntrack.early_drop": 1])) == [.notice])
        let old = ["nf_conntrack.drop": Int(5)]
        let still = QueueFixtures.situation(
            QueueFixtures.snapshot(old), earlier: QueueFixtures.snapshot(old, uptime: 2400))
        #expect(rule.findings(in: still).isEmpty)
        #expect(rule.findings(in: QueueFixtures.once()).isEmpty)
    }
}
