/// A distribution of times, in seconds.
public struct Latency: Sendable, Hashable, Codable {
    public var count: Int
    public var minimum: Double
    public var p50: Double
    public var p90: Double
    public var p99: Double
    public var p999: Double
    public var maximum: Double
    public var mean: Double
    /// The values at shares 0, 0.01 … 1 of it.
    public var curve: [Double]

    public init(
        count: Int,
        minimum: Double,
        p50: Double,
        p90: Double,
        p99: Double,
        p999: Double,
        maximum: Double,
        mean: Double,
        curve: [Double]
    ) {
        self.count = count
        self.minimum = minimum
        self.p50 = p50
        self.p90 = p90
        self.p99 = p99
        self.p999 = p999
        self.maximum = maximum
        self.mean = mean
        self.curve = curve
    }

    enum CodingKeys: String, CodingKey {
        case count, mean, p50, p90, p99, p999, curve
        case minimum = "min"
        case maximum = "max"
    }
}
