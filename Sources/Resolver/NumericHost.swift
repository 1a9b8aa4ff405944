package import Model

/// Addresses that getaddrinfo(3) takes instead of names.
package enum NumericHost {
    /// Nil for a name.
    package static func parse(_ text: String) -> IPAddress? {
        text.contains(":") ? IPAddress(text) : historic(text).map { IPAddress(v4: $0) }
    }

    /// `127.1`, `0x7f000001`, `017700000001`, `0177.0.0.1`: one to four numbers, the last of which fills what is left (inet_aton(3)).
    ///
    /// A zero in front makes an octal number.
    private static func historic(_ text: String) -> UInt32? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard 1...4 ~= parts.count else { return nil }
        let numbers = parts.compactMap(number)
        guard numbers.count == parts.count, let last = numbers.last else { return nil }
        let rest = UInt64(1) << (8 * (5 - UInt64(parts.count)))
        guard last < rest, numbers.dropLast().allSatisfy({ $0 < 256 }) else { return nil }
        var address = last
        for (place, number) in numbers.dropLast().enumerated() {
            address |= number << (24 - 8 * UInt64(place))
        }
        return UInt32(address)
    }

    private static func number(_ text: Substring) -> UInt64? {
        guard text.utf8.allSatisfy({ $0 < 0x80 }), text.first != "+", text.first != "-" else {
            return nil
        }
        if text.hasPrefix("0x") || text.hasPrefix("0X") {
            return UInt64(text.dropFirst(2), radix: 16)
        }
        return UInt64(text, radix: text.first == "0" && text.count > 1 ? 8 : 10)
    }
}
