/// The status line and the fields of a response (RFC 9112 §4, §5).
public struct ResponseHead: Sendable, Hashable, Codable {
    /// `HTTP/1.1`.
    public var version: String
    public var status: Int
    /// What the server calls the status: any text; empty where it says nothing.
    public var reason: String
    public var fields: [Field]

    /// Where it leads, byte by byte: not every server sends UTF-8.
    ///
    /// Not part of what is saved.
    public private(set) var locationBytes: [UInt8]?

    enum CodingKeys: String, CodingKey { case version, status, reason, fields }

    public struct Field: Sendable, Hashable, Codable {
        public var name: String
        public var value: String
    }

    /// Reads a head, its last empty line left out or not; nil where it is none.
    public init?(_ bytes: some Collection<UInt8>) {
        var lines = bytes.split(separator: 10, omittingEmptySubsequences: false)
            .map { String(decoding: $0.last == 13 ? $0.dropLast() : $0, as: UTF8.self) }
        while lines.last?.isEmpty == true { lines.removeLast() }
        guard let first = lines.first else { return nil }
        let words = first.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
        guard words.count >= 2, words[0].count == 8, words[0].hasPrefix("HTTP/1."),
            words[0].last?.isASCII == true, words[0].last?.isNumber == true,
            words[1].utf8.count == 3, let status = Int(words[1]), (100...599).contains(status)
        else { return nil }
        version = String(words[0])
        self.status = status
        reason = words.count > 2 ? String(words[2]) : ""
        fields = []
        for line in lines.dropFirst() {
            // A line that begins with a blank goes on with the field before it (obs-fold, RFC 9112 §5.2).
            if let blank = line.first, blank == " " || blank == "\t" {
                guard !fields.isEmpty else { return nil }
                fields[fields.count - 1].value += " " + Self.trimmed(line[...])
                continue
            }
            guard let colon = line.firstIndex(of: ":"), colon > line.startIndex else { return nil }
            let name = line[..<colon]
            guard name.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return nil }
            let value = line[line.index(after: colon)...]
            fields.append(Field(name: String(name), value: Self.trimmed(value)))
        }
        locationBytes = Self.location(in: bytes)
    }

    /// The first Location field as it came, without the blanks around it.
    private static func location(in bytes: some Collection<UInt8>) -> [UInt8]? {
        for line in bytes.split(separator: 10).dropFirst() {
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")),
                String(decoding: line[..<colon], as: UTF8.self).lowercased() == "location"
            else { continue }
            let isBlank = { (byte: UInt8) in byte == 0x20 || byte == 9 || byte == 13 }
            let front = line[line.index(after: colon)...].drop(while: isBlank)
            let back = front.reversed().prefix(while: isBlank).count
            return Array(front.dropLast(back))
        }
        return nil
    }

    private static func trimmed(_ text: Substring) -> String {
        let isBlank = { (letter: Character) in letter == " " || letter == "\t" }
        let front = text.drop(while: isBlank)
        let back = front.reversed().prefix(while: isBlank).count
        return String(front.dropLast(back))
    }

    /// The values of a field, in their order.
    public func values(_ name: String) -> [String] {
        fields.filter { $0.name.lowercased() == name }.map(\.value)
    }

    /// The items of a field that is a list, in small letters.
    private func items(_ name: String) -> [String] {
        values(name).flatMap { $0.split(separator: ",") }.map { Self.trimmed($0).lowercased() }
    }

    public var location: String? { values("location").first }

    /// Whether the server says that the connection stays open (RFC 9112 §9.3).
    public var keepsAlive: Bool {
        let options = items("connection")
        if options.contains("close") { return false }
        return version != "HTTP/1.0" || options.contains("keep-alive")
    }

    public var isChunked: Bool { items("transfer-encoding").last == "chunked" }
    /// With a transfer coding no length counts (RFC 9112 §6.3).
    public var hasCoding: Bool { !items("transfer-encoding").isEmpty }

    /// The body's length; nil where there is none, or none that is a number.
    public var contentLength: Int? {
        guard let text = items("content-length").first,
            text.utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else { return nil }
        return Int(text)
    }

    /// What makes its length unsure, so that where the response ends may be anywhere; nil where nothing does.
    public var problem: String? {
        let lengths = items("content-length")
        if Set(lengths).count > 1 { return "it has several different Content-Length values" }
        guard !lengths.isEmpty else { return nil }
        guard let contentLength else { return "its Content-Length is not a number" }
        // Beyond that no server means it; as far as HTTPResponseReader counts.
        return contentLength < 1 << 40 ? nil : "its Content-Length is too large"
    }

    /// Whether it sends the client elsewhere: by any status of 3xx that says where to, as curl takes it.
    public var isRedirect: Bool { (300...399).contains(status) && location?.isEmpty == false }
}
