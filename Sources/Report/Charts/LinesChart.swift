/// Quantities over time, one line each.
public struct LinesChart: Sendable, Hashable {
    public struct Line: Sendable, Hashable {
        public var name: String
        /// One value a step.
        public var values: [Double]

        public init(_ name: String, _ values: [Double]) {
            self.name = name
            self.values = values
        }
    }

    /// A moment worth pointing at: `ports exhausted`.
    public struct Mark: Sendable, Hashable {
        public var seconds: Double
        public var text: String

        public init(seconds: Double, text: String) {
            self.seconds = seconds
            self.text = text
        }
    }

    public var lines: [Line]
    /// Seconds a step.
    public var step: Double
    /// What is counted: `ports`, `errors a second`.
    public var unit: String
    public var marks: [Mark]
    /// Whether the lines lie on one another, as parts of a whole.
    public var isStacked: Bool

    public init(
        lines: [Line], step: Double, unit: String, marks: [Mark] = [], isStacked: Bool = false
    ) {
        self.lines = lines
        self.step = step
        self.unit = unit
        self.marks = marks
        self.isStacked = isStacked
    }

    static let height = 200

    func draw(into svg: inout SVG) {}
}
