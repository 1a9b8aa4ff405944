package import Model

/// What the history is asked for: a destination or a listener, by as much of it as is known.
package struct HistorySubject: Sendable, Hashable {
    package let source: IPAddress?
    package let address: IPAddress?
    package let port: UInt16

    /// Between the two ends, as it may be typed.
    private static let arrows = ["→", "->", ">"]

    /// Reads `10.0.0.9:5432`, `[2001:db8::9]:5432`, `:443`, `10.0.0.5->10.0.0.9:5432`; nil for anything else.
    package init?(_ text: String) {
        var end = text[...]
        var source: IPAddress?
        for arrow in Self.arrows {
            guard let place = text.firstRange(of: arrow) else { continue }
            guard let address = IPAddress(Self.trimmed(text[..<place.lowerBound])) else {
                return nil
            }
            source = address
            end = text[place.upperBound...]
            break
        }
        let last = Self.trimmed(end)
        guard let colon = last.lastIndex(of: ":") else { return nil }
        let digits = last[last.index(after: colon)...]
        guard digits.utf8.allSatisfy({ 48...57 ~= $0 }), let port = UInt16(digits) else {
            return nil
        }
        let host = last[..<colon]
        if host.isEmpty {
            guard source == nil else { return nil }
            address = nil
        } else if host.hasPrefix("["), host.hasSuffix("]") {
            guard let address = IPAddress(String(host.dropFirst().dropLast())) else { return nil }
            self.address = address
        } else {
            // An address of IPv6 without brackets has no end before the port.
            guard !host.contains(":"), let address = IPAddress(String(host)) else { return nil }
            self.address = address
        }
        self.source = source
        self.port = port
    }

    private static func trimmed(_ text: Substring) -> String {
        var text = text
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return String(text)
    }

    package func contains(_ tuple: Tuple) -> Bool {
        tuple.port == port && (address == nil || address == tuple.destination)
            && (source == nil || source == tuple.source)
    }

    package func contains(_ place: ListenerPlace) -> Bool {
        source == nil && place.port == port && (address == nil || address == place.address)
    }
}
