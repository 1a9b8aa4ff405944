import Model
import Testing

@testable import Audit

@Suite struct `Peers that are silent` {
    private let rule = PeersSilent()

    private func pool(_ sending: Int, lasting: Int, established: Int) -> Scene {
        var scene = Scene()
        scene.connect([.established: established])
        scene.now.tuples[0].retransmitting = sending
        scene.now.retransmitting[.established] = sending
        scene.now.stalledPeers = [
            StalledPeer(
                address: Scene.destination, port: 5432, sendingAgain: sending, lasting: lasting)
        ]
        return scene
    }

    @Test(arguments: [
        // sending again, three times or more, established, severity
        (1, 1, 1, nil), (2, 2, 2, Severity.warning), (3, 3, 3, .warning), (3, 2, 3, nil),
        (3, 3, 4, nil),
    ])
    func `are told of a small pool all of which sends again`(
        sending: Int, lasting: Int, established: Int, severity: Severity?
    ) {
        let findings = pool(sending, lasting: lasting, established: established).findings(of: rule)
        #expect(findings.map(\.severity) == [severity].compactMap(\.self))
        if severity != nil { #expect(findings.first?.subject == "10.0.0.9:5432") }
    }

    @Test func `are told once where the pool is large`() {
        let findings = pool(12, lasting: 12, established: 12).findings(of: rule)
        #expect(findings.map(\.subject) == ["10.0.0.5 → 10.0.0.9:5432"])
    }

    private static let names = [
        "TcpExt.TCPAbortOnTimeout", "Tcp.EstabResets", "Tcp.ActiveOpens", "Tcp.PassiveOpens",
        "TcpExt.TCPKeepAlive", "Tcp.RetransSegs", "TcpExt.TCPSynRetrans", "Tcp.CurrEstab",
    ]

    /// Two seconds in which these counters grew from 0; so many connections stood before.
    private static func grown(_ counters: [String: Int], openBefore: Int = 60) -> Situation {
        var zero = Dictionary(names.map { ($0, 0) }) { first, _ in first }
        zero["Tcp.CurrEstab"] = openBefore
        return QueueFixtures.situation(
            QueueFixtures.snapshot(zero.merging(counters) { $1 }),
            earlier: QueueFixtures.snapshot(zero, uptime: 2483))
    }

    @Test(arguments: [
        (2, 2, 3, nil), (3, 3, 30, Severity.notice), (3, 3, 31, nil), (10, 10, 60, .warning),
        // connect() that gave up: nothing was open.
        (60, 0, 60, nil),
    ])
    func `are told where connections were given up`(
        aborted: Int, ended: Int, openBefore: Int, severity: Severity?
    ) {
        let situation = Self.grown(
            ["TcpExt.TCPAbortOnTimeout": aborted, "Tcp.EstabResets": ended], openBefore: openBefore)
        #expect(rule.severities(in: situation).first == severity)
    }

    @Test(arguments: [
        (120, 0, "keepalive got no answer"), (0, 300, "the peers did not acknowledge data"),
        (120, 300, "the peers acknowledged neither data nor keepalive"),
    ])
    func `say whether it was keepalive that gave them up`(
        probes: Int, resent: Int, words: String
    ) throws {
        let situation = Self.grown([
            "TcpExt.TCPAbortOnTimeout": 60, "Tcp.EstabResets": 60, "TcpExt.TCPKeepAlive": probes,
            "Tcp.RetransSegs": resent,
        ])
        #expect(try #require(rule.findings(in: situation).first).cause.hasPrefix(words))
    }
}
