package import Model

extension Effect {
    /// Nil where an arm was never measured.
    package init?(_ measure: Measure, _ arm: ArmResult, than other: ArmResult, seed: UInt64) {
        guard
            let comparison = Comparison(
                other.sample(measure.name), arm.sample(measure.name),
                better: measure.better == .down ? .down : .up, seed: seed)
        else { return nil }
        let verdict =
            switch (comparison.verdict, measure.better) {
            case (.better, nil): "more"
            case (.worse, nil): "less"
            default: comparison.verdict.rawValue
            }
        self.init(
            arm: arm.name, than: other.name, before: comparison.before, after: comparison.after,
            changeRatio: comparison.changeRatio,
            interval: [comparison.interval.low, comparison.interval.high], p: comparison.p,
            delta: comparison.delta, verdict: verdict)
    }
}
