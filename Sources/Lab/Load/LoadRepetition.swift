package import Kernel
package import Model

/// Runs one load, or two in turn, several times.
///
/// What drifts on a machine meets both of two loads alike: each round has one run of each, and every other round begins with the second.
package struct LoadRepetition: Sendable {
    private let plans: [LoadPlan]
    private let runs: Int
    private let stop: StopSign

    package init(_ plans: [LoadPlan], runs: Int, stop: StopSign = StopSign()) {
        self.plans = plans
        self.runs = max(runs, 1)
        self.stop = stop
    }

    /// The results of each load, in the order of its runs; what a signal cut off is kept only where there is nothing else.
    ///
    /// - Parameters:
    ///   - signals: those that end it; nil in a test.
    ///   - progress: is told which load is about to run, and how often it ran.
    package func run(
        signals: HeldSignals? = nil, progress: (_ load: Int, _ run: Int) -> Void = { _, _ in }
    ) throws(Refusal) -> ([[LoadResult]], Int32?) {
        var results = plans.map { _ in [LoadResult]() }
        for round in 0..<runs {
            let order = round % 2 == 0 ? Array(plans.indices) : plans.indices.reversed()
            for place in order {
                progress(place, round)
                var plan = plans[place]
                // Random times differ from run to run, and are the same for both loads of a round.
                plan.seed &+= UInt64(round)
                let (result, signal) = try LoadRun(plan, stop: stop).run(signals: signals)
                if signal == nil || results[place].isEmpty { results[place].append(result) }
                if let signal { return (results, signal) }
            }
        }
        return (results, nil)
    }
}
