/// Where a receiver listens: `http://127.0.0.1:9093/path`.
package struct ReceiverURL: Sendable, Hashable, CustomStringConvertible {
    package let isEncrypted: Bool
    /// A name or an address, without brackets.
    package let host: String
    package let port: Int
    /// With a slash at its beginning, and the query behind it.
    package let path: String

    /// Nil for what is no URL of http or https, or holds a user or a fragment.
    package init?(_ text: String) {
        guard let (scheme, rest) = Self.split(text, at: "://") else { return nil }
        switch scheme.lowercased() {
        case "http": isEncrypted = false
        case "https": isEncrypted = true
        default: return nil
        }
        guard rest.utf8.allSatisfy({ 0x21...0x7E ~= $0 && $0 != 0x23 && $0 != 0x40 }) else {
            return nil
        }
        let end = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
        let tail = String(rest[end...])
        path = tail.hasPrefix("/") ? tail : "/" + tail
        var authority = rest[..<end]
        var port = isEncrypted ? 443 : 80
        if let colon = authority.lastIndex(of: ":"), !authority.hasSuffix("]") {
            let digits = authority[authority.index(after: colon)...]
            guard digits.utf8.allSatisfy({ 48...57 ~= $0 }), let number = Int(digits),
                1...65535 ~= number
            else { return nil }
            port = number
            authority = authority[..<colon]
        }
        self.port = port
        if authority.hasPrefix("["), authority.hasSuffix("]") {
            authority = authority.dropFirst().dropLast()
            guard authority.contains(":") else { return nil }
        } else if authority.contains(where: { $0 == ":" || $0 == "[" || $0 == "]" }) {
            return nil
        }
        guard !authority.isEmpty else { return nil }
        host = String(authority)
    }

    /// The same with further words behind its path.
    package func appending(_ words: String) -> ReceiverURL {
        ReceiverURL(
            isEncrypted: isEncrypted, host: host, port: port,
            path: (path.hasSuffix("/") ? String(path.dropLast()) : path) + words)
    }

    private init(isEncrypted: Bool, host: String, port: Int, path: String) {
        self.isEncrypted = isEncrypted
        self.host = host
        self.port = port
        self.path = path
    }

    /// As the header `Host` has it.
    package var authority: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return port == (isEncrypted ? 443 : 80) ? name : "\(name):\(port)"
    }

    package var description: String {
        "\(isEncrypted ? "https" : "http")://\(authority)\(path == "/" ? "" : path)"
    }

    private static func split(_ text: String, at mark: String) -> (Substring, Substring)? {
        text.firstRange(of: mark).map { (text[..<$0.lowerBound], text[$0.upperBound...]) }
    }
}
