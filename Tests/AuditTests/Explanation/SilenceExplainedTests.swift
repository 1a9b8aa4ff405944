import Model
import Testing

@testable import Audit

/// What `explain` makes of a counter, a rule or a setting about which the audit said nothing.
@Suite struct `Silence explained` {
    private static func verdict(_ name: String, _ situation: Situation) throws -> String {
        let assessment = Assessment(
            situation: situation, findings: Rules.all.flatMap { $0.findings(in: situation) })
        return try #require(Explainer(assessment).explain(name)).verdict
    }

    @Test func `a counter at 0 has not happened, one that was not read is not at 0`() throws {
        #expect(
            try Self.verdict("ListenOverflows", QueueFixtures.once())
                .hasPrefix("It has been 0 since boot. Judged by queue-overflowing"))
        var now = QueueFixtures.snapshot()
        now.counters.groups["TcpExt"] = nil
        now.unseen = [
            Unseen(what: "counters of /proc/net/netstat", why: "not in the captured tree")
        ]
        #expect(
            try Self.verdict("ListenOverflows", QueueFixtures.situation(now))
                == "Not checked: counters of /proc/net/netstat (not in the captured tree).")
        now.counters.groups["TcpExt"] = ["TW": 1]
        #expect(
            try Self.verdict("ListenOverflows", QueueFixtures.situation(now))
                == "This kernel does not report it.")
    }

    @Test func `a counter that grows is told with its rate and its findings`() throws {
        let situation = QueueFixtures.grown(["TcpExt.ListenOverflows": 40])
        let assessment = Assessment(
            situation: situation, findings: Rules.all.flatMap { $0.findings(in: situation) })
        let explanation = try #require(Explainer(assessment).explain("ListenOverflows"))
        #expect(explanation.verdict.hasPrefix("It grows: 20/s over 2 s."))
        #expect(explanation.findings.contains { $0.rule == .queueOverflowing })
    }

    @Test func `a level neither grows nor happens`() throws {
        let verdict = try Self.verdict("Tcp.CurrEstab", QueueFixtures.once(["Tcp.CurrEstab": 7]))
        #expect(verdict.hasPrefix("It is a level, not a count of events: now 7."))
        #expect(verdict.contains("No rule judges it"))
    }

    @Test func `a rule that could not judge says what it lacked`() throws {
        var now = QueueFixtures.snapshot()
        now.source = .none
        #expect(
            try Self.verdict("close-wait-leak", QueueFixtures.situation(now))
                == "Not checked in this run: it needs sockets (not read).")
        #expect(
            try Self.verdict("close-wait-leak", QueueFixtures.once())
                == "This rule found no problem here."
        )
        #expect(
            try Self.verdict("resets-high", QueueFixtures.once())
                == "This rule found no problem here. Not checked: rates (one look; --interval 5s measures them)."
        )
    }

    @Test func `a setting of a tree without settings is not called absent`() throws {
        var now = QueueFixtures.snapshot()
        now.settings = []
        #expect(
            try Self.verdict("tcp_fin_timeout", QueueFixtures.situation(now))
                == "Not checked: tcptune could not read the settings.")
    }
}
