import Model
import Testing

@testable import Audit

@Suite struct `Few segments` {
    private static func severity(_ sent: Int, _ again: Int) -> Severity? {
        let before = QueueFixtures.snapshot(
            ["Tcp.OutSegs": 0, "Tcp.RetransSegs": 0], uptime: 2483)
        let now = QueueFixtures.snapshot(["Tcp.OutSegs": sent, "Tcp.RetransSegs": again])
        return Retransmitting().severities(in: QueueFixtures.situation(now, earlier: before)).first
    }

    @Test(arguments: [
        (100, 20, Severity.warning), (100, 19, nil), (200, 20, .warning), (201, 20, nil),
        (0, 40, nil), (40, 40, .warning), (39, 40, nil), (20, 20, .warning), (19, 19, nil),
    ])
    func `sent again in great part are told as well`(sent: Int, again: Int, severity: Severity?) {
        #expect(Self.severity(sent, again) == severity)
    }
}

@Suite struct `Retransmitted segments` {
    private let rule = Retransmitting()

    private func grown(sent: Int, again: Int, handshakes: Int = 0) -> Situation {
        QueueFixtures.grown([
            "Tcp.OutSegs": 1807 + sent, "Tcp.RetransSegs": again,
            "TcpExt.TCPSynRetrans": handshakes,
        ])
    }

    @Test(arguments: [
        (149, []), (150, [.notice]), (499, [.notice]), (500, [Severity.warning]),
    ])
    func `notes from 1.5 % on and warns from 5 % on`(again: Int, severities: [Severity]) {
        #expect(rule.severities(in: grown(sent: 10000, again: again)) == severities)
    }

    @Test func `takes off handshakes, and needs a thousand segments`() throws {
        #expect(rule.findings(in: grown(sent: 10000, again: 600, handshakes: 500)).isEmpty)
        #expect(rule.findings(in: grown(sent: 999, again: 99)).isEmpty)
        #expect(rule.findings(in: grown(sent: 5000, again: 10, handshakes: 90)).isEmpty)
        let finding = try #require(rule.findings(in: grown(sent: 1000, again: 80)).first)
        #expect(
            finding.observed == "80 of 1000 segments retransmitted (8 %) in 2 s, without SYNs")
    }

    @Test func `is a notice since boot whatever the share`() {
        let situation = QueueFixtures.once(["Tcp.OutSegs": 10000, "Tcp.RetransSegs": 9000])
        #expect(rule.severities(in: situation) == [.notice])
    }

    @Test(arguments: [("cubic", [Remedy.Kind.lastResort]), ("bbr", []), (nil, [])])
    func `offers another congestion control only where it is another`(
        control: String?, kinds: [Remedy.Kind]
    ) throws {
        var situation = grown(sent: 1000, again: 80)
        if let control {
            var now = situation.now
            now.settings.append(Setting(key: "net.ipv4.tcp_congestion_control", value: control))
            situation = QueueFixtures.situation(now, earlier: situation.earlier)
        }
        let finding = try #require(rule.findings(in: situation).first)
        #expect(finding.remedies.dropFirst(2).map(\.kind) == kinds)
    }
}
