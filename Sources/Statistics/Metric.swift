package import Model

/// A quantity that a document holds, to be compared with the same in another.
package struct Metric: Sendable, Hashable {
    /// The same in both documents: `TIME_WAIT`, `port-exhaustion/reuse/connects`.
    package var name: String
    /// For people, without the unit.
    package var title: String
    package var unit: Measure.Unit
    /// Which way it is meant to go; nil where neither is better.
    package var better: Measure.Direction?
    /// One a run; a single one where there were no runs.
    package var values: [Double]
    /// What a single value rests on.
    package var basis: Basis

    /// How far a single observation may be from what another of the same would be.
    package enum Basis: Sendable, Hashable {
        /// Nothing tells.
        case unknown
        /// It was counted, and is what it is: of a host at a time. A number of sockets changes from moment to moment.
        case fact(isFlowing: Bool)
        /// By what it was in each tenth of a second, and by how much runs differ that are alike, as a share (one standard
        /// deviation): a single run cannot see that.
        case tenths(SeriesNoise, between: Double)
        /// By the number of tenths of a second in which it occurred.
        case occurrences(tenths: Int)
    }

    package init(
        _ name: String, _ title: String, _ unit: Measure.Unit, better: Measure.Direction? = nil,
        _ values: [Double], basis: Basis = .unknown
    ) {
        self.name = name
        self.title = title
        self.unit = unit
        self.better = better
        self.values = values
        self.basis = basis
    }

    /// By its measure; the name stands behind that of what it is a part of.
    package init(
        _ measure: Measure, of whole: String = "", _ values: [Double], basis: Basis = .unknown
    ) {
        self.init(
            whole.isEmpty ? measure.name : whole + "/" + measure.name, measure.title, measure.unit,
            better: measure.better, values, basis: basis)
    }
}
