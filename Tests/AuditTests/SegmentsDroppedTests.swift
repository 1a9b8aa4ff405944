import Model
import Testing

@testable import Audit

@Suite struct `Segments dropped` {
    @Test func `are told of each counter that means a drop, and name it`() throws {
        for part in DropKind.all.flatMap(\.parts) {
            let path = "\(part.group).\(part.name)"
            let before = QueueFixtures.snapshot([path: 1], uptime: 2483)
            let now = QueueFixtures.snapshot([path: 1001])
            let situation = QueueFixtures.situation(now, earlier: before)
            let finding = try #require(
                SegmentsDropped().findings(in: situation).first, "\(path) grows and nobody says so")
            #expect(finding.observed.contains("[\(path)]"))
            #expect(finding.count(part.name) == 1000)
        }
    }

    private static func grown(_ counters: [String: Int], by listeners: [Listener] = []) -> Situation
    {
        let zero = counters.mapValues { _ in 0 }
        return QueueFixtures.situation(
            QueueFixtures.snapshot(counters), earlier: QueueFixtures.snapshot(zero, uptime: 2483))
    }

    @Test(arguments: [
        ("TcpExt.IPReversePathFilter", 1, nil), ("TcpExt.IPReversePathFilter", 2, Severity.warning),
        ("TcpExt.TCPMD5NotFound", 2, .warning), ("Ip.InAddrErrors", 1, nil),
        ("Ip.InAddrErrors", 2, .notice), ("Ip.InAddrErrors", 20, .warning),
        ("snmp6.Ip6OutNoRoutes", 19, nil), ("snmp6.Ip6OutNoRoutes", 4000, .notice),
        ("Tcp.InErrs", 5000, .notice),
    ])
    func `are judged by what a healthy host counts`(path: String, count: Int, severity: Severity?) {
        #expect(SegmentsDropped().severities(in: Self.grown([path: count])).first == severity)
    }

    @Test func `do not count what other rules tell of listeners`() throws {
        let full = Self.grown(["TcpExt.ListenDrops": 100, "TcpExt.ListenOverflows": 100])
        #expect(SegmentsDropped().findings(in: full).isEmpty)
        let more = Self.grown([
            "TcpExt.ListenDrops": 130, "TcpExt.ListenOverflows": 100, "TcpExt.TCPReqQFullDrop": 20,
        ])
        let finding = try #require(SegmentsDropped().findings(in: more).first)
        #expect(finding.count("ListenDrops") == 10)
    }

    @Test func `a wrong checksum is told once, not as a broken header as well`() {
        let situation = Self.grown([
            "Tcp.InCsumErrors": 40, "Tcp.InErrs": 40, "IpExt.InCsumErrors": 40,
            "Ip.InHdrErrors": 40,
        ])
        let findings = SegmentsDropped().findings(in: situation)
        #expect(findings.map(\.subject) == ["checksums"])
    }

    @Test func `SYNs for open connections are no broken headers`() {
        // Measured: a client restarted and connects again from its old ports.
        let situation = Self.grown(["Tcp.InErrs": 20, "TcpExt.TCPSYNChallenge": 20])
        let findings = SegmentsDropped().findings(in: situation)
        #expect(findings.map(\.subject) == ["connections that peers have forgotten"])
    }

    @Test func `are silent at one look: every host has dropped something`() {
        let once = QueueFixtures.once(["TcpExt.IPReversePathFilter": 100_000])
        #expect(SegmentsDropped().findings(in: once).isEmpty)
        #expect(
            Coverage.of(once).missing.contains {
                $0.text.hasPrefix("rates") && $0.rules.contains(.segmentsDropped)
            })
    }

    @Test func `of the whole host are told in its own namespace only`() {
        let counters = ["softnet.dropped": 100]
        var now = QueueFixtures.snapshot(counters)
        var before = QueueFixtures.snapshot(["softnet.dropped": 0], uptime: 2483)
        #expect(
            !SegmentsDropped().findings(in: QueueFixtures.situation(now, earlier: before)).isEmpty)
        let initial = now
        now.namespace = Namespace(inode: 7, name: "web", isInit: false)
        before.namespace = now.namespace
        let inside = QueueFixtures.situation(now, earlier: before, neighbours: [initial, now])
        #expect(SegmentsDropped().findings(in: inside).isEmpty)
    }

    private static func listening(_ drops: Int, _ counters: [String: Int]) -> Snapshot {
        var listener = QueueFixtures.listener()
        listener.drops = drops
        return QueueFixtures.snapshot(
            counters, uptime: drops == 0 ? 2483 : 2485, listeners: [listener])
    }

    @Test func `at a socket that no counter explains are told of the socket`() throws {
        let before = Self.listening(0, [:])
        let filtered = QueueFixtures.situation(Self.listening(120, [:]), earlier: before)
        let finding = try #require(SegmentsDropped().findings(in: filtered).first)
        #expect(finding.severity == .warning && finding.subject == "0.0.0.0:443")
        #expect(finding.cause.contains("filter on the socket"))
        // A dropped last ACK counts twice at the socket and once in ListenDrops.
        let told = Self.listening(
            120, ["TcpExt.ListenDrops": 60, "TcpExt.ListenOverflows": 60])
        #expect(
            SegmentsDropped().findings(in: QueueFixtures.situation(told, earlier: before)).isEmpty)
    }

    @Test func `stay few on a page`() {
        let all = Dictionary(
            DropKind.all.flatMap(\.parts).map { ("\($0.group).\($0.name)", 1000) }
        ) { first, _ in first }
        let findings = SegmentsDropped().findings(in: Self.grown(all))
        #expect(findings.count == SegmentsDropped.most)
        #expect(findings.map(\.severity) == findings.map(\.severity).sorted(by: >))
    }

    @Test func `show commands that act in the namespace that was audited, or on its host`() {
        for kind in DropKind.all {
            let reach = CommandReach(kind.command)
            let isOutside = ["journalctl", "grep"].contains {
                kind.command.hasPrefix($0)
            }
            #expect(
                reach == (kind.isOfHost ? .host : isOutside ? .anywhere : .namespace),
                "\(kind.command)")
        }
    }
}
