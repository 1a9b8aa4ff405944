package import Model

/// What is looked at when: counters each second, closings before TIME_WAIT forgets them, everything as often as the budget bears.
package struct LookSchedule: Sendable {
    /// What a look reads.
    package enum Look: Sendable, Hashable, CaseIterable {
        /// Counters and listeners: some 100 µs, however many sockets there are.
        case counters
        /// Those, and TIME_WAIT alone.
        case closings
        /// Every socket, settings and owners.
        case everything
    }

    package private(set) var budget: ProcessorBudget
    /// Seconds after which everything is looked at although nothing tells that it has changed much.
    private let rest: Double
    /// What the last look of each kind took, in processor seconds.
    private var costs: [Look: Double] = [:]
    /// What all looks of each kind took.
    package private(set) var spent: [Look: Double] = [:]
    private var times: [Look: Double] = [:]
    /// Seconds between the last two looks at everything; nil before the second.
    package private(set) var interval: Double?
    private var bound: PortBound?
    /// As of the last look at everything.
    private var counters: CounterSample?

    /// TIME_WAIT is read again before this many seconds have passed: at 60 its rows have lost their second
    /// (measured: 58 s finds all but 0.004 % of the closings, 60 s all but 0.67 %).
    package static let longestBetweenClosings = 58.0
    /// Seconds between two looks at everything, at least.
    package static let shortestBetweenEverything = 1.0
    /// Shares of a destination's ports at which it must be known that they are passed: connect() becomes slow, ports run out.
    package static let sharesToKnow = [0.45, 0.95]
    /// What tells by itself that connections fail now.
    static let alarms: [FollowedCounter] = [.listenDrops, .timeWaitOverflows]
    /// Clocks have a little slack: a look meant for a second later may come a millisecond early.
    private static let slack = 0.05

    /// - Parameter rest: seconds between two looks at everything while no port can have run out and nothing is dropped.
    package init(
        share: Double, at now: Double, rest: Double = shortestBetweenEverything
    ) {
        budget = ProcessorBudget(share: share, at: now)
        self.rest = max(rest, Self.shortestBetweenEverything)
    }

    /// What to look at now, with the counters that were just read.
    package mutating func next(_ counters: CounterSample) -> Look {
        let now = counters.time
        budget.pass(to: now)
        guard let last = times[.everything] else { return .everything }
        let isDue = now - last >= Self.shortestBetweenEverything - Self.slack
        let isRested = now - last >= rest - Self.slack
        let cost = costs[.everything] ?? 0
        // What is saved for one more look is kept for when it is needed.
        if isRested, budget.allows(2 * cost) { return .everything }
        if isDue, mayHavePassed(counters), budget.allows(cost) { return .everything }
        if isDue, !isRested, isAlarmed(counters), budget.allows(cost) { return .everything }
        let closingsRead = max(last, times[.closings] ?? 0)
        return now - closingsRead >= Self.longestBetweenClosings - 1 ? .closings : .counters
    }

    /// Notes that a look was made, and what it took.
    package mutating func note(_ look: Look, at now: Double, cost: Double) {
        if look == .everything, let last = times[.everything] { interval = now - last }
        times[look] = now
        costs[look] = cost
        spent[look, default: 0] += cost
        budget.spend(cost)
    }

    /// Notes what a look at everything found of the ports.
    package mutating func note(_ bound: PortBound?, as counters: CounterSample) {
        self.bound = bound
        self.counters = counters
    }

    /// Goes on with another share of a processor.
    package mutating func change(share: Double) { budget.change(share: share) }

    /// Whether a destination may have passed one of the shares since the last look at everything.
    package func mayHavePassed(_ counters: CounterSample) -> Bool {
        bound?.mayHavePassed(Self.sharesToKnow, at: counters) ?? false
    }

    /// Whether connections were dropped since the last look at everything.
    private func isAlarmed(_ now: CounterSample) -> Bool {
        guard let counters else { return false }
        return Self.alarms.contains { now.growth(of: $0, since: counters) ?? 0 > 0 }
    }

    /// When the last look of a kind was made, in seconds of CLOCK_BOOTTIME; nil before the first.
    package func time(of look: Look) -> Double? { times[look] }

    /// The most ports that a destination can have in use, by what was counted since everything was looked at.
    ///
    /// Nil for one that was not kept then, and where nothing tells.
    package func mostPorts(for tuple: Tuple, at now: CounterSample) -> Int? {
        bound?.most(for: tuple, at: now)
    }

    /// Seconds since everything was looked at; nil before the first time.
    package func age(at now: Double) -> Double? { times[.everything].map { now - $0 } }

    /// What the last look of a kind took, in processor seconds; nil before the first.
    package func cost(of look: Look) -> Double? { costs[look] }
}
