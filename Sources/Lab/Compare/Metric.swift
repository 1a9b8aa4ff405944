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

    package init(
        _ name: String, _ title: String, _ unit: Measure.Unit, better: Measure.Direction? = nil,
        _ values: [Double]
    ) {
        self.name = name
        self.title = title
        self.unit = unit
        self.better = better
        self.values = values
    }

    /// By its measure; the name stands behind that of what it is a part of.
    package init(_ measure: Measure, of whole: String = "", _ values: [Double]) {
        self.init(
            whole.isEmpty ? measure.name : whole + "/" + measure.name, measure.title, measure.unit,
            better: measure.better, values)
    }
}
