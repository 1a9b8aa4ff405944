package import Audit
package import Model

/// What is known of a namespace that is looked at every second: the newest of each kind, and how it came to that.
package struct WatchedNamespace: Sendable {
    package private(set) var schedule: LookSchedule
    package private(set) var closings: ClosingLog
    package private(set) var findings = FindingLog()
    /// One a second, oldest first.
    package private(set) var samples: [CounterSample] = []
    /// As of the newest look.
    package private(set) var listeners: [Listener] = []
    /// Connections dropped per second at a listener since the look before, by its address and port.
    package private(set) var drops: [ListenerPlace: Double] = [:]
    /// What the last look at everything said.
    package private(set) var assessment: Assessment?

    /// Seconds of closings and of counters that are kept.
    package let seconds: Int
    /// So many, where nobody asks for fewer.
    package static let usualSeconds = 600

    /// A listening address and port.
    package struct ListenerPlace: Sendable, Hashable {
        package let address: IPAddress
        package let port: UInt16

        package init(_ listener: Listener) {
            address = listener.address
            port = listener.port
        }
    }

    /// - Parameters:
    ///   - share: of one processor that looking may take.
    ///   - time: CLOCK_BOOTTIME, in seconds.
    ///   - rest: seconds between two looks at everything while no port can have run out and nothing is dropped.
    ///   - seconds: of closings and of counters that are kept.
    package init(
        share: Double, at time: Double, rest: Double = LookSchedule.shortestBetweenEverything,
        seconds: Int = usualSeconds
    ) {
        self.seconds = seconds
        schedule = LookSchedule(share: share, at: time, rest: rest)
        closings = ClosingLog(seconds: seconds)
    }

    /// Goes on with another share of a processor.
    package mutating func change(share: Double) { schedule.change(share: share) }

    /// Takes in counters and listeners, and says what to look at besides.
    package mutating func take(
        _ counters: CounterSample, _ listeners: [Listener]
    ) -> LookSchedule.Look {
        if let before = samples.last, counters.time > before.time {
            note(listeners, seconds: counters.time - before.time)
        }
        self.listeners = listeners
        closings.add(counters)
        samples.append(counters)
        if samples.count > seconds { samples.removeFirst(samples.count - seconds) }
        return schedule.next(counters)
    }

    private mutating func note(_ newer: [Listener], seconds: Double) {
        let before = Dictionary(
            listeners.map { (ListenerPlace($0), $0.drops) }, uniquingKeysWith: { first, _ in first }
        )
        drops = [:]
        for listener in newer {
            guard let now = listener.drops, let then = before[ListenerPlace(listener)] ?? nil,
                now > then
            else { continue }
            drops[ListenerPlace(listener)] = Double(now - then) / seconds
        }
    }

    /// Takes in when connections closed.
    package mutating func take(_ record: ClosingRecord, cost: Double, at time: Double) {
        closings.add(record)
        schedule.note(.closings, at: time, cost: cost)
    }

    /// Takes in what a look at everything said.
    ///
    /// - Parameters:
    ///   - counters: as of that look.
    ///   - cost: processor seconds that the look and the judging took.
    package mutating func take(
        _ assessment: Assessment, counters: CounterSample, cost: Double
    ) {
        self.assessment = assessment
        findings.update(assessment.findings, at: counters.time)
        schedule.note(.everything, at: counters.time, cost: cost)
        let situation = assessment.situation
        schedule.note(
            PortBound(
                tuples: situation.tuples.map { ($0.ledger, $0.usable) },
                usable: situation.budget.usable,
                areAll: situation.now.socketsInTuplesLeftOut == 0, counters: counters),
            as: counters)
    }

    /// Notes what looking at counters alone took.
    package mutating func spend(_ seconds: Double, at time: Double) {
        schedule.note(.counters, at: time, cost: seconds)
    }

    /// By how much a counter grew per second, between the last two looks; nil where it is not reported.
    package func rate(of counter: FollowedCounter) -> Double? {
        guard samples.count > 1, let now = samples.last else { return nil }
        return now.rate(of: counter, since: samples[samples.count - 2])
    }

    /// The same for each of the last looks, oldest first; 0 where it is not reported.
    package func curve(of counter: FollowedCounter, last count: Int) -> [Double] {
        zip(samples, samples.dropFirst()).suffix(count).map {
            max(0, $1.rate(of: counter, since: $0) ?? 0)
        }
    }

    /// Sockets as of the newest sample; 0 before the first.
    package var socketCount: Int {
        samples.last.map { ($0.inUse ?? 0) + ($0.inTimeWait ?? 0) } ?? 0
    }

    /// Connections that entered TIME_WAIT per second; nil where that is not reported.
    package var closedPerSecond: Double? {
        guard let entered = rate(of: .timeWaits) else { return nil }
        return entered + (rate(of: .timeWaitsKilled) ?? 0)
    }
}
