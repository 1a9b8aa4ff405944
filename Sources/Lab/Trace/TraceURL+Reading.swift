import Model
import Resolver

extension TraceURL {
    /// Longer than any server takes (RFC 9110 §4.1 asks for 8000 bytes).
    static let mostBytes = 16_384
    /// Of a name in the DNS, without its final dot (RFC 1035 §2.3.4).
    static let mostNameBytes = 253

    /// Reads an address, its scheme and all; what is no address is refused with its reason.
    package init(_ text: String) throws(TraceURLError) {
        let bytes = Array(text.utf8)
        guard !bytes.isEmpty else { throw TraceURLError("it is empty") }
        guard bytes.count <= Self.mostBytes else {
            throw TraceURLError("it has more than \(Self.mostBytes) bytes")
        }
        guard bytes.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
            throw TraceURLError("it contains blanks or control characters")
        }
        guard let colon = text.range(ofScheme: text) else {
            throw TraceURLError("it has no scheme; did you mean http://\(text.prefix(200))?")
        }
        let word = text[..<colon].lowercased()
        guard let scheme = Scheme(rawValue: word) else {
            throw TraceURLError("its scheme is \(word.prefix(40)), not http or https")
        }
        let rest = text[text.index(after: colon)...]
        guard rest.hasPrefix("//") else {
            throw TraceURLError("\(word): is not followed by //")
        }
        let end = rest.dropFirst(2).firstIndex { "/?#\\".contains($0) } ?? rest.endIndex
        let authority = rest.dropFirst(2)[..<end]
        self.scheme = scheme
        (host, zone, port) = try Self.ends(authority, scheme)
        target = Self.target(rest[end...])
        // A byte that may not stand in a request becomes three.
        guard description.utf8.count <= Self.mostBytes else {
            throw TraceURLError("it has more than \(Self.mostBytes) bytes after encoding")
        }
    }

    /// Host, interface and port.
    private static func ends(
        _ authority: Substring, _ scheme: Scheme
    ) throws(TraceURLError) -> (String, String?, UInt16) {
        guard !authority.contains("@") else {
            throw TraceURLError(
                "it has a user or a password before @, which the result would show; remove it")
        }
        if authority.hasPrefix("[") {
            guard let close = authority.firstIndex(of: "]") else {
                throw TraceURLError("its address in brackets has no closing bracket")
            }
            let inner = String(authority[authority.index(after: authority.startIndex)..<close])
            let parts = inner.split(separator: "%", maxSplits: 1, omittingEmptySubsequences: false)
            guard let first = parts.first, first.contains(":"),
                let address = IPAddress(String(first))
            else { throw TraceURLError("[\(inner.prefix(60))] is not an IPv6 address") }
            let zone = try parts.count > 1 ? zone(parts[1]) : nil
            let after = authority[authority.index(after: close)...]
            guard after.isEmpty || after.hasPrefix(":") else {
                throw TraceURLError("something other than a port follows the address in brackets")
            }
            return (address.description, zone, try port(after.dropFirst(), scheme))
        }
        let parts = authority.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count <= 2 else {
            throw TraceURLError("write an IPv6 address in brackets: [::1]")
        }
        return (
            try name(parts.first ?? ""), nil, try port(parts.count > 1 ? parts[1] : "", scheme)
        )
    }

    /// Of an interface's name: IFNAMSIZ, without the zero at its end.
    private static let mostZoneBytes = 15

    /// The interface; the % before it may be written as %25.
    private static func zone(_ text: Substring) throws(TraceURLError) -> String {
        let zone = text.hasPrefix("25") && text.utf8.count > 2 ? text.dropFirst(2) : text
        guard 1...mostZoneBytes ~= zone.utf8.count, !zone.contains("%") else {
            throw TraceURLError("%\(zone.prefix(40)) after its address does not name an interface")
        }
        return String(zone)
    }

    private static func port(
        _ text: Substring, _ scheme: Scheme
    ) throws(TraceURLError) -> UInt16 {
        if text.isEmpty { return scheme.port }
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            throw TraceURLError("its port \(text.prefix(40)) is not a number")
        }
        guard let port = UInt16(text.drop { $0 == "0" }), port > 0 else {
            throw TraceURLError("its port \(text.prefix(40)) is not between 1 and 65535")
        }
        return port
    }

    /// A name of letters, digits, hyphens and underscores, or one that is not ASCII, which the resolver turns into one.
    private static func name(_ text: Substring) throws(TraceURLError) -> String {
        guard !text.isEmpty else { throw TraceURLError("it has no host") }
        guard text.utf8.allSatisfy(isOfName) else {
            throw TraceURLError("its host contains a character that no host name has")
        }
        if let address = NumericHost.parse(String(text)) { return address.description }
        let bare = text.hasSuffix(".") ? text.dropLast() : text
        guard bare.utf8.count <= mostNameBytes || bare.utf8.contains(where: { $0 >= 0x80 }) else {
            throw TraceURLError(
                "its host has \(bare.utf8.count) bytes; a name has at most \(mostNameBytes)")
        }
        let labels = bare.split(separator: ".", omittingEmptySubsequences: false)
        guard labels.allSatisfy({ !$0.isEmpty }) else {
            throw TraceURLError("its host has an empty part between two dots")
        }
        guard
            labels.allSatisfy({ $0.utf8.count <= 63 || $0.utf8.contains { $0 >= 0x80 } })
        else { throw TraceURLError("a part of its host has more than 63 bytes") }
        // What ends in a number is an address or a mistake (WHATWG URL, "ends in a number").
        if let last = labels.last, last.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            throw TraceURLError("\(text.prefix(60)) is neither an IPv4 address nor a name")
        }
        return text.lowercased()
    }

    private static func isOfName(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x80...: true
        default: byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_")
        }
    }

    /// Path and query, what may not stand in a request percent-encoded; what is behind # stays here.
    private static func target(_ text: Substring) -> String {
        let sent = text.prefix { $0 != "#" }
        let query = sent.firstIndex(of: "?")
        let path = encoded(sent[..<(query ?? sent.endIndex)])
        return (path.isEmpty ? "/" : withoutDots(path)) + (query.map { encoded(sent[$0...]) } ?? "")
    }

    /// As curl sends it: a byte that is not ASCII is written as %xx, all else as it stands, a % that begins no escape too.
    private static func encoded(_ text: Substring) -> String {
        var made: [UInt8] = []
        for byte in text.utf8 {
            if byte < 0x80 { made.append(byte) } else { made += escape(byte) }
        }
        return String(decoding: made, as: UTF8.self)
    }

    fileprivate static func escape(_ byte: UInt8) -> [UInt8] {
        [UInt8(ascii: "%"), digit(byte >> 4), digit(byte & 15)]
    }

    private static func digit(_ value: UInt8) -> UInt8 { value + (value < 10 ? 0x30 : 0x57) }

    /// The path without `.` and `..` (RFC 3986 §5.2.4).
    static func withoutDots(_ path: String) -> String {
        var kept: [Substring] = []
        let parts = path.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
        for (place, part) in parts.enumerated() {
            let isDots = part == "." || part == ".."
            if part == ".." { _ = kept.popLast() }
            if !isDots {
                kept.append(part)
            } else if place == parts.count - 1 {
                kept.append("")
            }
        }
        return "/" + kept.joined(separator: "/")
    }
}

extension TraceURL {
    /// What a Location field means, read against this address (RFC 3986 §5.2, RFC 9110 §10.2.2), as far as curl goes along with
    /// what servers send.
    package func resolving(_ reference: some Sequence<UInt8>) throws(TraceURLError) -> TraceURL {
        let reference = Self.sendable(reference)
        if let colon = reference.range(ofScheme: reference) {
            return try TraceURL(Self.mended(reference, scheme: colon))
        }
        let base = "\(scheme.rawValue)://"
        if reference.hasPrefix("//") {
            return try TraceURL(base + Self.withoutUser(reference.dropFirst(2)))
        }
        let here = base + place
        if reference.hasPrefix("/") { return try TraceURL(here + reference) }
        let path = target.prefix { $0 != "?" }
        if reference.hasPrefix("?") { return try TraceURL(here + path + reference) }
        if reference.isEmpty || reference.hasPrefix("#") { return self }
        guard !reference.prefix(while: { !"/?#".contains($0) }).contains(":") else {
            throw TraceURLError("it has no scheme, but a colon in its first part")
        }
        let folder = path.lastIndex(of: "/").map { path[...$0] } ?? "/"
        return try TraceURL(here + folder + reference)
    }

    package func resolving(_ reference: String) throws(TraceURLError) -> TraceURL {
        try resolving(reference.utf8)
    }

    /// What a client writes where a server should have: a blank as %20, in the query as +, and bytes that are no UTF-8 as %xx.
    private static func sendable(_ reference: some Sequence<UInt8>) -> String {
        var made: [UInt8] = []
        var isQuery = false
        for byte in reference {
            if byte == UInt8(ascii: "?") { isQuery = true }
            if byte == 0x20 {
                made += isQuery ? [UInt8(ascii: "+")] : escape(byte)
            } else {
                made.append(byte)
            }
        }
        // Of a name that is no ASCII the letters are wanted; those of a path are written as %xx later.
        return String(validating: made, as: UTF8.self)
            ?? String(
                decoding: made.flatMap { $0 < 0x80 ? [$0] : escape($0) }, as: UTF8.self)
    }

    /// An address with its scheme: one slash or three behind it are taken for two.
    private static func mended(_ text: String, scheme colon: String.Index) -> String {
        let rest = text[text.index(after: colon)...]
        let slashes = rest.prefix { $0 == "/" }.count
        guard 1...3 ~= slashes else { return text }
        return text[...colon] + "//" + withoutUser(rest.dropFirst(slashes))
    }

    /// A user and a password that a server names are not sent to where it leads.
    private static func withoutUser(_ rest: Substring) -> Substring {
        let authority = rest.prefix { !"/?#\\".contains($0) }
        guard let at = authority.lastIndex(of: "@") else { return rest }
        return rest[rest.index(after: at)...]
    }
}

extension String {
    /// Where the colon behind a scheme is (RFC 3986 §3.1); nil where the text begins with none.
    ///
    /// `example.org:80/x` begins with none: a scheme has no dot in practice, and what follows is no port.
    fileprivate func range(ofScheme text: String) -> String.Index? {
        guard let colon = text.firstIndex(of: ":"), let first = text.utf8.first,
            (0x61...0x7A).contains(first | 0x20)
        else { return nil }
        let word = text[..<colon]
        let isWord = word.utf8.allSatisfy { byte in
            (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte)
                || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
        }
        guard isWord else { return nil }
        let port = text[text.index(after: colon)...].prefix { $0.isASCII && $0.isNumber }
        let after = text[text.index(after: colon)...].dropFirst(port.count)
        let isPort = !port.isEmpty && (after.isEmpty || after.hasPrefix("/"))
        return isPort ? nil : colon
    }
}
