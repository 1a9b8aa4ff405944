/// A duration as Go writes it: `1m30s`, `1.5h`, or a number of nanoseconds.
enum GoDuration {
    private static let units: [(name: String, nanoseconds: Double)] = [
        // The longer name first: `m` begins `ms`.
        ("ns", 1), ("us", 1e3), ("µs", 1e3), ("ms", 1e6), ("s", 1e9), ("m", 60e9), ("h", 3600e9),
    ]

    /// Nil for anything else, and for what is negative or longer than 292 years.
    static func parsed(_ text: String) -> Duration? {
        if let nanoseconds = Int64(text) {
            return nanoseconds < 0 ? nil : .nanoseconds(nanoseconds)
        }
        var rest = Substring(text)
        var sum = 0.0
        repeat {
            let digits = rest.prefix { $0.isASCII && $0.isNumber || $0 == "." }
            guard let number = Double(digits) else { return nil }
            rest = rest.dropFirst(digits.count)
            guard let unit = units.first(where: { rest.hasPrefix($0.name) }) else { return nil }
            rest = rest.dropFirst(unit.name.count)
            sum += number * unit.nanoseconds
        } while !rest.isEmpty
        return sum < Double(Int64.max) ? .nanoseconds(Int64(sum)) : nil
    }
}
