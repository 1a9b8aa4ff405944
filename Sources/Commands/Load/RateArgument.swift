import ArgumentParser

/// A rate as it is typed: `900/s`, `10k/s`, a ramp `100/s..5000/s`; a bare number is a second's.
struct RateArgument: ExpressibleByArgument {
    let from: Double
    let to: Double

    init?(argument: String) {
        let bytes = Array(argument.utf8)
        // Two dots part the ends of a ramp; a single one is a decimal point.
        let dots = bytes.indices.dropLast().first { bytes[$0] == 46 && bytes[$0 + 1] == 46 }
        guard let dots else {
            guard let rate = Self.rate(argument[...]) else { return nil }
            (from, to) = (rate, rate)
            return
        }
        guard let first = Self.rate(Substring(decoding: bytes[..<dots], as: UTF8.self)),
            let last = Self.rate(Substring(decoding: bytes[(dots + 2)...], as: UTF8.self))
        else { return nil }
        (from, to) = (first, last)
    }

    private static func rate(_ text: Substring) -> Double? {
        let number = text.hasSuffix("/s") ? text.dropLast(2) : text
        guard let value = CountArgument.value(number), value > 0, value <= 10_000_000 else {
            return nil
        }
        return value
    }
}

/// A number as it is typed: `64`, `10k`, `1.5M`.
struct CountArgument: ExpressibleByArgument {
    let count: Int

    init?(argument: String) {
        guard let value = Self.value(argument[...]), value == value.rounded(), value < 1e12 else {
            return nil
        }
        count = Int(value)
    }

    static func value(_ text: Substring) -> Double? {
        let units: [Character: Double] = ["k": 1e3, "M": 1e6]
        let unit = text.last.flatMap { units[$0] }
        let digits = unit == nil ? text : text.dropLast()
        guard !digits.isEmpty, digits.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ".") }),
            let number = Double(digits), number.isFinite
        else { return nil }
        return number * (unit ?? 1)
    }
}
