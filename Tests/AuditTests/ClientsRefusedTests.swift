import Model
import Testing

@testable import Audit

@Suite struct `Clients refused` {
    private static let names = [
        "Ip.InReceives", "Ip.InDelivers", "Ip.ForwDatagrams", "Ip.OutTransmits", "Ip.OutRequests",
        "Icmp.OutDestUnreachs", "Udp.NoPorts", "ip_vs.packets", "TcpExt.IPReversePathFilter",
        "nf_conntrack.drop", "Tcp.OutRsts", "Tcp.ActiveOpens", "Tcp.PassiveOpens",
        "TcpExt.TCPAbortOnClose", "Tcp.AttemptFails", "TcpExt.EmbryonicRsts",
    ]

    /// Two seconds in which these counters grew from 0.
    private static func grown(_ counters: [String: Int]) -> Situation {
        let zero = Dictionary(names.map { ($0, 0) }) { first, _ in first }
        return QueueFixtures.situation(
            QueueFixtures.snapshot(zero.merging(counters) { $1 }),
            earlier: QueueFixtures.snapshot(zero, uptime: 2483))
    }

    @Test(arguments: [
        // received, delivered in two seconds
        (1000, 1000, nil), (90, 81, nil), (90, 80, Severity.notice), (10_000, 9_901, nil),
        (10_000, 9_899, .notice), (80, 60, .warning), (80, 61, .notice),
    ])
    func `by a filter are what came in and was not delivered`(
        received: Int, delivered: Int, severity: Severity?
    ) {
        let situation = Self.grown(["Ip.InReceives": received, "Ip.InDelivers": delivered])
        #expect(ClientsRefused().severities(in: situation).first == severity)
    }

    @Test(arguments: [
        "Ip.ForwDatagrams", "ip_vs.packets", "TcpExt.IPReversePathFilter", "nf_conntrack.drop",
    ])
    func `are not what another counter explains`(path: String) {
        let situation = Self.grown([
            "Ip.InReceives": 1000, "Ip.InDelivers": 100, "Ip.OutTransmits": 900, path: 900,
        ])
        #expect(
            !ClientsRefused().findings(in: situation).contains { $0.subject == "packets received" })
    }

    @Test func `by a rule for forwarding are told of a router, and of no host that sends itself`()
        throws
    {
        let router = Self.grown([
            "Ip.InReceives": 1000, "Ip.ForwDatagrams": 1000, "Ip.OutTransmits": 400,
        ])
        let finding = try #require(ClientsRefused().findings(in: router).first)
        #expect(finding.observed.contains("600 of them were meant to be forwarded"))
        // IPsec counts what it forwards as its own request as well.
        let gateway = Self.grown([
            "Ip.InReceives": 1000, "Ip.ForwDatagrams": 1000, "Ip.OutRequests": 1000,
            "Ip.OutTransmits": 1000,
        ])
        #expect(ClientsRefused().findings(in: gateway).isEmpty)
    }

    @Test func `say how many were rejected by ICMP, less UDP's closed ports`() throws {
        let situation = Self.grown([
            "Ip.InReceives": 100, "Ip.InDelivers": 40, "Icmp.OutDestUnreachs": 30,
            "Udp.NoPorts": 10,
        ])
        let finding = try #require(ClientsRefused().findings(in: situation).first)
        #expect(finding.observed.contains("20 ICMP unreachable messages"))
        #expect(finding.cause.contains("It may be intended"))
    }

    @Test(arguments: [
        // resets, opened in two seconds
        (1, 0, nil), (2, 0, Severity.notice), (19, 0, .notice), (19, 1, nil), (20, 0, .warning),
        (20, 400, nil), (20, 300, .notice),
        (200, 100_000, .notice), (199, 100_000, nil),
    ])
    func `by RST are those that no connection of this host explains`(
        resets: Int, opened: Int, severity: Severity?
    ) {
        let situation = Self.grown(["Tcp.OutRsts": resets, "Tcp.PassiveOpens": opened])
        #expect(ClientsRefused().severities(in: situation).first == severity)
    }

    @Test func `are not the connections that a program here aborts`() {
        let situation = Self.grown([
            "Tcp.OutRsts": 900, "Tcp.PassiveOpens": 400, "TcpExt.TCPAbortOnClose": 300,
        ])
        #expect(ClientsRefused().findings(in: situation).isEmpty)
    }

    /// proxy_pass http://localhost: ::1 is refused, 127.0.0.1 answers.
    @Test func `are not this host's own connects that it refuses itself`() {
        let own = [
            "Tcp.OutRsts": 180, "Tcp.AttemptFails": 180, "Tcp.ActiveOpens": 360,
            "Tcp.PassiveOpens": 180,
        ]
        #expect(ClientsRefused().findings(in: Self.grown(own)).isEmpty)
        // Half-open connections that clients reset are no connects of this host.
        let half = own.merging(["TcpExt.EmbryonicRsts": 180]) { $1 }
        #expect(ClientsRefused().severities(in: Self.grown(half)) == [.notice])
    }

    @Test func `need an interval, and counters`() {
        #expect(
            ClientsRefused().findings(in: QueueFixtures.once(["Ip.InReceives": 1000])).isEmpty)
        #expect(ClientsRefused().findings(in: QueueFixtures.grown()).isEmpty)
    }
}
