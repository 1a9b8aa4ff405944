import Model

/// The ends of connections that a pasted line names: addresses, ports, and paths of Unix sockets.
///
/// Known are `10.0.0.9:5432`, `[::1]:80`, `:::8080`, `:8080`, `localhost:8080`, `port 443`,
/// `"10.0.0.9", port 5432` and `unix:/run/app.sock`. A name that must be resolved is left alone.
package struct NamedEnds: Sendable, Hashable {
    /// In the order of the line, each once, at most eight.
    package let ends: [NamedEnd]
    /// Paths of Unix sockets.
    package let paths: [String]

    /// The target of a connection, if the line says it: after `->`, after `upstream`.
    let target: NamedEnd?

    static let most = 8
    /// Of a longer line the rest is not looked at.
    private static let longest = 4096

    /// Whether it speaks of UDP.
    let isOfDatagrams: Bool

    /// The ends that the failed call may have been about.
    var targets: [NamedEnd] { target.map { [$0] } ?? ends }
    /// Whether it is about a Unix socket, and about no connection of TCP.
    var isOfUnixSocket: Bool { ends.isEmpty && !paths.isEmpty }

    package init(_ text: String) {
        let text = String(text.prefix(Self.longest))
        ends = Self.ends(of: text)
        target = Self.target(of: text)
        paths = Self.paths(of: text)
        isOfDatagrams = Self.words(of: text).contains {
            ["udp", "udp4", "udp6"].contains($0.lowercased())
        }
    }

    private static func ends(of text: String) -> [NamedEnd] {
        let words = words(of: text)
        var ends: [NamedEnd] = []
        for (index, word) in words.enumerated() where ends.count < most {
            if let end = index > 0 && isErrno(words[index - 1])
                ? nodeEnd(word) ?? end(word) : end(word)
            {
                add(end, followedBy: words[(index + 1)...].prefix(2), to: &ends)
            } else if word.lowercased() == "port", index + 1 < words.count,
                let port = port(words[index + 1])
            {
                add(NamedEnd(port: port), followedBy: [], to: &ends)
            }
        }
        return ends
    }

    /// The ports that a lookup of local sockets may find, each once.
    package var ports: [UInt16] {
        ends.compactMap(\.port).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    package var isEmpty: Bool { ends.isEmpty && paths.isEmpty }

    /// An address may have its port two words later: `at "10.0.0.9", port 5432`.
    private static func add(
        _ end: NamedEnd, followedBy rest: some Sequence<String>, to ends: inout [NamedEnd]
    ) {
        var end = end
        let rest = Array(rest)
        if end.port == nil, rest.count == 2, rest[0].lowercased() == "port" {
            end.port = port(rest[1])
        }
        if end.address == nil, ends.contains(where: { $0.port == end.port }) { return }
        if !ends.contains(end) { ends.append(end) }
    }

    private static func target(of text: String) -> NamedEnd? {
        for sign in ["->", "upstream:"] {
            guard let range = text.firstRange(of: sign) else { continue }
            let found = ends(of: String(text[range.upperBound...])).first
            if let found, found.port != nil { return found }
        }
        return nil
    }

    /// Runs of what addresses are written with, full stops and colons at their end taken off.
    private static func words(of text: String) -> [String] {
        text.split {
            !($0.isASCII && ($0.isLetter || $0.isNumber || ".:[]%".contains($0)))
        }.map { word in
            var word = word
            while let last = word.last, last == "." || last == ":" { word.removeLast() }
            return String(word)
        }.filter { !$0.isEmpty }
    }

    static func port(_ text: some StringProtocol) -> UInt16? {
        guard !text.isEmpty, text.utf8.allSatisfy({ 48...57 ~= $0 }) else { return nil }
        return UInt16(text).flatMap { $0 > 0 ? $0 : nil }
    }

    /// `ECONNREFUSED`, before which Node writes the call and after which it writes the end.
    private static func isErrno(_ word: String) -> Bool {
        word.count > 3 && word.first == "E"
            && word.utf8.allSatisfy { 65...90 ~= $0 || 48...57 ~= $0 }
    }

    /// Node writes the port behind an IPv6 address without brackets: `::1:3000` is port 3000 of ::1.
    private static func nodeEnd(_ word: String) -> NamedEnd? {
        guard let colon = word.lastIndex(of: ":"),
            let port = port(word[word.index(after: colon)...]),
            word[..<colon].contains(":"), let address = IPAddress(String(word[..<colon]))
        else { return nil }
        return NamedEnd(address: address, port: port)
    }

    private static func end(_ word: String) -> NamedEnd? {
        if word.hasPrefix("[") { return bracketed(word) }
        // Node writes the unspecified IPv6 address so: `:::8080`.
        if word.hasPrefix(":::"), let port = port(word.dropFirst(3)) {
            return NamedEnd(address: .unspecifiedV6, port: port)
        }
        if word.hasPrefix(":"), !word.hasPrefix("::") {
            return port(word.dropFirst()).map { NamedEnd(port: $0) }
        }
        if let colon = word.lastIndex(of: ":"), let port = port(word[word.index(after: colon)...]) {
            let name = String(word[..<colon])
            if name.lowercased() == "localhost" {
                return NamedEnd(address: IPAddress(v4: 0x7f00_0001), port: port)
            }
            if !name.contains(":"), let address = IPAddress(name) {
                return NamedEnd(address: address, port: port)
            }
        }
        return IPAddress(word).map { NamedEnd(address: $0) }
    }

    private static func bracketed(_ word: String) -> NamedEnd? {
        guard let close = word.firstIndex(of: "]") else { return nil }
        var inside = word[word.index(after: word.startIndex)..<close]
        if let scope = inside.firstIndex(of: "%") { inside = inside[..<scope] }
        guard inside.contains(":"), let address = IPAddress(String(inside)) else { return nil }
        let rest = word[word.index(after: close)...]
        guard rest.first == ":" else { return NamedEnd(address: address) }
        return NamedEnd(address: address, port: port(rest.dropFirst()))
    }

    /// `unix:/run/app.sock`, `unix:///run/app.sock:`, `dial unix /run/app.sock: …`, and any path that ends in `.sock`.
    private static func paths(of text: String) -> [String] {
        var paths: [String] = []
        var isNext = false
        for part in text.split(whereSeparator: { " \t\n\"'`(),;<>".contains($0) }) {
            var word = part
            let isNamed = isNext
            isNext = part == "unix" || part == "unix:"
            var hasPrefix = false
            if let start = word.firstRange(of: "unix:") {
                word = word[start.upperBound...]
                hasPrefix = true
                if word.hasPrefix("//") { word = word.dropFirst(2) }
            }
            // What follows a colon belongs to the protocol in front: `unix:/run/app.sock:/path`.
            if let colon = word.firstIndex(of: ":") { word = word[..<colon] }
            guard word.first == "/" || word.first == "@", word.count > 1 else { continue }
            guard hasPrefix || isNamed || word.hasSuffix(".sock") || word.hasSuffix(".socket")
            else { continue }
            if !paths.contains(String(word)), paths.count < most { paths.append(String(word)) }
        }
        return paths
    }
}
