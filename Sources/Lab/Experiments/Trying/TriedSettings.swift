import Model

/// Settings that are tried in the place of a remedy.
package struct TriedSettings: Sendable {
    package var settings: [LoadPlan.Assignment]

    package init(_ settings: [LoadPlan.Assignment]) { self.settings = settings }

    /// As people say it: `tcp_fin_timeout = 5`.
    package var words: String { settings.map(\.words).joined(separator: ", ") }

    func value(of key: String) -> String? {
        settings.last { $0.key.name == key }?.value
    }

    /// The value of a scalar, as the kernel reads it: decimal, `0x10`, or octal with a leading 0.
    func number(_ key: String) -> Int? {
        guard let text = value(of: key) else { return nil }
        let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
        let (base, rest): (Int, Substring) =
            digits.hasPrefix("0x") || digits.hasPrefix("0X")
            ? (16, digits.dropFirst(2))
            : digits.hasPrefix("0") && digits.count > 1 ? (8, digits.dropFirst()) : (10, digits)
        return Int(rest, radix: base).map { text.hasPrefix("-") ? -$0 : $0 }
    }

    /// The value of the only setting that is tried; nil where it is another, or one of several.
    func only(_ key: String) -> Int? { settings.count == 1 ? number(key) : nil }

    /// How many ports a range has that is tried alone; nil where none is.
    var onlyPorts: Int? {
        let ends = value(of: "net.ipv4.ip_local_port_range")?.split(separator: " ").map { Int($0) }
        guard settings.count == 1, let ends, ends.count == 2, let low = ends[0], let high = ends[1],
            low <= high
        else { return nil }
        return high - low + 1
    }
}

extension LoadPlan.Assignment {
    /// As people say it: `tcp_fin_timeout = 5`.
    fileprivate var words: String {
        "\(key.name.split(separator: ".").last ?? "") = \(value)"
    }
}
