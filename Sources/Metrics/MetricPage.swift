/// The series of one moment, and their text in the format 0.0.4 of Prometheus.
///
/// https://prometheus.io/docs/instrumenting/exposition_formats/
package struct MetricPage: Sendable, Hashable {
    /// A series is known by its family and the values of its labels.
    package struct Series: Sendable, Hashable {
        package let name: MetricName
        package let labels: [String]
    }

    private(set) var values: [Series: MetricValue] = [:]
    /// Characters of a label's value at most: names of others may be of any length.
    static let longestLabel = 200

    package init() {}

    package static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    /// Adds a series; nil, and what is not a number, is absent.
    ///
    /// Of two that are the same the first stays.
    package mutating func add(
        _ name: MetricName, _ labels: [String], _ value: MetricValue?
    ) {
        assert(labels.count == MetricFamily.byName[name]?.labels.count, name.rawValue)
        guard let value, value.text != nil else { return }
        let series = Series(name: name, labels: labels.map(Self.cut))
        if values[series] == nil { values[series] = value }
    }

    /// The same of a family without labels.
    package mutating func add(_ name: MetricName, _ value: MetricValue?) { add(name, [], value) }

    package var series: Set<Series> { Set(values.keys) }

    package subscript(name: MetricName, labels: String...) -> MetricValue? {
        values[Series(name: name, labels: labels)]
    }

    /// Families in the order of the table, series in that of their labels; no time stamps.
    package var text: String {
        var byName: [MetricName: [(labels: [String], value: MetricValue)]] = [:]
        for (series, value) in values {
            byName[series.name, default: []].append((series.labels, value))
        }
        var text = ""
        for family in MetricFamily.all {
            guard let all = byName[family.name] else { continue }
            let name = family.name.rawValue
            text += "# HELP \(name) \(Self.escaped(family.help, quotes: false))\n"
            text += "# TYPE \(name) \(family.kind.rawValue)\n"
            for one in all.sorted(by: { $0.labels.lexicographicallyPrecedes($1.labels) }) {
                text += name
                for (index, (label, value)) in zip(family.labels, one.labels).enumerated() {
                    text += index == 0 ? "{" : ","
                    text += "\(label)=\"\(Self.escaped(value, quotes: true))\""
                }
                if !family.labels.isEmpty { text += "}" }
                text += " \(one.value.text ?? "")\n"
            }
        }
        return text
    }

    private static func cut(_ label: String) -> String {
        guard label.utf8.count > longestLabel else { return label }
        return String(String.UnicodeScalarView(label.unicodeScalars.prefix(longestLabel)))
    }

    /// A backslash, a line end and, in a label, a quotation mark are escaped; all else is UTF-8.
    static func escaped(_ text: String, quotes: Bool) -> String {
        let isPlain = text.utf8.allSatisfy { $0 != 0x5C && $0 != 0x0A && $0 != 0x22 }
        if isPlain { return text }
        var safe = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": safe += "\\\\"
            case "\n": safe += "\\n"
            case "\"" where quotes: safe += "\\\""
            default: safe.unicodeScalars.append(scalar)
            }
        }
        return safe
    }
}
