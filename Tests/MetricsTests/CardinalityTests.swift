import Audit
import Model
import Statistics
import Testing
import Watching

@testable import Metrics

/// Hours of hosts on which thousands of destinations come and go, with names that nobody would choose.
@Suite struct `The number of series` {
    private static let names = [
        "init", "a\"b", "c\\d", "e\nf", "nginx 4711", String(repeating: "ü", count: 500), "{}",
        "net:[4026531840]", "other",
    ]

    /// Destinations of which a few are busy, many idle, and all may change.
    private static func tuples(_ random: inout SeededGenerator, most: Int) -> [PortLedger] {
        let count = Int.random(in: 0...most, using: &random)
        var used: Set<Int> = []
        return (0..<count).compactMap { _ in
            let number = Int.random(in: 0..<4000, using: &random)
            guard used.insert(number).inserted else { return nil }
            let wild = random.unit()
            let ports = max(1, Int(wild * wild * wild * 28_232))
            return WatchedHost.ledger(
                WatchedHost.tuple(number), used: ports, waiting: ports / 2,
                closedPerSecond: Int.random(in: 0...2, using: &random) / 2)
        }
    }

    private static func listeners(_ random: inout SeededGenerator) -> [Listener] {
        (0..<Int.random(in: 0...60, using: &random)).map { _ in
            WatchedHost.listener(
                UInt16.random(in: 1...90, using: &random),
                queue: Int.random(in: 0...129, using: &random),
                drops: Int.random(in: 0...1000, using: &random))
        }
    }

    @Test(arguments: [11, 12])
    func `stays below 600, and few of them are new`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var hosts = (0..<(seed == 11 ? 1 : 9)).map {
            WatchedHost(netns: Self.names[$0], at: 10_000)
        }
        var metrics = HostMetrics()
        var before: [MetricPage.Series: MetricValue]?
        var enteredAt: [Double] = []
        var most = 0
        let most1 = seed == 11 ? 300 : 40
        var time = 0.0
        while time < 3 * 3600 {
            let step = Double(Int.random(in: 10...50, using: &random))
            time += step
            for index in hosts.indices {
                hosts[index].look(
                    after: step, tuples: Self.tuples(&random, most: most1),
                    listeners: Self.listeners(&random),
                    closings: [Int64(hosts[index].time): [WatchedHost.tuple(5): 3]])
            }
            // Namespaces come and go, too.
            let present = hosts.filter { _ in hosts.count == 1 || random.unit() > 0.1 }
            metrics.update(
                present.map(\.view), agent: WatchedHost.agent,
                transaction: TransactionView(
                    id: "x", profile: "p", state: "APPLIED", deadline: 1,
                    drift: Dictionary(uniqueKeysWithValues: (0..<40).map { ("k\($0)", true) })))
            let now = metrics.page.values
            most = max(most, now.count)
            #expect(now.count <= HostMetrics.mostSeries)
            #expect(metrics.summary.series.count <= 20)
            if let before {
                let tuples = { (all: Dictionary<MetricPage.Series, MetricValue>.Keys) in
                    Set(all.filter { $0.name == .tupleClosings && $0.labels[1] != "other" })
                }
                let new = tuples(now.keys).subtracting(tuples(before.keys))
                enteredAt += new.map { _ in time }
                enteredAt.removeAll { time - $0 >= 60 }
                // A namespace that comes back brings those of its destinations along that were not let go of.
                if hosts.count == 1 { #expect(enteredAt.count <= 10) }
                // No counter falls as long as its series exists.
                for (series, value) in now
                where MetricFamily.byName[series.name]?.kind == .counter {
                    guard case .count(let count) = value, case .count(let old) = before[series]
                    else { continue }
                    #expect(count >= old, "\(series)")
                }
            }
            before = now
        }
        #expect(most > 300)
    }
}
