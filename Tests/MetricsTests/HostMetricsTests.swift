import Audit
import Model
import Statistics
import Testing
import Watching

@testable import Metrics

@Suite struct `Metrics of a host` {
    private static let tuple = WatchedHost.tuple(9)
    private static let labels = ["init", "10.0.0.1", "10.1.0.9", "443"]

    private static func finding(_ rule: RuleID, _ severity: Severity) -> Finding {
        Finding(
            rule: rule, severity: severity, subject: "s \(severity)", observed: "", evidence: [:],
            cause: "",
            remedies: [], proof: "")
    }

    @Test func `tell of a destination what its ports, connections and owner are`() throws {
        var host = WatchedHost()
        let owner = Owner(
            name: "php \"fpm\"\n", unit: "php.service", confidence: .likely, reason: "")
        host.look(tuples: [
            WatchedHost.ledger(Self.tuple, used: 14_000, waiting: 12_000, owner: owner)
        ])
        var metrics = HostMetrics()
        metrics.update([host.view], agent: WatchedHost.agent)
        let page = metrics.page
        #expect(page[.portsUsable, "init"] == .count(28_232))
        #expect(page[.tuplePortsUsed, "init", "10.0.0.1", "10.1.0.9", "443"] == .count(14_000))
        #expect(
            page[.tupleConnections, "init", "10.0.0.1", "10.1.0.9", "443", "time_wait"]
                == .count(12_000))
        #expect(
            page[.tupleExhaustion, "init", "10.0.0.1", "10.1.0.9", "443"]
                == .number(.infinity))
        #expect(
            page.text.contains(
                "tcptune_tuple_owner_info{netns=\"init\",source=\"10.0.0.1\",destination=\"10.1.0.9\","
                    + "port=\"443\",process=\"php \\\"fpm\\\"\\n\",unit=\"php.service\",confidence=\"likely\"} 1\n"
            ))
        #expect(page[.tuplePortsUsed, "init", "other", "other", "other"] == .count(0))
    }

    @Test func `sum what is below the level in other`() {
        var host = WatchedHost()
        // 5 % of 28 232 are 1 411.6.
        host.look(tuples: [
            WatchedHost.ledger(WatchedHost.tuple(1), used: 1412),
            WatchedHost.ledger(WatchedHost.tuple(2), used: 1411, waiting: 11),
            WatchedHost.ledger(WatchedHost.tuple(3), used: 5, waiting: 5),
            WatchedHost.ledger(WatchedHost.tuple(4), used: 80, waiting: 80, closedPerSecond: 1),
        ])
        var metrics = HostMetrics()
        metrics.update([host.view], agent: WatchedHost.agent)
        let page = metrics.page
        let listed = page.series.filter { $0.name == .tuplePortsUsed }.map { $0.labels[2] }.sorted()
        #expect(listed == ["10.1.0.1", "10.1.0.4", "other"])
        #expect(page[.tuplePortsUsed, "init", "other", "other", "other"] == .count(1416))
        #expect(
            page[.tupleConnections, "init", "other", "other", "other", "time_wait"] == .count(16))
        #expect(page[.agentTuples] == .count(4) && page[.agentTuplesExported] == .count(2))
    }

    @Test func `say nothing of states where not every destination was kept`() {
        var host = WatchedHost()
        host.look(tuples: [WatchedHost.ledger(Self.tuple, used: 2000)], leftOut: 700)
        var metrics = HostMetrics()
        metrics.update([host.view], agent: WatchedHost.agent)
        #expect(
            metrics.page[.tuplePortsUsed, "init", "other", "other", "other"] == .count(700))
        #expect(
            metrics.page[.tupleConnections, "init", "other", "other", "other", "time_wait"] == nil)
        // One that is not among the kept ones any more is not known to be gone.
        host.look(tuples: [], leftOut: 700)
        metrics.update([host.view], agent: WatchedHost.agent)
        #expect(
            metrics.page[.tuplePortsUsed, "init", "10.0.0.1", "10.1.0.9", "443"] == nil)
        #expect(
            metrics.page[.tupleClosings, "init", "10.0.0.1", "10.1.0.9", "443"] == .count(0))
    }

    @Test func `count closings once, whichever dump shows them`() {
        var host = WatchedHost(at: 2000)
        var metrics = HostMetrics()
        let other = WatchedHost.tuple(77)
        var all: [Int64: [Tuple: UInt32]] = [:]
        var (sum, sumOfOther) = (0, 0)
        for second in 2001...2300 {
            all[Int64(second)] = [Self.tuple: UInt32(second % 7), other: 3]
            // A dump shows the last minute again and again.
            host.look(
                tuples: [WatchedHost.ledger(Self.tuple, used: 3000)],
                closings: second % 20 == 0 ? all : [:])
            metrics.update([host.view], agent: WatchedHost.agent)
        }
        for second in 2001..<2300 {
            sum += second % 7
            sumOfOther += 3
        }
        let page = metrics.page
        #expect(page[.tupleClosings, "init", "10.0.0.1", "10.1.0.9", "443"] == .count(sum))
        #expect(
            page[.tupleClosings, "init", "other", "other", "other"] == .count(sumOfOther))
        #expect(metrics.summary[.hostClosings] == .count(sum + sumOfOther))
    }

    @Test func `count drops on, also where a listener is opened anew`() {
        var host = WatchedHost()
        var metrics = HostMetrics()
        for drops in [7, 9, 9, 0, 4] {
            host.look(listeners: [WatchedHost.listener(80, drops: drops)])
            metrics.update([host.view], agent: WatchedHost.agent)
        }
        // 7 from before, 2, then 0 and 4 of another socket.
        #expect(metrics.page[.listenerDrops, "init", "0.0.0.0", "80"] == .count(13))
        #expect(metrics.summary[.hostDrops] == .count(6))
        // One of several sockets has gone with what it had counted: nothing was dropped.
        host.look(listeners: [WatchedHost.listener(80, drops: 3, sockets: 4)])
        metrics.update([host.view], agent: WatchedHost.agent)
        #expect(metrics.page[.listenerDrops, "init", "0.0.0.0", "80"] == .count(13))
    }

    @Test func `tell queue and backlog of each second, and half-open connections of the last dump`()
    {
        var host = WatchedHost()
        var listener = WatchedHost.listener(443, queue: 5, backlog: 511)
        listener.states[.synReceived] = 61
        host.look(listeners: [listener, WatchedHost.listener(80, backlog: nil, drops: nil)])
        var metrics = HostMetrics()
        metrics.update([host.view], agent: WatchedHost.agent)
        let page = metrics.page
        #expect(page[.listenerQueue, "init", "0.0.0.0", "443"] == .count(5))
        #expect(page[.listenerBacklog, "init", "0.0.0.0", "443"] == .count(511))
        #expect(page[.listenerHalfOpen, "init", "0.0.0.0", "443"] == .count(61))
        #expect(page[.listenerBacklog, "init", "0.0.0.0", "80"] == nil)
        #expect(page[.listenerDrops, "init", "0.0.0.0", "80"] == nil)
    }

    @Test func `have a series of every rule, also where nothing is found`() {
        var host = WatchedHost()
        host.look(findings: [
            Self.finding(.queueOverflowing, .warning),
            Self.finding(.queueOverflowing, .critical),
        ])
        var metrics = HostMetrics()
        metrics.update([host.view], agent: WatchedHost.agent)
        let rules = metrics.page.series.filter { $0.name == .findings }
        #expect(Set(rules.map { $0.labels[0] }).count == RuleSeverities.all.count)
        #expect(metrics.page[.findings, "queue-overflowing", "critical"] == .count(1))
        #expect(metrics.page[.findings, "ports-exhausting", "critical"] == .count(0))
        #expect(metrics.summary[.hostFindings, "warning"] == .count(1))
    }

    @Test func `make a summary of twenty series`() {
        var host = WatchedHost(at: 3000)
        host.look(tuples: [WatchedHost.ledger(Self.tuple, used: 3000)])
        for _ in 0..<3 {
            host.look(
                tuples: [WatchedHost.ledger(Self.tuple, used: 3000, waiting: 30)],
                listeners: [WatchedHost.listener(80, queue: 64)],
                closings: [Int64(host.time): [Self.tuple: 4]])
        }
        var metrics = HostMetrics()
        metrics.update(
            [host.view], agent: WatchedHost.agent,
            transaction: TransactionView(
                id: "ab", profile: "p", state: "CONFIRMED", drift: ["a": true, "b": false]))
        // The kernel counted no closing, so there is no share that was found.
        #expect(metrics.summary.series.count == 19)
        #expect(metrics.summary[.agentCoverage] == nil)
        #expect(metrics.summary[.hostDrift] == .count(1))
        #expect(metrics.page[.settingDrift, "a"] == .count(1))
        #expect(metrics.page[.settingDrift, "b"] == .count(0))
        #expect(metrics.page[.transaction, "ab", "p", "CONFIRMED"] == .count(1))
        #expect(metrics.page[.transactionDeadline] == nil)
    }

    @Test func `have the same series at the same times, whatever order a namespace comes in`() {
        var (first, second) = (WatchedHost(netns: "b"), WatchedHost(netns: "a"))
        first.look(tuples: (1...60).map { WatchedHost.ledger(WatchedHost.tuple($0), used: 3000) })
        second.look(tuples: (1...60).map { WatchedHost.ledger(WatchedHost.tuple($0), used: 3000) })
        var (one, other) = (HostMetrics(), HostMetrics())
        one.update([first.view, second.view], agent: WatchedHost.agent)
        other.update([second.view, first.view], agent: WatchedHost.agent)
        #expect(one.page.text == other.page.text)
    }
}
