import Model
import Testing

@testable import Audit

/// Counters as Linux 6.18 counted them in two seconds.
@Suite struct `Checks by connect and reset` {
    private static let names = [
        "Tcp.EstabResets", "Tcp.ActiveOpens", "Tcp.PassiveOpens", "Tcp.InSegs", "Tcp.OutRsts",
        "Tcp.CurrEstab", "TcpExt.TCPPureAcks", "TcpExt.TCPHPAcks", "TcpExt.TCPOrigDataSent",
        "TcpExt.TCPAbortOnClose", "TcpExt.TCPAbortOnData", "TcpExt.TCPAbortOnLinger",
    ]

    private static func grown(_ counters: [String: Int]) -> Situation {
        let zero = Dictionary(names.map { ($0, 0) }) { first, _ in first }
        return QueueFixtures.situation(
            QueueFixtures.snapshot(zero.merging(counters) { $1 }),
            earlier: QueueFixtures.snapshot(zero, uptime: 2483))
    }

    /// 20 checks and 40 requests with answers per second: 41 of 121 connections end by a reset.
    private static let beside = [
        "Tcp.EstabResets": 41, "Tcp.PassiveOpens": 121, "Tcp.InSegs": 603,
        "TcpExt.TCPPureAcks": 201, "TcpExt.TCPHPAcks": 80, "TcpExt.TCPOrigDataSent": 160,
    ]
    /// The same beside 100 requests per second.
    private static let few = [
        "Tcp.EstabResets": 40, "Tcp.PassiveOpens": 241, "Tcp.InSegs": 1326,
        "TcpExt.TCPPureAcks": 442, "TcpExt.TCPHPAcks": 201, "TcpExt.TCPOrigDataSent": 402,
    ]
    /// 20 checks per second beside 100 keep-alive connections.
    private static let keepAlive = [
        "Tcp.EstabResets": 40, "Tcp.PassiveOpens": 40, "Tcp.InSegs": 8120,
        "TcpExt.TCPPureAcks": 40, "TcpExt.TCPHPAcks": 4000, "TcpExt.TCPOrigDataSent": 4000,
    ]

    @Test(arguments: [beside, few])
    func `are silent at any share beside requests with answers`(counters: [String: Int]) {
        #expect(ResetsHigh().findings(in: Self.grown(counters)).isEmpty)
    }

    @Test(arguments: [
        ("Tcp.OutRsts", 5), ("TcpExt.TCPAbortOnClose", 5), ("Tcp.ActiveOpens", 5),
    ])
    func `are not what this host may have reset, or opened itself`(path: String, count: Int) {
        let situation = Self.grown(Self.beside.merging([path: count]) { $1 })
        #expect(ResetsHigh().severities(in: situation) == [.warning])
    }

    @Test func `are not clients that reset after their request, beside probes that send nothing`() {
        // 61 connections brought nothing, 51 others were reset; the probes end with a FIN.
        let situation = Self.grown([
            "Tcp.EstabResets": 51, "Tcp.PassiveOpens": 261, "Tcp.InSegs": 1322,
            "TcpExt.TCPPureAcks": 450, "TcpExt.TCPHPAcks": 150, "TcpExt.TCPOrigDataSent": 361,
        ])
        #expect(ResetsHigh().severities(in: situation) == [.notice])
    }

    @Test func `are silent where more connections were silent, and this host sent nothing on them`()
    {
        let counters = [
            "Tcp.EstabResets": 40, "Tcp.PassiveOpens": 80, "Tcp.CurrEstab": 40,
            "Tcp.InSegs": 200, "TcpExt.TCPPureAcks": 80,
        ]
        #expect(ResetsHigh().findings(in: Self.grown(counters)).isEmpty)
        let answering = counters.merging(["TcpExt.TCPOrigDataSent": 45]) { $1 }
        #expect(ResetsHigh().findings(in: Self.grown(answering)).count == 1)
    }

    @Test func `are a notice at most beside connections that stay open`() throws {
        let finding = try #require(ResetsHigh().findings(in: Self.grown(Self.keepAlive)).first)
        #expect(finding.severity == .notice)
        #expect(finding.cause.contains("while others stay open and carry the traffic"))
        let without = Self.keepAlive.merging(["TcpExt.TCPOrigDataSent": 399]) { $1 }
        #expect(ResetsHigh().severities(in: Self.grown(without)) == [.warning])
    }

    @Test func `do not hide requests that a proxy's upstream resets`() {
        // 45 of 272 requests failed, beside the proxy's own probes.
        let situation = Self.grown([
            "Tcp.EstabResets": 44, "Tcp.ActiveOpens": 321, "Tcp.InSegs": 1119, "Tcp.CurrEstab": 1,
            "TcpExt.TCPPureAcks": 262, "TcpExt.TCPOrigDataSent": 537,
        ])
        #expect(ResetsHigh().severities(in: situation) == [.notice])
    }

    @Test func `are not clients in the queue of a listener that is closed`() throws {
        let counters = [
            "Tcp.EstabResets": 200, "Tcp.PassiveOpens": 861, "Tcp.CurrEstab": 3,
            "Tcp.InSegs": 4165, "Tcp.OutRsts": 200, "TcpExt.TCPPureAcks": 1126,
            "TcpExt.TCPHPAcks": 658, "TcpExt.TCPOrigDataSent": 1316,
        ]
        let finding = try #require(ResetsHigh().findings(in: Self.grown(counters)).first)
        #expect(finding.cause.hasPrefix("this host reset them: a listener was closed"))
        #expect(finding.observed.hasSuffix("; this host sent 200 RSTs and counts no reason"))
        #expect(finding.commands.first == "sysctl -w net.ipv4.tcp_migrate_req=1")
        // On loopback both ends count, and one sends.
        let local = counters.merging([
            "Tcp.ActiveOpens": 861, "Tcp.InSegs": 8074, "Tcp.OutRsts": 100,
        ]) { $1 }
        #expect(
            try #require(ResetsHigh().findings(in: Self.grown(local)).first).cause
                .hasPrefix("this host reset them"))
        // Far fewer are not all; and a counted reason comes first.
        for (path, count) in [("Tcp.OutRsts", 100), ("TcpExt.TCPAbortOnClose", 200)] {
            let other = counters.merging([path: count]) { $1 }
            #expect(
                try #require(ResetsHigh().findings(in: Self.grown(other)).first).cause
                    .hasPrefix("this host reset them") == false)
        }
    }
}
