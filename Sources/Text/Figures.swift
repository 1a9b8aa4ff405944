/// The one place where numbers become text.
extension BinaryInteger {
    /// Digits in groups of three from five digits on: `28 232`, `4096`.
    public var grouped: String {
        let digits = String(magnitude)
        guard digits.count > 4 else { return (self < 0 ? "-" : "") + digits }
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text.append(" ") }
            text.append(digit)
        }
        return (self < 0 ? "-" : "") + text
    }
}

extension Double {
    /// Whole per cent, never less than it is: `9 %`.
    public var percentUp: String { "\(Int((self * 100).rounded(.up))) %" }

    /// A whole number of at least ten, otherwise with as many places as tell something: `462`, `9.8`, `0.25`.
    public var figure: String {
        guard isFinite else { return "-" }
        let places = magnitude >= 9.95 ? 0 : magnitude >= 0.995 ? 1 : 2
        return rounded(toPlaces: places)
    }

    /// A share as per cent with one place at most: 0.989 is `98.9 %`, the whole is `100 %`, what is hardly any `< 0.1 %`.
    public var percent: String {
        if self > 0, self < 0.0005 { return "< 0.1 %" }
        // No share is called the whole that is not.
        if self < 1, self >= 0.9995 { return "> 99.9 %" }
        return Self.withoutZero((self * 100).rounded(toPlaces: 1)) + " %"
    }

    /// `2.0` is `2`: the place would claim that it was measured.
    private static func withoutZero(_ text: String) -> String {
        text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    /// A time in seconds, in the unit that reads best: `210 ms`, `1.5 s`, `3 min`, `5 h`.
    public var duration: String {
        switch self {
        case ..<0: "0 s"
        case ..<0.9995: Self.withoutZero((self * 1000).figure) + " ms"
        case ..<119.5: Self.withoutZero(figure) + " s"
        case ..<7170: Self.withoutZero((self / 60).figure) + " min"
        case ..<172_000: Self.withoutZero((self / 3600).figure) + " h"
        default: Self.withoutZero((self / 86400).figure) + " days"
        }
    }

    /// A time in seconds that may be very short: `14 µs`, `210 ms`, `1.5 s`.
    public var latency: String {
        0 < self && self < 0.001 ? Self.withoutZero((self * 1e6).figure) + " µs" : duration
    }

    private func rounded(toPlaces places: Int) -> String {
        let scale: Double = places == 0 ? 1 : places == 1 ? 10 : 100
        let scaled = (magnitude * scale).rounded()
        guard scaled < 9e15 else { return "\(self)" }
        let whole = Int64(scaled) / Int64(scale)
        let fraction = Int64(scaled) % Int64(scale)
        let sign = self < 0 && scaled > 0 ? "-" : ""
        guard places > 0 else { return sign + whole.grouped }
        let digits = String(fraction)
        return sign + whole.grouped + "."
            + String(repeating: "0", count: places - digits.count) + digits
    }
}

extension Int64 {
    /// A size in bytes, in the binary unit that reads best: `512 B`, `32 MiB`.
    public var bytes: String {
        guard magnitude >= 1024 else { return grouped + " B" }
        var value = Double(self) / 1024
        for unit in ["KiB", "MiB", "GiB"] {
            if value.magnitude < 1024 { return value.figure + " " + unit }
            value /= 1024
        }
        return value.figure + " TiB"
    }
}
