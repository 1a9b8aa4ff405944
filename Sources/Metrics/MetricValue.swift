/// A value of a series.
package enum MetricValue: Sendable, Hashable {
    case count(Int)
    case number(Double)

    /// As the text format writes it: `3`, `0.25`, `+Inf`; nil for what is not a number.
    var text: String? {
        switch self {
        case .count(let count): return String(count)
        case .number(let number):
            if number.isNaN { return nil }
            if number.isInfinite { return number > 0 ? "+Inf" : "-Inf" }
            // 5.0 is 5: shorter, and the same to every reader.
            if number == number.rounded(), number.magnitude < 1e15 { return String(Int(number)) }
            return "\(number)"
        }
    }
}
