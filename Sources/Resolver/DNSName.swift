/// A name of the DNS: alike whatever the case of its letters (RFC 4343), and compared label by label.
package struct DNSName: Sendable {
    /// Without a final dot; the root alone is one.
    ///
    /// What is no plain character is escaped as in zone files: `\.`, `\032`.
    package let text: String
    /// In lower case, the topmost last.
    private let labels: [Substring]

    package static let root = DNSName(".")

    package init(_ text: String) {
        let lower = String(decoding: text.utf8.map(Self.lowered), as: UTF8.self)
        labels = Self.labels(of: lower)
        self.text = labels.isEmpty ? "." : text.last == "." ? Self.withoutDot(text) : text
    }

    private static func lowered(_ byte: UInt8) -> UInt8 { 65...90 ~= byte ? byte | 32 : byte }

    /// A dot that ends the text belongs to it only where it is escaped.
    private static func withoutDot(_ text: String) -> String {
        let backslashes = text.dropLast().reversed().prefix { $0 == "\\" }.count
        return backslashes.isMultiple(of: 2) ? String(text.dropLast()) : text
    }

    private static func labels(of text: String) -> [Substring] {
        var labels: [Substring] = []
        var start = text.startIndex
        var isEscaped = false
        for index in text.utf8.indices {
            if isEscaped {
                isEscaped = false
            } else if text.utf8[index] == UInt8(ascii: "\\") {
                isEscaped = true
            } else if text.utf8[index] == UInt8(ascii: ".") {
                labels.append(text[start..<index])
                start = text.utf8.index(after: index)
            }
        }
        labels.append(text[start...])
        return labels.filter { !$0.isEmpty }
    }

    /// How many labels it has; the root has none.
    package var depth: Int { labels.count }

    package var isRoot: Bool { labels.isEmpty }

    /// True for the zone itself and all that lies below it.
    package func isWithin(_ zone: DNSName) -> Bool {
        labels.count >= zone.labels.count && labels.suffix(zone.labels.count) == zone.labels[...]
    }

    /// The name with a domain behind it.
    package func below(_ domain: DNSName) -> DNSName {
        if domain.isRoot { return self }
        return isRoot ? domain : DNSName("\(text).\(domain.text)")
    }
}

extension DNSName: Hashable {
    package static func == (one: DNSName, other: DNSName) -> Bool { one.labels == other.labels }

    package func hash(into hasher: inout Hasher) { hasher.combine(labels) }
}

extension DNSName: CustomStringConvertible {
    package var description: String { text }
}
