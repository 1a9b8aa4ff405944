import Text

/// A quantity that every trial of an experiment measures.
public struct Measure: Sendable, Hashable, Codable {
    /// As in JSON, with its unit unless it is a count: `connects`, `connect_median_seconds`.
    public var name: String
    /// For people, without the unit: `median of connect()`.
    public var title: String
    public var unit: Unit
    /// Which way it is meant to go; nil where neither is better.
    public var better: Direction?

    public enum Unit: String, Sendable, Hashable, Codable {
        case count, seconds, perSecond = "per_second", ratio, bytes
    }

    public enum Direction: String, Sendable, Hashable, Codable { case up, down }

    public init(_ name: String, _ title: String, _ unit: Unit, better: Direction? = nil) {
        self.name = name
        self.title = title
        self.unit = unit
        self.better = better
    }
}

extension Measure.Unit {
    /// A value as people read it: `600`, `14 µs`, `462/s`, `0.25`, `1.5 KiB`.
    public func text(_ value: Double) -> String {
        if value == 0 { return zero }
        return switch self {
        case .count:
            value == value.rounded() && value.magnitude < 1e15
                ? Int64(value).grouped : value.figure
        case .seconds: value.latency
        case .perSecond: value.figure + "/s"
        case .ratio: value.figure
        case .bytes: value.magnitude < 1e15 ? Int64(value.rounded()).bytes : value.figure
        }
    }

    private var zero: String {
        switch self {
        case .count, .ratio: "0"
        case .seconds: "0 s"
        case .perSecond: "0/s"
        case .bytes: "0 B"
        }
    }
}
