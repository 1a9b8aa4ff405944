import Audit
import Model

/// What a look at everything found in a namespace, as far as series are made of it.
struct NamespaceSight: Sendable {
    struct Row: Sendable {
        let used: Int
        let states: StateCounts
        let secondsToExhaustion: Double?
        let owner: Owner
        let level: Double
    }

    /// What is summed of those that have no series.
    struct Others: Sendable {
        var used = 0
        var states = StateCounts()
    }

    let netns: String
    let uptime: Double
    let usable: Int
    let tuples: [Tuple: Row]
    let tupleCount: Int
    private let usedLeftOut: Int
    let states: StateCounts
    let halfOpen: [ListenerKey: Int]
    let highestRatio: Double
    let soonestExhaustion: Double?
    var others = Others()

    /// Whether every destination is among the rows.
    var isWhole: Bool { usedLeftOut == 0 }

    init(netns: String, _ situation: Situation) {
        self.netns = netns
        uptime = situation.now.uptime
        usable = situation.budget.usable
        tupleCount = max(situation.now.tupleCount, situation.tuples.count)
        usedLeftOut = situation.now.socketsInTuplesLeftOut
        states = situation.now.states
        tuples = Dictionary(
            situation.tuples.map { tuple in
                (
                    tuple.tuple,
                    Row(
                        used: tuple.used, states: tuple.ledger.states,
                        secondsToExhaustion: tuple.secondsToExhaustion,
                        owner: situation.owner(of: tuple.ledger), level: Self.level(of: tuple))
                )
            }, uniquingKeysWith: { first, _ in first })
        halfOpen = Dictionary(
            situation.now.listeners.map {
                (ListenerKey(netns: netns, $0), $0.states[.synReceived])
            }, uniquingKeysWith: +)
        highestRatio = situation.tuples.lazy.map(\.usedRatio).max() ?? 0
        soonestExhaustion = situation.tuples.lazy.compactMap(\.secondsToExhaustion).min()
    }

    private static func level(of tuple: TupleAssessment) -> Double {
        max(
            tuple.usedRatio / HostMetrics.sharesThatEnter,
            (tuple.recentClosingPerSecond ?? 0) / HostMetrics.closingsThatEnter)
    }

    var candidates: [ExportSelection<TupleKey>.Candidate] {
        tuples.map { .init(TupleKey(netns: netns, tuple: $0.key), level: $0.value.level) }
    }

    func others(than chosen: Set<TupleKey>) -> Others {
        var others = Others(used: usedLeftOut)
        for (tuple, row) in tuples
        where !chosen.contains(TupleKey(netns: netns, tuple: tuple)) {
            others.used += row.used
            others.states = others.states + row.states
        }
        return others
    }
}
