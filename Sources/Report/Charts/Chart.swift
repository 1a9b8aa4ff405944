/// A picture, with a sentence for those who cannot see it and a table of the same numbers.
package struct Chart: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        case ports(PortsChart)
        case closings(ClosingsChart)
        case states(StatesChart)
        case lines(LinesChart)
        case distribution(DistributionChart)
        case effects(EffectsChart)
        case sequence(SequenceChart)
        case machine(StateMachineChart)
    }

    package var title: String
    /// What it shows, for a screen reader.
    package var summary: String
    package var kind: Kind
    /// The same numbers.
    package var table: Table
    /// Whether the page has these numbers in another place, so that text without pictures may leave them out.
    package var isRepeated: Bool

    package init(title: String, summary: String, kind: Kind, table: Table, isRepeated: Bool) {
        self.title = title
        self.summary = summary
        self.kind = kind
        self.table = table
        self.isRepeated = isRepeated
    }
}
