import Glibc
import Model

extension MetricChange {
    /// What two documents hold both, in the order of the second; and the names of what only one of them holds.
    ///
    /// - Parameters:
    ///   - isInTurn: the runs of both took turns. Otherwise the runs of a side have more in common than their code: the state of the
    ///     machine in those seconds, which the order of the runs takes for a difference of the two.
    ///   - isAsFastAsCan: of loads that go as fast as they are answered, so that the machine's own speed is in their rate.
    package static func all(
        _ before: [Metric], _ after: [Metric], isInTurn: Bool = false,
        isAsFastAsCan: Bool = false, seed: UInt64 = 1
    ) -> (changes: [MetricChange], unmatched: [String]) {
        let old = Dictionary(before.map { ($0.name, $0) }) { first, _ in first }
        var changes: [MetricChange] = []
        var sides: [(first: Metric, second: Metric)] = []
        var unmatched: [String] = []
        for metric in after {
            if let first = old[metric.name], let change = MetricChange(first, metric) {
                changes.append(change)
                sides.append((first, metric))
            } else {
                unmatched.append(metric.title)
            }
        }
        if !isInTurn {
            for place in changes.indices {
                changes[place].marginRatio = max(
                    changes[place].drift(isAsFastAsCan: isAsFastAsCan), changes[place].spread)
            }
        }
        judgeRuns(&changes, seed)
        judgeTenths(&changes, sides)
        let kinds = sides.count { if case .occurrences = $0.first.basis { true } else { false } }
        for place in changes.indices where changes[place].isSingle {
            switch (sides[place].first.basis, sides[place].second.basis) {
            case (.occurrences(let old), .occurrences(let new)):
                changes[place].judgeOccurrences(old, new, of: kinds)
            case (.fact(let isFlowing), .fact): changes[place].judgeFact(isFlowing: isFlowing)
            default: break
            }
        }
        let seen = Set(after.map(\.name))
        return (changes, unmatched + before.filter { !seen.contains($0.name) }.map(\.title))
    }

    /// By how much two invocations of the same are apart, as a share (one standard deviation of each).
    ///
    /// Of rates, counts and the median of a request; of these where the machine's speed sets them; of other short times; and of what
    /// a few moments of the machine change most: the slow end of times, and processor time.
    /// docs/statistics.md has what was measured.
    private static let invocation = (steady: 0.02, fast: 0.06, short: 0.05, tail: 0.15)
    /// So many deviations are taken for a difference.
    private static let deviations = 2.5

    /// The share by which a change must exceed what may differ between two invocations.
    private func drift(isAsFastAsCan: Bool) -> Double {
        let isTail = name.contains("p99") || name.contains("cpu")
        let isShort = unit == .seconds && !name.hasSuffix("total_p50_seconds")
        let steady = isAsFastAsCan ? Self.invocation.fast : Self.invocation.steady
        let deviation = isTail ? Self.invocation.tail : isShort ? Self.invocation.short : steady
        return max(exp(Self.deviations * 2.0.squareRoot() * deviation) - 1, Self.margin)
    }

    /// The share by which a change must exceed what the runs of one invocation differ among themselves.
    ///
    /// What moves them within seconds (another program, the host of a virtual machine) moves them between invocations as well, and
    /// by more: the order of the runs cannot tell the two apart.
    private var spread: Double {
        let ranges = [valuesBefore ?? [], valuesAfter ?? []].map { values -> Double in
            guard values.count > 1, let low = values.min(), let high = values.max(),
                let median = Sample(values).median, median > 0
            else { return 0 }
            return (high - low) / median
        }
        return 2 * (ranges.max() ?? 0)
    }

    /// Several runs: all that the same runs measured is tested together.
    private static func judgeRuns(_ changes: inout [MetricChange], _ seed: UInt64) {
        let tested = changes.indices.filter { !changes[$0].isSingle }
        let groups = Dictionary(grouping: tested) { place in
            [changes[place].runsBefore, changes[place].runsAfter]
        }
        for (_, places) in groups {
            let adjusted = StepDown.adjusted(
                places.map {
                    StepDown.Pair(changes[$0].valuesBefore ?? [], changes[$0].valuesAfter ?? [])
                }, seed: seed)
            for (place, p) in zip(places, adjusted) {
                // Groups of unlike numbers of runs are corrected for as Bonferroni does.
                changes[place].judge(adjusted: min(p * Double(groups.count), 1), seed: seed)
            }
        }
    }

    private mutating func judge(adjusted: Double, seed: UInt64) {
        let (first, second) = (Sample(valuesBefore ?? []), Sample(valuesAfter ?? []))
        guard
            let comparison = Comparison(
                first, second, better: better == .down ? .down : .up, margin: Self.margin,
                seed: seed)
        else { return }
        basis = .runs
        interval = [comparison.interval.low, comparison.interval.high]
        p = comparison.p
        adjustedP = max(adjusted, comparison.p)
        decide(isKnownSmall: comparison.isWithinMargin)
    }

    /// Single runs that tell how they varied.
    private static func judgeTenths(
        _ changes: inout [MetricChange], _ sides: [(first: Metric, second: Metric)]
    ) {
        var tested: [(place: Int, distance: Double, error: Double, freedom: Double)] = []
        for place in changes.indices where changes[place].isSingle {
            guard case .tenths(let old, let allowed) = sides[place].first.basis,
                case .tenths(let new, let allowedToo) = sides[place].second.basis,
                changes[place].before > 0, changes[place].after > 0
            else { continue }
            let error =
                (old.error * old.error + new.error * new.error + allowed * allowed
                + allowedToo * allowedToo).squareRoot()
            tested.append(
                (
                    place, log(changes[place].after / changes[place].before), error,
                    max(min(old.effective, new.effective) - 1, 1)
                ))
        }
        let chances = tested.map {
            StudentT.chance($0.distance.magnitude / $0.error, freedom: $0.freedom)
        }
        for (test, (p, adjusted)) in zip(tested, zip(chances, Holm.adjusted(chances))) {
            changes[test.place].basis = .tenths
            changes[test.place].p = p
            changes[test.place].adjustedP = adjusted
            let reach = test.error * StudentT.beyond(0.05, freedom: test.freedom)
            let (low, high) = (exp(test.distance - reach) - 1, exp(test.distance + reach) - 1)
            changes[test.place].interval = [low, high]
            changes[test.place].decide(isKnownSmall: -margin <= low && high <= margin)
        }
    }

    /// Failures come in bursts: those of one tenth of a second count as one, and neighbouring tenths are not taken to be
    /// independent, but to vary by so many times as much.
    private static let burstiness = 1.5

    private mutating func judgeOccurrences(_ old: Int, _ new: Int, of kinds: Int) {
        basis = .occurrences
        if before == 0, after == 0 {
            verdict = .same
            return
        }
        let (few, many) = (Double(min(old, new)), Double(max(old, new)))
        let deviation = (many + few).squareRoot() * Self.burstiness
        let chance =
            (old > new) == (before > after) && deviation > 0
            ? 2 * Normal.beyond((many - few) / deviation) : 1
        p = min(chance, 1)
        adjustedP = min(chance * Double(max(kinds, 1)), 1)
        decide(isKnownSmall: false)
    }

    private mutating func decide(isKnownSmall: Bool) {
        guard before != after, (adjustedP ?? 1) < Comparison.significance, matters else {
            verdict = isKnownSmall ? .same : .unclear
            return
        }
        switch better {
        case .up: verdict = after > before ? .better : .worse
        case .down: verdict = after > before ? .worse : .better
        case nil: verdict = .unclear
        }
    }

    /// Of a host at two times: what was counted is so; the margin leaves out what is nearly the same.
    private mutating func judgeFact(isFlowing: Bool) {
        basis = .fact
        let distance = (after - before).magnitude
        guard distance > (before == 0 ? Self.margin : Self.margin * before.magnitude) else {
            verdict = .same
            return
        }
        // A number of sockets changes from moment to moment, as a count of independent events does at least.
        if better == nil || isFlowing && distance <= 3 * (before + after).magnitude.squareRoot() {
            verdict = .unclear
        } else {
            verdict = (after > before) == (better == .up) ? .better : .worse
        }
    }
}
