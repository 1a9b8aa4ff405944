import Model
import Statistics

/// The series of several runs, run into one by the median of each step.
struct ArmSeries {
    private let arms: [String: [Trial]]
    /// Those that were taken in any run, by name.
    let names: [String]
    /// Seconds from one value to the next.
    let step: Double

    /// - Parameter seconds: how long connections were begun; what came after is no whole step, and left out.
    init(_ arms: [ArmResult], seconds: Double? = nil) {
        let counted = arms.map { arm in
            (
                arm.name,
                arm.trials.filter { $0.void == nil }.map { trial in
                    seconds.map { Self.cut(trial, to: $0) } ?? trial
                }
            )
        }
        self.arms = Dictionary(counted) { $0 + $1 }
        let trials = counted.flatMap(\.1)
        names = Set(trials.flatMap(\.series.keys)).sorted()
        step = max(trials.first?.seriesStep ?? 0.1, 0.001)
    }

    private static func cut(_ trial: Trial, to seconds: Double) -> Trial {
        var trial = trial
        let steps = min(seconds / max(trial.seriesStep, 0.001) + 1e-6, 1e6)
        trial.series = trial.series.mapValues { Array($0.prefix(max(Int(steps), 1))) }
        return trial
    }

    func isTaken(_ name: String) -> Bool { names.contains(name) }

    /// Whether it is ever other than it was at first: over time, or from one arm to another.
    func isMoving(_ name: String) -> Bool {
        let runs = arms.values.joined().map { $0.series[name] ?? [0] }
        guard let first = runs.first?.first else { return false }
        return runs.contains { $0.contains { $0 != first } }
    }

    /// The lowest and the highest of the runs, step by step; empty of a single run.
    func band(_ name: String, of arm: String) -> (low: [Double], high: [Double]) {
        let runs = (arms[arm] ?? []).compactMap { $0.series[name] }
        guard runs.count > 1, let length = runs.map(\.count).max() else { return ([], []) }
        let steps = (0..<length).map { place in
            runs.compactMap { $0.indices.contains(place) ? $0[place] : nil }
        }
        return (steps.map { $0.min() ?? 0 }, steps.map { $0.max() ?? 0 })
    }

    /// As long as the longest run; where a run has ended it counts no more.
    func median(_ name: String, of arm: String) -> [Double] {
        // What did not occur in a run is not among its series: it was 0 all along.
        let trials = arms[arm] ?? []
        let length = trials.map { $0.series.values.map(\.count).max() ?? 0 }.max() ?? 0
        guard trials.contains(where: { $0.series[name] != nil }) else {
            return isTaken(name) ? [Double](repeating: 0, count: length) : []
        }
        return (0..<length).map { place in
            let values = trials.compactMap { trial -> Double? in
                guard let series = trial.series[name] else { return 0 }
                return series.indices.contains(place) ? series[place] : nil
            }
            return Sample(values).median ?? 0
        }
    }

    /// Nil where no run has it.
    func medianCurve(_ name: String, of arm: String) -> [Double]? {
        let curves = (arms[arm] ?? []).compactMap { $0.curves[name] }
        guard let length = curves.map(\.count).min(), length > 1 else { return nil }
        return (0..<length).map { place in Sample(curves.map { $0[place] }).median ?? 0 }
    }
}
