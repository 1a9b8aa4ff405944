import HostState
import Testing

@testable import Audit

@Suite struct `Resets high` {
    private let rule = ResetsHigh()

    private func counters(_ resets: Int, opened: Int, aborts: Int = 0) -> [String: Int] {
        [
            "Tcp.EstabResets": 14 + resets, "Tcp.ActiveOpens": 35,
            "Tcp.PassiveOpens": 26 + opened, "TcpExt.TCPAbortOnClose": aborts,
        ]
    }

    @Test(arguments: [
        (99, []), (100, [.notice]), (249, [.notice]), (250, [Severity.warning]),
    ])
    func `notes from a tenth on and warns from a quarter on`(resets: Int, severities: [Severity]) {
        let situation = QueueFixtures.grown(counters(resets, opened: 1000))
        #expect(rule.severities(in: situation) == severities)
    }

    @Test func `lets a handful pass`() {
        #expect(rule.findings(in: QueueFixtures.grown(counters(19, opened: 19))).isEmpty)
        #expect(rule.findings(in: QueueFixtures.grown(counters(20, opened: 19))).count == 1)
        #expect(rule.findings(in: QueueFixtures.grown(counters(20, opened: 0))).isEmpty)
    }

    @Test func `tells this side's part`() throws {
        let finding = try #require(
            rule.findings(in: QueueFixtures.grown(counters(300, opened: 1000, aborts: 280))).first)
        #expect(finding.cause == "most of this side's own: closed with data unread")
        #expect(finding.remedies.first?.text.hasPrefix("read to the end") == true)
    }

    @Test func `is a notice since boot`() {
        #expect(rule.severities(in: QueueFixtures.once(counters(986, opened: 1100))) == [.notice])
        #expect(rule.findings(in: QueueFixtures.once(counters(985, opened: 1100))).isEmpty)
    }
}
