/// A field of the request as `--header` gives it, with curl's meaning.
package struct RequestHeader: Sendable, Hashable {
    /// As it was written.
    package let name: String
    /// Nil where the field of that name is to be left out.
    package let value: String?

    /// `Name: value`; `Name;` for a field without a value; `Name:` to leave a field out that would be sent.
    ///
    /// Nil of what is none of these: a name that no field has, control characters, a file (`@name`).
    package init?(_ text: String) {
        guard text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 9 }) else { return nil }
        let colon = text.firstIndex(of: ":")
        if colon == nil, text.hasSuffix(";") {
            name = String(text.dropLast())
            value = ""
        } else {
            guard let colon else { return nil }
            name = String(text[..<colon])
            let rest = text[text.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
            value = rest.isEmpty ? nil : String(rest)
        }
        guard !name.isEmpty, name.utf8.allSatisfy(Self.isOfName) else { return nil }
    }

    /// A token (RFC 9110 §5.6.2).
    private static func isOfName(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }

    fileprivate var key: String { name.lowercased() }

    /// Whether the value is a secret, which no page and no document shows.
    private var isSecret: Bool { Self.secrets.contains(key) }
    private static let secrets: Set = ["authorization", "proxy-authorization", "cookie"]
    /// What belongs to one server: of a redirect to another it is not sent.
    private static let bound: Set = ["authorization", "cookie", "host"]

    fileprivate func line(isShown: Bool) -> String {
        guard let value, !value.isEmpty else { return "\(name):" }
        return isShown && isSecret ? "\(name): (not shown)" : "\(name): \(value)"
    }

    /// The lines of a request for what an address names, and the same as they may be shown.
    ///
    /// - Parameters:
    ///   - authority: the host and port that it is asked for.
    ///   - isFirst: whether that is the server that was asked first.
    static func lines(
        _ url: TraceURL, authority: String, agent: String, given: [RequestHeader], isFirst: Bool
    ) -> (sent: [String], shown: [String]) {
        let given = given.filter { isFirst || !bound.contains($0.key) }
        let replaced = Set(given.map(\.key))
        var lines = ["GET \(url.target) HTTP/1.1"]
        // A server finds its own name first (RFC 9110 §7.2).
        let hosts = given.filter { $0.key == "host" && $0.value != nil }.prefix(1)
        if !replaced.contains("host") { lines.append("Host: \(authority)") }
        for (name, value) in [
            ("User-Agent", agent), ("Accept", "*/*"), ("Connection", "keep-alive"),
        ] where !replaced.contains(name.lowercased()) {
            lines.append("\(name): \(value)")
        }
        let fields = hosts + given.filter { $0.key != "host" && $0.value != nil }
        func whole(isShown: Bool) -> [String] {
            let own = fields.map { $0.line(isShown: isShown) }
            return hosts.isEmpty
                ? lines + own : [lines[0]] + own.prefix(1) + lines.dropFirst() + own.dropFirst()
        }
        return (whole(isShown: false), whole(isShown: true))
    }
}
