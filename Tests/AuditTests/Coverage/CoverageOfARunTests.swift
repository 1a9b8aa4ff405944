import Model
import Testing

@testable import Audit

@Suite struct `The coverage of a run` {
    private static func situation(
        earlier: Bool = false, _ change: (inout Snapshot) -> Void = { _ in }
    ) -> Situation {
        var now = QueueFixtures.snapshot(listeners: [QueueFixtures.listener()])
        now.processes = [ProcessInUse(pid: 812, name: "nginx", openFiles: 9, openFilesLimit: 1024)]
        now.sourcePorts = []
        now.unixListeners = UnixListeners(count: 0)
        now.goneAddresses = []
        now.portBlocks = []
        now.unreadOutgoing = []
        change(&now)
        return QueueFixtures.situation(
            now, earlier: earlier ? QueueFixtures.snapshot(uptime: 2483) : nil)
    }

    private static func missing(_ situation: Situation) -> [String] {
        Coverage.of(situation).missing.map(\.text)
    }

    @Test func `is whole where two snapshots read everything`() {
        #expect(Coverage.summary(of: [Self.situation(earlier: true)]) == nil)
    }

    @Test func `says that one look measures no rates`() {
        #expect(
            Coverage.summary(of: [Self.situation()])
                == "Not checked: rates (one look; --interval 5s measures them).")
    }

    @Test func `says what an older snapshot does not hold`() throws {
        let summary = try #require(
            Coverage.summary(of: [Self.situation(earlier: true) { $0.sourcePorts = nil }]))
        #expect(summary.contains("bound, unconnected sockets (not asked for)"))
        #expect(summary.contains("distinct ports by source address (not counted)"))
    }

    @Test func `says what /proc does not show, and what --listeners leaves out`() throws {
        let proc = Self.situation(earlier: true) {
            $0.source = .proc
            for index in $0.listeners.indices { $0.listeners[index].backlog = nil }
        }
        #expect(
            try #require(Coverage.summary(of: [proc])).contains(
                "accept queue limits (/proc/net/tcp"))
        let listeners = Self.situation(earlier: true) {
            $0.unseen = [Unseen(what: Coverage.unreadConnections, why: "--listeners")]
        }
        #expect(
            try #require(Coverage.summary(of: [listeners])).contains("connections (--listeners"))
        let judged = Coverage.of(listeners).judged.flatMap(\.rules)
        #expect(!judged.contains(.closeWaitLeak) && judged.contains(.queueOverflowing))
    }

    @Test func `takes out rules that could read nothing, and says which they are`() {
        let coverage = Coverage.of(Self.situation { $0.source = .none })
        #expect(!coverage.judged.flatMap(\.rules).contains(.portsExhausting))
        let sockets = coverage.missing.first { $0.text == "sockets (not read)" }
        #expect(sockets?.rules.contains(.portsExhausting) == true)
        #expect(coverage.judged.flatMap(\.rules).contains(.retransmitting))
    }

    @Test func `of several namespaces says each thing once`() throws {
        let one = Self.situation()
        let summary = try #require(Coverage.summary(of: [one, one]))
        #expect(summary.split(separator: ";").count == 2)
    }

    @Test func `does not call a host without connection tracking unread`() {
        let bare = Self.situation(earlier: true) { $0.counters.groups["nf_conntrack"] = nil }
        #expect(Coverage.summary(of: [bare]) == nil)
        #expect(Self.missing(bare).contains("connection tracking (no table found here)"))
    }
}
