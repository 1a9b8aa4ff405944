import Model
import Testing

@testable import Audit

@Suite struct `A filter of this host` {
    private static let names = [
        "Ip.InReceives", "Ip.InDelivers", "Ip.OutRequests", "Ip.OutTransmits", "Ip.ForwDatagrams",
        "Ip.OutDiscards", "Icmp.InTimeExcds", "Tcp.ActiveOpens", "Tcp.InSegs", "Tcp.AttemptFails",
        "TcpExt.EmbryonicRsts", "TcpExt.TCPSynRetrans", "IpExt.InBcastPkts", "IpExt.InMcastPkts",
        "Udp.IgnoredMulti",
    ]

    private static func grown(_ counters: [String: Int]) -> Situation {
        let zero = Dictionary(names.map { ($0, 0) }) { first, _ in first }
        return QueueFixtures.situation(
            QueueFixtures.snapshot(zero.merging(counters) { $1 }),
            earlier: QueueFixtures.snapshot(zero, uptime: 2483))
    }

    @Test func `that resets its own connects is not a port where nothing listens`() throws {
        // Measured: `reject with tcp reset` in the output hook, 102 connects.
        let situation = Self.grown([
            "Ip.InReceives": 102, "Ip.InDelivers": 102, "Ip.OutRequests": 204,
            "Ip.OutTransmits": 102, "Tcp.ActiveOpens": 102, "Tcp.AttemptFails": 102,
            "Tcp.InSegs": 102,
        ])
        let finding = try #require(ResetsHigh().findings(in: situation).first)
        #expect(finding.cause.hasPrefix("a filter of this host (OUTPUT"))
        #expect(finding.remedies.first?.command == "nft list ruleset")
        let other = Self.grown([
            "Ip.InReceives": 102, "Ip.InDelivers": 102, "Ip.OutRequests": 102,
            "Ip.OutTransmits": 102, "Tcp.ActiveOpens": 102, "Tcp.AttemptFails": 102,
            "Tcp.InSegs": 102,
        ])
        #expect(
            try #require(ResetsHigh().findings(in: other).first).cause
                .hasPrefix("refused: no program listens"))
    }

    @Test func `that rejects its own connects by ICMP is named, and so is a routing loop`() throws {
        // Measured: `reject with icmp admin-prohibited` in the output hook.
        let situation = Self.grown([
            "Ip.InReceives": 103, "Ip.InDelivers": 103, "Ip.OutRequests": 206,
            "Ip.OutTransmits": 103, "Tcp.ActiveOpens": 103,
        ])
        let finding = try #require(SynRetransmitting().findings(in: situation).first)
        #expect(finding.cause.hasPrefix("a filter of this host (OUTPUT"))
        let loop = Self.grown([
            "Ip.InReceives": 2, "Ip.InDelivers": 2, "Ip.OutRequests": 103,
            "Ip.OutTransmits": 103, "Tcp.ActiveOpens": 103, "Icmp.InTimeExcds": 2,
        ])
        #expect(
            try #require(SynRetransmitting().findings(in: loop).first).cause
                .contains("a routing loop"))
    }

    @Test func `that drops the answers may be why nothing answers`() throws {
        let cause = OwnFilter(in: Self.grown(["Ip.InReceives": 120])).cause(of: 60)
        #expect(cause?.hasPrefix("a filter of this host (INPUT") == true)
        #expect(OwnFilter(in: Self.grown(["Ip.InReceives": 29])).cause(of: 60) == nil)
        #expect(OwnFilter(in: Self.grown([:])).cause(of: 0) == nil)
    }

    @Test func `that drops broadcasts refuses no client`() {
        let situation = Self.grown(["Ip.InReceives": 500, "IpExt.InBcastPkts": 500])
        #expect(ClientsRefused().findings(in: situation).isEmpty)
        // Broadcasts that were delivered explain nothing that is missing.
        let both = Self.grown([
            "Ip.InReceives": 700, "Ip.InDelivers": 500, "IpExt.InBcastPkts": 500,
            "Udp.IgnoredMulti": 500,
        ])
        #expect(ClientsRefused().severities(in: both) == [.warning])
    }
}
