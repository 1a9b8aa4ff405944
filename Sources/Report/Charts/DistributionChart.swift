/// Shares of measurements up to a value (an empirical distribution), one curve an arm; values along a logarithmic axis.
public struct DistributionChart: Sendable, Hashable {
    public struct Curve: Sendable, Hashable {
        public var name: String
        /// The values at shares 0, 0.01 … 1.
        public var values: [Double]

        public init(_ name: String, _ values: [Double]) {
            self.name = name
            self.values = values
        }
    }

    public var curves: [Curve]

    public init(curves: [Curve]) { self.curves = curves }

    static let height = 200

    func draw(into svg: inout SVG) {}
}
