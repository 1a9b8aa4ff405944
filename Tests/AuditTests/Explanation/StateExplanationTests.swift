import Model
import Testing

@testable import Audit

@Suite struct `A state explained` {
    private static func explanation(
        _ name: String, _ change: (inout Scene) -> Void = { _ in }
    ) throws -> Explanation {
        var scene = Scene()
        change(&scene)
        let assessment = Assessment(
            host: scene.host, view: Observation.View(now: scene.now, earlier: scene.earlier))
        return try #require(Explainer(assessment).explain(name))
    }

    @Test func `is not called absent where nobody asked for it`() throws {
        let verdict = try Self.explanation("BOUND_INACTIVE").verdict
        #expect(verdict == "Not checked: bound, unconnected sockets (not asked for).")
    }

    @Test func `counts bound sockets, and names who holds them`() throws {
        let explanation = try Self.explanation("BOUND_INACTIVE") {
            $0.now.bound = [
                BoundSockets(
                    address: .unspecifiedV4, sockets: 28_232, portsInRange: 28_232,
                    owner: Owner(name: "leaky-agent", pids: [9], confidence: .certain, reason: ""))
            ]
        }
        #expect(explanation.here.first?.text == "28 232")
        #expect(explanation.here.contains { $0.text.contains("leaky-agent") })
        #expect(!explanation.verdict.contains("None"))
        #expect(
            try Self.explanation("BOUND_INACTIVE") { $0.now.bound = [] }.verdict
                == "None in this namespace.")
    }

    @Test func `says which rules looked, and never that nothing is wrong`() throws {
        let verdict = try Self.explanation("CLOSE_WAIT") {
            $0.listen(80, [.established: 3000, .closeWait: 12])
        }.verdict
        #expect(verdict.hasPrefix("12 sockets; no rule found a problem (judged by "))
        #expect(verdict.contains("close-wait-leak"))
        #expect(!verdict.contains("o problem"))
    }

    @Test func `says what no rule judges, of the roles that occur`() throws {
        let idle = try Self.explanation("ESTABLISHED") { $0.listen(80, [.established: 3000]) }
            .verdict
        #expect(idle.contains("No rule judges ESTABLISHED at a listener, idle: "))
        #expect(!idle.contains("opened by this host, idle"))
        let outgoing = try Self.explanation("ESTABLISHED") { $0.connect([.established: 9]) }.verdict
        #expect(outgoing.contains("opened by this host, idle"))
    }

    @Test func `says so where sockets were not read`() throws {
        #expect(
            try Self.explanation("TIME_WAIT") { $0.now.source = .none }.verdict
                == "Not checked: sockets (not read).")
        let listenersOnly = try Self.explanation("TIME_WAIT") {
            $0.now.unseen = [Unseen(what: Coverage.unreadConnections, why: "")]
        }
        #expect(listenersOnly.verdict.hasPrefix("Not checked: connections"))
        #expect(listenersOnly.here.isEmpty)
    }

    @Test func `takes no finding for its own that is about other states`() throws {
        let full: (inout Scene) -> Void = { $0.connect([.timeWait: 28_000]) }
        #expect(try !Self.explanation("TIME_WAIT", full).findings.isEmpty)
        #expect(try Self.explanation("TIME_WAIT", full).verdict.contains("ports-exhausting"))
        let established = try Self.explanation("FIN_WAIT1", full)
        #expect(established.findings.isEmpty)
        #expect(established.verdict == "None in this namespace.")
    }

    @Test func `tells those without a process, and those of a server that is gone`() throws {
        let explanation = try Self.explanation("FIN_WAIT2") {
            $0.listen(80, [.finWait2: 40], withoutInode: 40)
            $0.now.withoutInode[.finWait2] = 40
            $0.now.formerListeners = [
                FormerListener(
                    address: Scene.loopback, port: 8081, states: StateCounts([.finWait2: 5]),
                    peers: 5)
            ]
            $0.now.states[.finWait2] += 5
        }
        #expect(explanation.here.contains { $0.name == "without a process" && $0.text == "40" })
        #expect(
            explanation.here.contains {
                $0.name == "of a server that no longer listens" && $0.text == "5"
            })
    }
}
