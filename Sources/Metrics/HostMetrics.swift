import Audit
import Model
package import Watching

/// What is watched of a host, as series: which destinations and listeners have their own, and the counters of each.
///
/// At most ``mostSeries`` come of it, whatever the host does.
package struct HostMetrics: Sendable {
    /// Series of a host at most.
    package static let mostSeries = 600
    /// Destinations with series of their own, where nobody asks for fewer.
    package static let usualTop = 50
    static let mostListeners = 20
    static let mostNamespaces = 6
    /// Of one destination: ports, three states, closings, exhaustion, owner.
    static let seriesOfTuple = 7
    /// Of one listener: queue, backlog, drops, half-open connections.
    static let seriesOfListener = 4
    /// Of one namespace: usable ports, and what is summed of its other destinations and listeners.
    static let seriesOfNamespace = 8
    /// Ports in use from which a destination has series of its own, as a share; and closings per second.
    package static let sharesThatEnter = 0.05
    package static let closingsThatEnter = 1.0
    /// The states of a destination's connections that have series: what is in use, left over, and forgotten.
    static let states: [TCPState] = [.established, .timeWait, .closeWait]
    /// Seconds after which it is chosen again although nothing was looked at.
    private static let betweenChoices = 5.0

    private let top: Int
    private var namespaces = ExportSelection<String>()
    private var listeners = ExportSelection<ListenerKey>()
    private var tuples = ExportSelection<TupleKey>()
    private var counters: [String: NamespaceCounters] = [:]
    private var totals = HostTotals()
    /// As of the last look at everything of each namespace.
    private var sights: [String: NamespaceSight] = [:]
    private var chosenAt: Double?

    /// What was taken in last: pages are made of it when somebody asks, not at each look.
    private var moment: Moment?

    private struct Moment: Sendable {
        let views: [WatchedView]
        let agent: AgentFigures
        let transaction: TransactionView?
    }

    package init(top: Int = usualTop) { self.top = max(top, 0) }

    /// Takes in a moment.
    package mutating func update(
        _ views: [WatchedView], agent: AgentFigures, transaction: TransactionView? = nil
    ) {
        let now = views.compactMap { $0.watched.samples.last?.time }.max() ?? chosenAt ?? 0
        let isSeenAnew = see(views)
        if isSeenAnew || now - (chosenAt ?? -.infinity) >= Self.betweenChoices {
            choose(views, agent, transaction, at: now)
        }
        count(views)
        moment = Moment(views: views, agent: agent, transaction: transaction)
    }

    /// All series of the last moment.
    package var page: MetricPage {
        moment.map { fullPage($0.views, $0.agent, $0.transaction) } ?? MetricPage()
    }

    /// Twenty of them, for fleets.
    package var summary: MetricPage {
        moment.map { summaryPage($0.views, $0.agent, $0.transaction) } ?? MetricPage()
    }

    /// Notes what was looked at since the last time; whether anything was.
    private mutating func see(_ views: [WatchedView]) -> Bool {
        var isNew = false
        let names = Set(views.map(\.name))
        sights = sights.filter { names.contains($0.key) }
        for view in views {
            guard let situation = view.watched.assessment?.situation else { continue }
            if sights[view.name]?.uptime == situation.now.uptime { continue }
            sights[view.name] = NamespaceSight(netns: view.name, situation)
            isNew = true
        }
        return isNew
    }

    private mutating func choose(
        _ views: [WatchedView], _ agent: AgentFigures, _ transaction: TransactionView?,
        at now: Double
    ) {
        chosenAt = now
        namespaces.update(
            views.map {
                .init($0.name, level: 1 + Double(max($0.watched.socketCount, 0)) / 1000)
            }, at: now, most: Self.mostNamespaces)
        listeners.update(
            views.flatMap { view in
                view.watched.listeners.map { listener in
                    ExportSelection<ListenerKey>.Candidate(
                        ListenerKey(netns: view.name, listener),
                        level: Self.level(of: listener, view.watched))
                }
            }, at: now, most: Self.mostListeners)
        let others =
            FindingCounts.most + agent.seriesCount + (transaction?.seriesCount ?? 0)
            + namespaces.count * Self.seriesOfNamespace + listeners.count * Self.seriesOfListener
        let room = max(0, Self.mostSeries - others) / Self.seriesOfTuple
        tuples.update(sights.values.flatMap(\.candidates), at: now, most: min(top, room))
        for (netns, sight) in sights { sights[netns]?.others = sight.others(than: tuples.chosen) }
    }

    /// All have series where they are few; of many, those whose queue fills or that drop.
    private static func level(of listener: Listener, _ watched: WatchedNamespace) -> Double {
        let fill = Double(max(listener.queue, 0)) / Double(max(listener.backlog ?? 0, 0) + 1)
        let drops = watched.drops[WatchedNamespace.ListenerPlace(listener)] ?? 0
        return 1 + 10 * fill + drops
    }

    private mutating func count(_ views: [WatchedView]) {
        let names = Set(views.map(\.name))
        counters = counters.filter { names.contains($0.key) }
        for view in views {
            let grown = counters[view.name, default: NamespaceCounters()].update(
                view, tuples: tuples.chosen, listeners: listeners.chosen)
            totals.closings += grown.closings
            totals.drops += grown.drops
        }
    }

    // MARK: pages

    private func fullPage(
        _ views: [WatchedView], _ agent: AgentFigures, _ transaction: TransactionView?
    ) -> MetricPage {
        var page = MetricPage()
        for view in views where namespaces.contains(view.name) {
            addNamespace(view, to: &page)
        }
        for key in tuples.chosen { addTuple(key, to: &page) }
        for view in views { addListeners(view, to: &page) }
        FindingCounts(views).add(to: &page)
        transaction?.add(to: &page)
        agent.add(to: &page)
        page.add(.agentNamespaces, .count(views.count))
        page.add(.agentDumpInterval, Self.interval(views).map(MetricValue.number))
        page.add(.agentCoverage, Self.coverage(views).map(MetricValue.number))
        page.add(.agentTuples, .count(sights.values.reduce(0) { $0 + $1.tupleCount }))
        page.add(.agentTuplesExported, .count(tuples.count))
        return page
    }

    private func addNamespace(_ view: WatchedView, to page: inout MetricPage) {
        let netns = view.name
        let counted = counters[netns]
        let other = [netns, "other", "other", "other"]
        page.add(.tupleClosings, other, counted.map { .count($0.otherClosings) })
        if !view.watched.listeners.isEmpty {
            page.add(
                .listenerDrops, [netns, "other", "other"], counted.map { .count($0.otherDrops) })
            let queue = view.watched.listeners.reduce(0) { sum, listener in
                let isListed = listeners.contains(ListenerKey(netns: netns, listener))
                return sum + (isListed ? 0 : listener.queue)
            }
            page.add(.listenerQueue, [netns, "other", "other"], .count(queue))
        }
        guard let sight = sights[netns] else { return }
        page.add(.portsUsable, [netns], .count(sight.usable))
        page.add(.tuplePortsUsed, other, .count(sight.others.used))
        // Of destinations that were not kept one by one no states are known.
        guard sight.isWhole else { return }
        for state in Self.states {
            page.add(
                .tupleConnections, other + [state.label], .count(sight.others.states[state]))
        }
    }

    private func addTuple(_ key: TupleKey, to page: inout MetricPage) {
        // Of a namespace that is not watched at this moment nothing is said.
        guard let counted = counters[key.netns] else { return }
        let labels = key.labels
        page.add(.tupleClosings, labels, counted.closings[key.tuple].map(MetricValue.count))
        guard let sight = sights[key.netns] else { return }
        guard let tuple = sight.tuples[key.tuple] else {
            // It has gone, or has so few ports in use that it was not kept: absent is not zero.
            guard sight.isWhole else { return }
            page.add(.tuplePortsUsed, labels, .count(0))
            for state in Self.states {
                page.add(.tupleConnections, labels + [state.label], .count(0))
            }
            page.add(.tupleExhaustion, labels, .number(.infinity))
            return
        }
        page.add(.tuplePortsUsed, labels, .count(tuple.used))
        for state in Self.states {
            page.add(
                .tupleConnections, labels + [state.label], .count(tuple.states[state]))
        }
        page.add(.tupleExhaustion, labels, .number(tuple.secondsToExhaustion ?? .infinity))
        guard tuple.owner.name != nil || tuple.owner.unit != nil else { return }
        page.add(
            .tupleOwner,
            labels + [
                tuple.owner.name ?? "", tuple.owner.unit ?? "", tuple.owner.confidence.rawValue,
            ], .count(1))
    }

    private func addListeners(_ view: WatchedView, to page: inout MetricPage) {
        for listener in view.watched.listeners {
            let key = ListenerKey(netns: view.name, listener)
            guard listeners.contains(key) else { continue }
            page.add(.listenerQueue, key.labels, .count(listener.queue))
            page.add(.listenerBacklog, key.labels, listener.backlog.map(MetricValue.count))
            page.add(
                .listenerDrops, key.labels,
                (counters[view.name]?.drops[key]).map(MetricValue.count))
            page.add(
                .listenerHalfOpen, key.labels,
                sights[view.name]?.halfOpen[key].map(MetricValue.count))
        }
    }

    private func summaryPage(
        _ views: [WatchedView], _ agent: AgentFigures, _ transaction: TransactionView?
    ) -> MetricPage {
        var page = MetricPage()
        FindingCounts(views).addSeverities(to: &page)
        let all = sights.values
        if !all.isEmpty {
            page.add(.hostPortsUsable, all.map(\.usable).min().map(MetricValue.count))
            page.add(
                .hostPortsUsed, .number(all.map(\.highestRatio).max() ?? 0))
            page.add(
                .hostExhaustion, .number(all.compactMap(\.soonestExhaustion).min() ?? .infinity))
            for state in Self.states {
                page.add(
                    .hostConnections, [state.label],
                    .count(all.reduce(0) { $0 + $1.states[state] }))
            }
            page.add(.agentTuples, .count(all.reduce(0) { $0 + $1.tupleCount }))
        }
        page.add(.hostClosings, .count(totals.closings))
        page.add(.hostDrops, .count(totals.drops))
        let fills = views.flatMap(\.watched.listeners).compactMap { listener in
            listener.backlog.map { Double(listener.queue) / Double(max($0, 0) + 1) }
        }
        page.add(.hostQueue, .number(fills.max() ?? 0))
        page.add(.hostDrift, transaction.map { .count($0.drifted) })
        page.add(.agentDumpInterval, Self.interval(views).map(MetricValue.number))
        page.add(.agentCoverage, Self.coverage(views).map(MetricValue.number))
        agent.addSummary(to: &page)
        return page
    }

    private static func interval(_ views: [WatchedView]) -> Double? {
        views.compactMap(\.watched.schedule.interval).max()
    }

    private static func coverage(_ views: [WatchedView]) -> Double? {
        views.compactMap { $0.watched.closings.coverage(last: 60) }.min()
    }
}

/// What was counted of all namespaces together, also of those that have gone.
private struct HostTotals: Sendable {
    var closings = 0
    var drops = 0
}

extension TCPState {
    /// As node_exporter's `tcpstat` spells it: `time_wait`, `fin_wait1`.
    package var label: String { name.lowercased() }
}
