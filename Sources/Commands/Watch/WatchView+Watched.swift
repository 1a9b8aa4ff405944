import Audit
import Kernel
import Model
import Report
import Screen
import Text
import Watching

extension WatchView {
    /// What is known of a watched namespace, as the screen shows it.
    ///
    /// - Parameter state: what the user has chosen.
    init(_ watched: WatchedNamespace, host: Host, state: WatchState) {
        let assessment = watched.assessment
        let situation = assessment?.situation
        let counters = watched.samples.last
        let now = counters?.time ?? 0
        var head = WatchHead(
            host: host.name, kernel: "Linux \(host.kernel)", clock: UTC.clock(WallClock.now))
        head.namespace = situation?.now.namespace.name
        head.sockets = counters.flatMap { counters in
            counters.inUse.map { $0 + (counters.inTimeWait ?? 0) }
        }
        head.sampleAge = watched.schedule.age(at: now)
        self.init(
            head: head, counts: Self.counts(watched), rates: Self.rates(watched),
            findings: Self.findings(watched, at: now),
            tuples: situation.map { Self.tuples($0, watched) } ?? [],
            listeners: Self.listeners(watched),
            cost: watched.schedule.budget.usedShare.map {
                WatchCost(processor: $0, memory: OwnProcess.memory?.resident)
            }, state: state)
        if let now = situation?.now, now.tupleCount > tuples.count {
            otherTuples = WatchOthers(
                count: now.tupleCount - tuples.count, used: now.socketsInTuplesLeftOut)
        }
        if watched.listeners.count > listeners.count { listenerCount = watched.listeners.count }
        if let unseen = situation?.now.unseen.first(where: { $0.what.contains("owner") }) {
            notice = "\(unseen.what): \(unseen.why)"
        }
        if let counters, watched.schedule.mayHavePassed(counters) {
            let age = watched.schedule.age(at: now) ?? 0
            notice =
                "ports: not known for \(age.duration); enough connections opened since to fill a destination (--budget looks sooner)"
        }
    }

    /// Seconds of a curve.
    private static let seconds = 60
    private static let mostTuples = 200
    private static let mostListeners = 200

    private static func counts(_ watched: WatchedNamespace) -> [WatchCount] {
        guard let states = watched.assessment?.situation.now.states else { return [] }
        let waiting = watched.samples.suffix(seconds).map { sample in
            sample.inTimeWait.map { Double($0) }
        }
        return states.present.prefix(6).map { state, count in
            // What a counter tells is as new as the second.
            let isWaiting = state == .timeWait
            let value = isWaiting ? watched.samples.last?.inTimeWait ?? count : count
            return WatchCount(
                state == .established ? "ESTAB" : state.name, value,
                history: isWaiting ? waiting : [])
        }
    }

    private static func rates(_ watched: WatchedNamespace) -> [WatchRate] {
        let rate = { (name: String, counter: FollowedCounter, isFailure: Bool) in
            WatchRate(
                name, perSecond: watched.rate(of: counter),
                history: watched.curve(of: counter, last: seconds), isFailure: isFailure)
        }
        return [
            rate("opens", .activeOpens, false), rate("accepts", .passiveOpens, false),
            WatchRate(
                "into TIME_WAIT", perSecond: watched.closedPerSecond,
                history: watched.curve(of: .timeWaits, last: seconds)),
            rate("drops", .listenDrops, true),
        ]
    }

    private static func findings(
        _ watched: WatchedNamespace, at now: Double
    ) -> [WatchFinding] {
        let present = watched.findings.present.map { entry in
            WatchFinding(
                id: "\(entry.finding.rule) \(entry.finding.subject)",
                severity: severity(entry.finding.severity), rule: entry.finding.rule.rawValue,
                subject: entry.finding.subject, owner: entry.finding.owner?.name,
                news: news(entry.finding), age: now - entry.since,
                detail: WatchText(entry.finding))
        }
        let cleared = watched.findings.cleared.prefix(10).map { entry in
            WatchFinding(
                id: "cleared \(entry.finding.rule) \(entry.finding.subject)", severity: .cleared,
                rule: entry.finding.rule.rawValue, subject: entry.finding.subject,
                news: news(entry.finding), age: now - (entry.cleared ?? now))
        }
        return present + cleared
    }

    /// The first part of what was observed: the rest is a key away.
    private static func news(_ finding: Finding) -> String {
        let observed = finding.observed
        let ends = ["; ", " · "].compactMap { observed.firstRange(of: $0)?.lowerBound }
        return String(observed[..<(ends.min() ?? observed.endIndex)])
    }

    private static func severity(_ severity: Severity) -> WatchFinding.Severity {
        switch severity {
        case .critical: .critical
        case .warning: .warning
        case .notice: .notice
        case .myth: .myth
        }
    }

    private static func tuples(
        _ situation: Situation, _ watched: WatchedNamespace
    ) -> [WatchTuple] {
        let first = situation.budget.evenFirst
        let usableFirst = situation.budget.usableFirstParity
        return situation.tuples.prefix(mostTuples).map { tuple in
            var row = WatchTuple(
                id: tuple.tuple.route, source: "\(tuple.tuple.source)",
                destination: tuple.tuple.destination.with(port: tuple.tuple.port),
                used: tuple.used, usable: tuple.usable,
                closedPerSecond: tuple.recentClosingPerSecond,
                history: watched.closings.curve(of: tuple.tuple, last: seconds).map(Double.init),
                fullIn: tuple.secondsToExhaustion, owner: situation.owner(of: tuple.ledger))
            row.timeWait = tuple.ledger.states[.timeWait]
            row.closedHere = tuple.closedByLocalRatio
            let others = tuple.usable - usableFirst
            let even = min(max(tuple.ledger.evenPorts, 0), tuple.used)
            row.detail = WatchTupleDetail(
                even: .init(used: even, usable: first ? usableFirst : others),
                odd: .init(used: tuple.used - even, usable: first ? others : usableFirst),
                remedies: watched.findings.present.first {
                    $0.finding.subject == tuple.tuple.route
                }?.finding.remedies.map { remedy in
                    remedy.text + (remedy.command.map { " $ \($0)" } ?? "")
                } ?? [])
            return row
        }
    }

    private static func listeners(_ watched: WatchedNamespace) -> [WatchListener] {
        let situation = watched.assessment?.situation
        let somaxconn = situation?.number("net.core.somaxconn")
        // Owners are found by the look at everything; queues are as of this second.
        let owners = Dictionary(
            (situation?.now.listeners ?? []).map {
                (WatchedNamespace.ListenerPlace($0), $0.owner)
            }, uniquingKeysWith: { first, _ in first })
        return watched.listeners.prefix(mostListeners).map { listener in
            let place = WatchedNamespace.ListenerPlace(listener)
            let address = listener.address.with(port: listener.port)
            return WatchListener(
                id: address, address: address, owner: owners[place], queue: listener.queue,
                backlog: listener.backlog, dropsPerSecond: watched.drops[place] ?? 0,
                limitedBy: BacklogLimit(of: listener, somaxconn: somaxconn)?.rawValue)
        }
    }
}

extension WatchText {
    /// A finding in full.
    init(_ finding: Finding) {
        var paragraphs = [
            Paragraph(finding.observed), Paragraph(finding.cause, label: "cause"),
        ]
        for (number, remedy) in finding.remedies.enumerated() {
            let effect = remedy.effect.isEmpty ? "" : remedy.beforeEffect + remedy.effect
            paragraphs.append(Paragraph(remedy.text + effect, label: "do \(number + 1)"))
            if let command = remedy.command {
                paragraphs.append(Paragraph(command, isCommand: true))
            }
        }
        paragraphs.append(Paragraph(finding.proof, label: "proof"))
        self.init(title: "\(finding.rule) · \(finding.subject)", paragraphs: paragraphs)
    }
}
