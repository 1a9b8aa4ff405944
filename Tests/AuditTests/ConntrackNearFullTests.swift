import Model
import Testing

@testable import Audit

@Suite struct `Conntrack near full` {
    private let rule = ConntrackNearFull()

    @Test(arguments: [
        (7499, []), (7500, [.warning]), (8999, [.warning]), (9000, [Severity.critical]),
    ])
    func `warns from three quarters on and is critical from nine tenths on`(
        count: Int, severities: [Severity]
    ) {
        let situation = QueueFixtures.once([
            "nf_conntrack.count": count, "nf_conntrack.max": 10000,
        ])
        #expect(rule.severities(in: situation) == severities)
    }

    /// 2500 entries are left: 83 in 2 s fill them in 60.2 s, 84 in 59.5 s.
    @Test(arguments: [(84, Severity.critical), (83, .warning), (-5, .warning)])
    func `is critical where it fills within a minute`(growth: Int, severity: Severity) {
        let counters = { (count: Int) in
            ["nf_conntrack.count": count, "nf_conntrack.max": Int(10000)]
        }
        let situation = QueueFixtures.situation(
            QueueFixtures.snapshot(counters(7500)),
            earlier: QueueFixtures.snapshot(counters(7500 - growth), uptime: 2483))
        #expect(rule.severities(in: situation) == [severity])
    }

    @Test func `says what doubling costs, and how to take it back`() throws {
        let situation = QueueFixtures.once(["nf_conntrack.count": 262000])
        let finding = try #require(rule.findings(in: situation).first)
        let raise = try #require(finding.remedies.last)
        #expect(raise.command == "sysctl -w net.netfilter.nf_conntrack_max=524288")
        #expect(raise.undo == "sysctl -w net.netfilter.nf_conntrack_max=262144")
        #expect(raise.risk.contains("64 MiB"))
        #expect(
            finding.observed
                == "new connections of this network namespace, its own and forwarded ones, fail once the table is full: 262 000 of 262 144 entries (99.9 %)"
        )
    }

    @Test func `is silent without a limit and without tracking`() {
        let unlimited = QueueFixtures.once(["nf_conntrack.count": 9, "nf_conntrack.max": 0])
        var none = QueueFixtures.snapshot()
        none.counters.groups["nf_conntrack"] = nil
        #expect(rule.findings(in: unlimited).isEmpty)
        #expect(rule.findings(in: QueueFixtures.situation(none)).isEmpty)
    }
}
