import Model

/// What went over the wire, for each arm that was watched.
struct ExchangeCharts {
    private let result: ExperimentResult

    init(_ result: ExperimentResult) { self.result = result }

    /// The first run that counts and was watched, an arm; one that does not count where there is no other.
    var exchanges: [(arm: String, exchange: Exchange)] {
        result.arms.compactMap { arm in
            let watched = arm.trials.filter { $0.exchange != nil }
            let first = watched.first { $0.void == nil } ?? watched.first
            return first?.exchange.map { (arm.name, $0) }
        }
    }

    func charts(isBrief: Bool) -> [Chart] {
        exchanges.map { arm, exchange in
            .sequence(
                title: "On the wire: \(arm)", summary: Self.summary(exchange), exchange: exchange,
                isBrief: isBrief)
        }
    }

    /// The way through the states of TCP of the arm that has most of it: one drawing is enough.
    var machine: Chart? {
        // The first of those that have equally many.
        let longest = exchanges.map(\.exchange).reversed()
            .max { $0.changes.count < $1.changes.count }
        return longest.flatMap(Chart.machine)
    }

    /// What a drawing shows, for those who cannot see it.
    static func summary(_ exchange: Exchange) -> String {
        let brief = BriefSequence(exchange: exchange)
        let names = exchange.actors.map(\.name).joined(separator: ", ")
        let ends = brief.ends.isEmpty ? "" : "; in the end: \(brief.ends)"
        return "Between \(names): \(brief.phrase.plain)\(ends)."
    }
}
