/// One family of metrics: a row of the table from which the page, the manual and the tests are made.
package struct MetricFamily: Sendable, Hashable {
    /// What Prometheus does with its values.
    package enum Kind: String, Sendable, Hashable {
        /// Grows as long as its series exists, and begins again with it.
        case counter
        case gauge
    }

    /// Where it is shown.
    package enum Place: Sendable, Hashable {
        case full
        /// Twenty series, for fleets.
        case summary
        case both
    }

    package let name: MetricName
    package let kind: Kind
    /// `ports`, `seconds`, `bytes`; empty for a ratio and for what is 1.
    package let unit: String
    /// In the order in which they are written.
    package let labels: [String]
    /// A sentence without its full stop.
    package let help: String
    package let place: Place

    init(
        _ name: MetricName, _ kind: Kind, unit: String = "", by labels: [String] = [],
        in place: Place = .full, _ help: String
    ) {
        self.name = name
        self.kind = kind
        self.unit = unit
        self.labels = labels
        self.place = place
        self.help = help
    }
}
