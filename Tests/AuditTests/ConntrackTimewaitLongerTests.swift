import Model
import Testing

@testable import Audit

@Suite struct `Conntrack TIME_WAIT longer` {
    private let rule = ConntrackTimewaitLonger()

    private func situation(count: Int, timeout: String = "120", timeWait: Int = 1000) -> Situation {
        var snapshot = QueueFixtures.snapshot(
            ["nf_conntrack.count": count, "nf_conntrack.max": 10000],
            settings: ["net.netfilter.nf_conntrack_tcp_timeout_time_wait": timeout])
        snapshot.states[.timeWait] = timeWait
        return QueueFixtures.situation(snapshot)
    }

    @Test(arguments: [(2499, []), (2500, [.notice]), (7499, [.notice]), (7500, [Severity.warning])])
    func `speaks from a quarter of the table on`(count: Int, severities: [Severity]) {
        #expect(rule.severities(in: situation(count: count)) == severities)
    }

    @Test(arguments: [("60", 0), ("90", 1), ("30", 0), ("-1", 0)])
    func `is silent where tracking forgets as soon as TCP does`(timeout: String, count: Int) {
        #expect(rule.findings(in: situation(count: 5000, timeout: timeout)).count == count)
    }

    @Test(arguments: [(0, 0), (499, 0), (500, 1)])
    func `is silent where the table holds UDP, or what a gateway forwards`(
        timeWait: Int, count: Int
    ) {
        let situation = situation(count: 5000, timeWait: timeWait)
        #expect(rule.findings(in: situation).count == count)
    }

    @Test func `says how many entries no socket needs any more`() throws {
        let finding = try #require(
            rule.findings(in: situation(count: 5000, timeout: "120", timeWait: 1800)).first)
        #expect(finding.evidence["surplus_entries"] == 1800)
        #expect(
            finding.remedies.first?.command
                == "sysctl -w net.netfilter.nf_conntrack_tcp_timeout_time_wait=60")
    }
}
