import Model
import Testing

@testable import Audit
@testable import Report

@Suite struct `The page of explain` {
    /// A host whose ports to one destination are used up.
    private static func explanation(_ text: String) throws -> Explanation {
        var now = Snapshot(
            namespace: Namespace(inode: 1, name: "init", isInit: true), time: 1_800_000_000,
            uptime: 1000, source: .diag)
        for (key, value) in [
            ("net.ipv4.ip_local_port_range", "32768\t60999"), ("net.ipv4.tcp_tw_reuse", "0"),
            ("net.ipv4.tcp_timestamps", "1"), ("net.ipv4.ip_local_reserved_ports", ""),
        ] { now.settings.append(Setting(key: key, value: value)) }
        now.counters = Counters(["TcpExt": ["ListenOverflows": 0]])
        now.tuples = [
            PortLedger(
                tuple: Tuple(
                    source: IPAddress(v4: 0x0a00_0005), destination: IPAddress(v4: 0x0a00_0009),
                    port: 5432), states: StateCounts([.established: 12, .timeWait: 28_220]),
                evenPorts: 14_116)
        ]
        now.states = StateCounts([.established: 12, .timeWait: 28_220])
        let host = Host(name: "web-3", kernel: "6.1.0-18-amd64", machine: "x86_64")
        let assessment = Assessment(host: host, view: Observation.View(now: now))
        return try #require(Explainer(assessment).explain(text))
    }

    private static func page(_ text: String) throws -> String {
        var explanation = try explanation(text)
        // Findings have snapshots of their own.
        explanation.findings = []
        return TerminalRenderer(width: 100, colour: false).render(
            ExplainReport.document(explanation))
    }

    @Test func `tells each cause's verdict in brackets, with the numbers`() throws {
        let page = try Self.page(
            "dial tcp 10.0.0.9:5432: connect: cannot assign requested address")
        let text = page.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(text.contains("On this host"))
        #expect(text.contains("Causes, most frequent first"))
        #expect(text.contains("[found: 28 232 of 28 232 ports in use for 10.0.0.5"))
        #expect(text.contains("[cannot be seen here: tcptune does not read interface addresses"))
    }

    @Test func `never says that there is nothing where nobody looked`() throws {
        #expect(try Self.page("BOUND_INACTIVE").contains("Not checked: bound, unconnected sockets"))
        #expect(try !Self.page("ESTABLISHED").contains("othing wrong"))
    }

    @Test func `has each cause's verdict in JSON, and the keys from before`() throws {
        let json = try ExplainReport.json(
            try Self.explanation("EADDRNOTAVAIL"),
            host: Host(name: "web-3", kernel: "6.1.0", machine: "x86_64"),
            tool: Tool(name: "tcptune", version: "0"), notes: [])
        for part in [
            "\"standing\" : \"found\"", "\"standing\" : \"cannot_be_seen\"",
            "\"is_present\" : true", "\"is_present\" : null", "\"found_at\"", "\"rules\"",
            "\"evidence\"",
        ] {
            #expect(json.contains(part), "\(part)")
        }
    }
}
