import ArgumentParser

/// A span of time as it is typed: `500ms`, `2s`, `1.5m`, `1h`, `2d`.
///
/// A bare number is refused: minutes to who knows `commit confirmed 10` of Junos, seconds to others.
struct DurationArgument: ExpressibleByArgument {
    let seconds: Double

    init?(argument: String) {
        let units: [(suffix: String, seconds: Double)] = [
            ("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600), ("d", 86400),
        ]
        for unit in units where argument.hasSuffix(unit.suffix) {
            let number = argument.dropLast(unit.suffix.count)
            guard number.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ".") }),
                let value = Double(number), value.isFinite
            else { return nil }
            seconds = value * unit.seconds
            return
        }
        return nil
    }

    var defaultValueDescription: String { "\(seconds)s" }
}
