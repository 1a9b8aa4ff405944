import Audit
import Metrics
import Model
import Report
import Synchronization
import Testing
import Watching

@testable import Agent

@Suite struct `The board of samples` {
    private static let host = Host(name: "web-3", kernel: "6.1.0", machine: "x86_64")

    private final class Clock: Sendable {
        let now = Mutex(1000.0)
    }

    private static func watched(finds findings: [Finding] = []) -> WatchedNamespace {
        var watched = WatchedNamespace(share: 0.01, at: 999)
        var counters = CounterSample(time: 1000)
        counters[.timeWaits] = 100
        _ = watched.take(counters, [Listener(address: .unspecifiedV4, port: 443, backlog: 511)])
        var snapshot = Snapshot(
            namespace: Namespace(inode: 1, name: "init", isInit: true), time: 1_764_000_000,
            uptime: 1000, source: .diag)
        snapshot.states = StateCounts([.established: 7, .listen: 1])
        snapshot.listeners = watched.listeners
        let situation = Situation(host: host, view: Observation.View(now: snapshot))
        watched.take(
            Assessment(situation: situation, findings: findings), counters: counters, cost: 0)
        return watched
    }

    private static func sample(
        at time: Double = 1000, _ watched: WatchedNamespace, isReady: Bool = true
    ) -> Sample {
        var metrics = HostMetrics()
        metrics.update(
            [WatchedView(name: "init", watched: watched)],
            agent: AgentFigures(version: "0", sampled: 1, processorSeconds: 1))
        return Sample(
            time: time, clock: 1_764_000_000, host: host,
            views: [WatchedView(name: "init", watched: watched)], metrics: metrics,
            isReady: isReady)
    }

    private static func board(_ clock: Clock) -> SampleBoard {
        SampleBoard(
            tool: Tool(name: "tcptune-agent", version: "0"),
            clock: {
                clock.now.withLock { $0 }
            })
    }

    private static func text(_ response: AgentResponse) -> String {
        String(decoding: response.body, as: UTF8.self)
    }

    @Test func `has nothing before the first sample`() {
        let board = Self.board(Clock())
        for path in ["/metrics", "/", "/-/healthy", "/-/ready", "/api/v1/snapshot"] {
            #expect(board.respond(path: path).status == 503)
        }
        #expect(board.respond(path: "/metric").status == 404)
        #expect(board.respond(path: "/../etc/passwd").status == 404)
    }

    @Test func `answers each path with its kind`() throws {
        let board = Self.board(Clock())
        let finding = Finding(
            rule: .queueOverflowing, severity: .critical, subject: "0.0.0.0:443 <script>",
            observed: "511 of 511", evidence: [:], cause: "c", remedies: [], proof: "p")
        board.publish(Self.sample(Self.watched(finds: [finding])), isSummary: false)
        let metrics = board.respond(path: "/metrics")
        #expect(metrics.contentType == "text/plain; version=0.0.4; charset=utf-8")
        #expect(
            Self.text(metrics).contains(
                "tcptune_findings{rule=\"queue-overflowing\",severity=\"critical\"} 1\n"))
        let page = board.respond(path: "/")
        #expect(page.status == 200 && page.contentType.hasPrefix("text/html"))
        #expect(Self.text(page).contains("0.0.0.0:443 &lt;script&gt;"))
        #expect(Self.text(page).contains("http-equiv=\"refresh\""))
        #expect(!Self.text(page).contains("<script"))
        // Else a server's own policy would leave the page without its style.
        let policy = try #require(page.contentSecurityPolicy)
        #expect(policy.hasPrefix("default-src 'none'; style-src 'sha256-"))
        #expect(Self.text(page).contains(policy.replacing("'", with: "&#39;")))
        let findings = Self.text(board.respond(path: "/api/v1/findings"))
        #expect(findings.contains("\"format\":\"tcptune.findings/1\""))
        #expect(findings.contains("\"since_seconds\":0"))
        let snapshot = Self.text(board.respond(path: "/api/v1/snapshot"))
        #expect(snapshot.contains("\"format\":\"tcptune.summary/1\""))
        #expect(snapshot.utf8.count <= 4096)
        #expect(board.respond(path: "/-/healthy").status == 200)
        #expect(board.respond(path: "/-/ready").status == 200)
    }

    @Test func `shows the page of twenty where that was asked for`() {
        let board = Self.board(Clock())
        board.publish(Self.sample(Self.watched()), isSummary: true)
        let lines = Self.text(board.respond(path: "/metrics")).split(separator: "\n")
        #expect((10...20).contains(lines.count { !$0.hasPrefix("#") }))
    }

    @Test func `is not ready before every namespace was looked at`() {
        let board = Self.board(Clock())
        board.publish(Self.sample(Self.watched(), isReady: false), isSummary: false)
        #expect(board.respond(path: "/-/ready").status == 503)
        #expect(board.respond(path: "/-/healthy").status == 200)
    }

    @Test func `is not healthy with an old sample, and says why there is no other`() {
        let clock = Clock()
        let board = Self.board(clock)
        board.publish(Self.sample(Self.watched()), isSummary: false)
        board.note(failure: "cannot read /proc/net/snmp")
        clock.now.withLock { $0 = 1014 }
        #expect(board.respond(path: "/-/healthy").status == 200)
        clock.now.withLock { $0 = 1016 }
        let answer = board.respond(path: "/-/healthy")
        #expect(answer.status == 503)
        #expect(
            Self.text(answer) == "the last sample is 16 s old: cannot read /proc/net/snmp\n")
        // What was seen last is shown all the same.
        #expect(board.respond(path: "/metrics").status == 200)
    }

    @Test func `shows each sample, and not the one before it`() {
        let board = Self.board(Clock())
        board.publish(Self.sample(Self.watched()), isSummary: false)
        let first = board.respond(path: "/")
        #expect(board.respond(path: "/") == first)
        let finding = Finding(
            rule: .rfc1337, severity: .myth, subject: "x", observed: "", evidence: [:], cause: "",
            remedies: [], proof: "")
        board.publish(Self.sample(at: 1001, Self.watched(finds: [finding])), isSummary: false)
        #expect(board.respond(path: "/") != first)
    }
}
