import Model
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
        #expect(rule.findings(in: QueueFixtures.grown(counters(20, opened: 0))).count == 1)
    }

    @Test func `tells this side's part`() throws {
        let finding = try #require(
            rule.findings(in: QueueFixtures.grown(counters(300, opened: 1000, aborts: 280))).first)
        #expect(finding.cause == "most of this host's own resets: closed with unread data")
        #expect(finding.remedies.first?.text.hasPrefix("read to the end") == true)
    }

    private func refusals(
        _ failed: Int, of connects: Int, embryonic: Int = 0, resent: Int = 0, six: Int? = nil
    ) -> [Severity] {
        var now = [
            "Tcp.AttemptFails": failed, "Tcp.ActiveOpens": 35 + connects,
            "TcpExt.EmbryonicRsts": embryonic, "TcpExt.TCPSynRetrans": resent,
        ]
        now["snmp6.Ip6OutRequests"] = six.map { 7 + $0 }
        return rule.findings(
            in: QueueFixtures.situation(
                QueueFixtures.snapshot(now),
                earlier: QueueFixtures.snapshot(
                    six == nil ? [:] : ["snmp6.Ip6OutRequests": 7], uptime: 2483))
        ).filter { $0.evidence["refused"] != nil }.map(\.severity)
    }

    @Test func `tells connects that are refused, and not the half that tries IPv6 first`() {
        #expect(refusals(61, of: 100) == [.warning])
        #expect(refusals(60, of: 100).isEmpty)
        #expect(refusals(20, of: 20) == [.warning])
        #expect(refusals(19, of: 24).isEmpty)
        // Clients that reset half way, and connects that get no answer, are not refused.
        #expect(refusals(100, of: 100, embryonic: 40).isEmpty)
        #expect(refusals(100, of: 100, resent: 40).isEmpty)
        #expect(refusals(100, of: 0).isEmpty)
    }

    @Test func `is a notice since boot`() {
        #expect(rule.severities(in: QueueFixtures.once(counters(986, opened: 1100))) == [.notice])
        #expect(rule.findings(in: QueueFixtures.once(counters(985, opened: 1100))).isEmpty)
    }

    @Test func `measures by the connections that stood where none was opened`() throws {
        func ended(_ resets: Int, opened: Int = 0, openBefore: Int) -> Situation {
            QueueFixtures.situation(
                QueueFixtures.snapshot([
                    "Tcp.EstabResets": 14 + resets, "Tcp.PassiveOpens": 26 + opened,
                    "TcpExt.TCPAbortOnTimeout": resets,
                ]),
                earlier: QueueFixtures.snapshot(["Tcp.CurrEstab": openBefore], uptime: 2483))
        }
        let finding = try #require(rule.findings(in: ended(60, openBefore: 60)).first)
        #expect(finding.severity == .warning)
        #expect(finding.observed.contains("60 of 60 connections"))
        #expect(rule.severities(in: ended(60, openBefore: 600)) == [.notice])
        #expect(rule.findings(in: ended(60, openBefore: 601)).isEmpty)
        #expect(rule.severities(in: ended(60, opened: 3, openBefore: 60)) == [.warning])
        #expect(rule.findings(in: ended(19, openBefore: 19)).isEmpty)
    }

    @Test func `takes resets of connections that carried nothing for checks`() throws {
        func checks(_ segments: Int) -> Situation {
            QueueFixtures.grown(
                counters(100, opened: 100).merging([
                    "Tcp.InSegs": 3349 + segments
                ]) { $1 })
        }
        let finding = try #require(rule.findings(in: checks(340)).first)
        #expect(finding.severity == .notice)
        #expect(finding.cause.contains("carried no data"))
        #expect(rule.severities(in: checks(500)) == [.warning])
    }

    @Test func `takes resets that a program of this host sends by SO_LINGER for its own choice`()
        throws
    {
        func lingering(_ aborts: Int) -> Situation {
            QueueFixtures.grown(
                counters(100, opened: 100).merging([
                    "TcpExt.TCPAbortOnData": aborts, "Tcp.InSegs": 3349 + 900,
                ]) { $1 })
        }
        let finding = try #require(rule.findings(in: lingering(95)).first)
        #expect(finding.severity == .notice)
        #expect(finding.cause.contains("SO_LINGER 0"))
        #expect(rule.severities(in: lingering(50)) == [.warning])
    }

    @Test func `tells of ten connects where as good as all fail`() {
        #expect(refusals(15, of: 15) == [.warning])
        #expect(refusals(15, of: 17).isEmpty)
        // Two are enough for a notice if none succeeds.
        #expect(refusals(9, of: 9) == [.notice])
        #expect(refusals(2, of: 2) == [.notice])
        #expect(refusals(1, of: 1).isEmpty)
        #expect(refusals(8, of: 9).isEmpty)
    }

    @Test func `allows for IPv6 as far as it was used`() {
        // Measured: one of three upstreams is down, IPv4 only.
        #expect(refusals(237, of: 713, six: 0) == [.notice])
        #expect(refusals(237, of: 713).isEmpty)
        #expect(refusals(71, of: 713, six: 0).isEmpty)
        #expect(refusals(100, of: 200, six: 80).isEmpty)
        #expect(refusals(100, of: 200, six: 79) == [.notice])
        #expect(refusals(121, of: 200, six: 9000) == [.warning])
    }
}
