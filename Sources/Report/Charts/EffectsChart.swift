/// How far the second arm is from the first, a row a measure, with its interval around the point; 0 is no change.
public struct EffectsChart: Sendable, Hashable {
    public struct Row: Sendable, Hashable {
        public var name: String
        /// The change as a ratio: -0.5 is half.
        public var change: Double
        public var low: Double
        public var high: Double
        /// `better`, `worse`, `same`, `unclear`, `more`, `less`.
        public var verdict: String

        public init(name: String, change: Double, low: Double, high: Double, verdict: String) {
            self.name = name
            self.change = change
            self.low = low
            self.high = high
            self.verdict = verdict
        }
    }

    public var rows: [Row]

    public init(rows: [Row]) { self.rows = rows }

    var height: Int { 40 + rows.count * 34 }

    func draw(into svg: inout SVG) {}
}
