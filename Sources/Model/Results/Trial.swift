/// One run of one arm.
public struct Trial: Sendable, Hashable, Codable {
    /// By the name of the measure.
    public var values: [String: Double]
    /// Quantities over time, all of one length: `connects`, `errors_EADDRNOTAVAIL`, `client_TIME_WAIT`.
    public var series: [String: [Double]]
    /// Seconds from one place of a series to the next.
    public var seriesStep: Double
    /// Values of a distribution at shares 0, 0.01 … 1 of it: `connect_seconds`.
    public var curves: [String: [Double]]
    /// What went over the wire, where the experiment watches it.
    public var exchange: Exchange?
    /// Why this run says nothing; nil where it counts.
    @Explicit public var void: String?

    public init(
        values: [String: Double] = [:], series: [String: [Double]] = [:],
        seriesStep: Double = 0.1, curves: [String: [Double]] = [:],
        exchange: Exchange? = nil, void: String? = nil
    ) {
        self.values = values
        self.series = series
        self.seriesStep = seriesStep
        self.curves = curves
        self.exchange = exchange
        self.void = void
    }

    enum CodingKeys: String, CodingKey {
        case values, series, curves, exchange, void
        case seriesStep = "series_step_seconds"
    }
}
