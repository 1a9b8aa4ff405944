extension IPAddress: CustomStringConvertible {
    /// Dotted decimal for IPv4, RFC 5952 for IPv6, without brackets.
    public var description: String {
        guard let v4 else { return Self.compressed(groups) }
        return "\(v4 >> 24).\(v4 >> 16 & 0xff).\(v4 >> 8 & 0xff).\(v4 & 0xff)"
    }

    private var groups: [UInt16] {
        [high, low].flatMap { half in
            [48, 32, 16, 0].map { UInt16(truncatingIfNeeded: half >> $0) }
        }
    }

    /// RFC 5952 §4.2: the longest run of two or more zero groups becomes `::`, the first one on a tie.
    private static func compressed(_ groups: [UInt16]) -> String {
        var best = 0..<0
        var start = 0
        while start < groups.count {
            var end = start
            while end < groups.count, groups[end] == 0 { end += 1 }
            if end - start >= 2, end - start > best.count { best = start..<end }
            start = max(end, start + 1)
        }
        let hex = { (part: ArraySlice<UInt16>) in
            part.map { String($0, radix: 16) }.joined(separator: ":")
        }
        guard !best.isEmpty else { return hex(groups[...]) }
        return hex(groups[..<best.lowerBound]) + "::" + hex(groups[best.upperBound...])
    }

    /// Reads `10.0.0.1`, `::1`, `::ffff:10.0.0.1`; nil for anything else, a scope or brackets among it.
    public init?(_ text: String) {
        if text.contains(":") {
            guard let groups = Self.groups(of: text) else { return nil }
            self.init(high: Self.joined(groups[..<4]), low: Self.joined(groups[4...]))
        } else {
            guard let v4 = Self.dotted(text[...]) else { return nil }
            self.init(v4: v4)
        }
    }

    private static func joined(_ groups: ArraySlice<UInt16>) -> UInt64 {
        groups.reduce(0) { $0 << 16 | UInt64($1) }
    }

    private static func dotted(_ text: Substring) -> UInt32? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var address: UInt32 = 0
        for part in parts {
            // A zero in front would make the number octal to some and decimal to others (inet_pton(3) refuses it).
            guard part.utf8.count <= 3, part.utf8.allSatisfy({ 48...57 ~= $0 }),
                part.utf8.count == 1 || part.first != "0",
                let byte = UInt8(part)
            else { return nil }
            address = address << 8 | UInt32(byte)
        }
        return address
    }

    private static func groups(of text: String) -> [UInt16]? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard let gap = doubleColon(in: text) else {
            guard let groups = groups(parts[...]), groups.count == 8 else { return nil }
            return groups
        }
        guard let head = groups(ofSide: text[..<gap.lowerBound]),
            let tail = groups(ofSide: text[gap.upperBound...]),
            head.count + tail.count < 8
        else { return nil }
        return head + Array(repeating: 0, count: 8 - head.count - tail.count) + tail
    }

    private static func doubleColon(in text: String) -> Range<String.Index>? {
        var index = text.startIndex
        while let colon = text[index...].firstIndex(of: ":") {
            let next = text.index(after: colon)
            if next < text.endIndex, text[next] == ":" {
                return colon..<text.index(after: next)
            }
            index = next
        }
        return nil
    }

    private static func groups(ofSide text: Substring) -> [UInt16]? {
        text.isEmpty
            ? [] : groups(text.split(separator: ":", omittingEmptySubsequences: false)[...])
    }

    private static func groups(_ parts: ArraySlice<Substring>) -> [UInt16]? {
        var groups: [UInt16] = []
        for (index, part) in zip(parts.indices, parts) {
            if part.contains(".") {
                guard index == parts.endIndex - 1, let v4 = dotted(part) else { return nil }
                groups += [UInt16(v4 >> 16), UInt16(truncatingIfNeeded: v4)]
            } else {
                guard 1...4 ~= part.utf8.count, part.first != "+",
                    let group = UInt16(part, radix: 16)
                else { return nil }
                groups.append(group)
            }
        }
        return groups
    }
}

/// Written as its text.
extension IPAddress: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let address = IPAddress(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "not an IP address")
        }
        self = address
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
