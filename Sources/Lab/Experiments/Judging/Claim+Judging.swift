import Model
import Statistics

extension Claim {
    /// Puts the claim to the test.
    ///
    /// - Parameters:
    ///   - sample: the counted measurements of a measure in an arm; nil where there is no such arm.
    ///   - seed: of the bootstrap.
    func judged(
        measures: [Measure], seed: UInt64, sample: (_ arm: String, _ measure: String) -> Sample?
    ) -> ClaimResult {
        switch condition {
        case .within(let arm, let measure, let range):
            return within(range, sample(arm, measure), unit(measure, measures))
        case .ratio(let arm, let other, let measure, let range):
            guard let first = sample(other, measure), let second = sample(arm, measure),
                Self.suffice(first, second)
            else { return unknown }
            return ratio(range, first, second, unit(measure, measures), seed)
        case .more(let arm, let other, let measure):
            guard let first = sample(other, measure), let second = sample(arm, measure) else {
                return unknown
            }
            return apart(.up, first, second, unit(measure, measures), seed)
        case .less(let arm, let other, let measure):
            guard let first = sample(other, measure), let second = sample(arm, measure) else {
                return unknown
            }
            return apart(.down, first, second, unit(measure, measures), seed)
        }
    }

    private func unit(_ name: String, _ measures: [Measure]) -> Measure.Unit {
        measures.first { $0.name == name }?.unit ?? .count
    }

    private static func suffice(_ samples: Sample...) -> Bool {
        samples.allSatisfy { $0.count >= Comparison.fewestRuns }
    }

    private func within(
        _ range: ClosedRange<Double>, _ sample: Sample?, _ unit: Measure.Unit
    ) -> ClaimResult {
        guard let sample, Self.suffice(sample), let median = sample.median,
            let interval = MedianInterval(sample)
        else { return unknown }
        return result(
            Self.place(interval.low, interval.high, in: range), median,
            [interval.low, interval.high], nil,
            unit.text(median, interval, runs: sample.count)
        )
    }

    private func ratio(
        _ range: ClosedRange<Double>, _ first: Sample, _ second: Sample, _ unit: Measure.Unit,
        _ seed: UInt64
    ) -> ClaimResult {
        guard let before = first.median, let after = second.median,
            let interval = Bootstrap.ratio(first, second, seed: seed)
        else { return unknown }
        return result(
            Self.place(interval.low, interval.high, in: range), after / before,
            [interval.low, interval.high], nil,
            "\(unit.text(after)) compared with \(unit.text(before)): \(Measure.Unit.ratio.text(after / before)) times\(Self.span(interval))"
        )
    }

    private func apart(
        _ way: Measure.Direction, _ first: Sample, _ second: Sample, _ unit: Measure.Unit,
        _ seed: UInt64
    ) -> ClaimResult {
        guard Self.suffice(first, second),
            let comparison = Comparison(
                first, second, better: way == .up ? .up : .down, seed: seed)
        else { return unknown }
        let verdict: Verdict =
            switch comparison.verdict {
            case .better: .proven
            case .worse, .same: .refuted
            case .unclear: .inconclusive
            }
        return result(
            verdict, comparison.changeRatio.map { $0 + 1 } ?? comparison.after - comparison.before,
            [comparison.interval.low, comparison.interval.high], comparison.p,
            "\(unit.text(comparison.after)) compared with \(unit.text(comparison.before)), p = \(Self.chance(comparison.p))"
        )
    }

    /// ` (1.9 to 2.1)`; empty where all runs agree.
    private static func span(_ interval: Bootstrap) -> String {
        let unit = Measure.Unit.ratio
        return interval.low == interval.high
            ? "" : " (\(unit.text(interval.low)) to \(unit.text(interval.high)))"
    }

    private static func chance(_ p: Double) -> String {
        p < 0.001 ? "less than 0.001" : "\((p * 1000).rounded() / 1000)"
    }

    /// Proven where the whole interval is in the range, refuted where none of it is.
    private static func place(
        _ low: Double, _ high: Double, in range: ClosedRange<Double>
    ) -> Verdict {
        if range.lowerBound <= low, high <= range.upperBound { return .proven }
        return high < range.lowerBound || range.upperBound < low ? .refuted : .inconclusive
    }

    private var unknown: ClaimResult {
        result(.inconclusive, nil, [], nil, "too few measurements to tell")
    }

    private func result(
        _ verdict: Verdict, _ observed: Double?, _ interval: [Double], _ p: Double?,
        _ evidence: String
    ) -> ClaimResult {
        ClaimResult(
            text: text, verdict: verdict, observed: observed, interval: interval, p: p,
            isScaling: isScaling, evidence: evidence)
    }
}
