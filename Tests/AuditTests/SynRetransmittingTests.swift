import HostState
import Testing

@testable import Audit

@Suite struct `SYN retransmitting` {
    private let rule = SynRetransmitting()

    private func situation(
        waiting: Int, established: Int = 0, resent: Int?, opened: Int = 0,
        listeners: [Listener] = []
    ) -> Situation {
        var now = QueueFixtures.snapshot(
            ["TcpExt.TCPSynRetrans": resent ?? 0, "Tcp.ActiveOpens": 35 + opened],
            listeners: listeners)
        if waiting + established > 0 {
            now.tuples = [
                PortLedger(
                    tuple: Tuple(
                        source: IPAddress(v4: 0x0a00_0005),
                        destination: IPAddress(v4: 0x0a00_0009), port: 5432),
                    states: StateCounts([.synSent: waiting, .established: established]))
            ]
        }
        return QueueFixtures.situation(
            now, earlier: resent == nil ? nil : QueueFixtures.snapshot(uptime: 2483))
    }

    @Test func `is critical where nothing answers, a warning where something does`() throws {
        #expect(rule.severities(in: situation(waiting: 1, established: 3, resent: 2)) == [.warning])
        let finding = try #require(rule.findings(in: situation(waiting: 4, resent: 6)).first)
        #expect(finding.severity == .critical)
        #expect(finding.subject == "10.0.0.5 → 10.0.0.9:5432")
        #expect(
            finding.observed
                == "4 connects wait for an answer, 0 connections stand; SYNs sent again on this host: "
                + "6 in 2.0 s (3.0/s)")
        let knob = try #require(finding.remedies.last)
        #expect(knob.command == "sysctl -w net.ipv4.tcp_syn_retries=3")
        #expect(knob.undo == "sysctl -w net.ipv4.tcp_syn_retries=6")
    }

    @Test func `is silent while no SYN is repeated`() {
        #expect(rule.findings(in: situation(waiting: 40, resent: 0)).isEmpty)
    }

    @Test(arguments: [(15, 0), (16, 1)])
    func `takes a crowd in SYN_SENT for a notice from one look`(waiting: Int, count: Int) {
        let findings = rule.findings(in: situation(waiting: waiting, resent: nil))
        #expect(findings.count == count)
        #expect(findings.allSatisfy { $0.severity == .notice })
    }

    @Test(arguments: [(1, 20, 1), (1, 21, 0), (1, 19, 0), (5, 100, 1), (4, 100, 0)])
    func `goes by the share of connects where none waits at this moment`(
        resent: Int, opened: Int, count: Int
    ) {
        let situation = situation(waiting: 0, resent: resent, opened: opened)
        #expect(rule.findings(in: situation).count == count)
    }

    @Test func `does not blame connects for the SYN-ACKs of a listener`() {
        let listener = QueueFixtures.listener(states: [.synReceived: 2], retransmitted: 2)
        let situation = situation(waiting: 0, resent: 50, opened: 100, listeners: [listener])
        #expect(rule.findings(in: situation).isEmpty)
    }
}
