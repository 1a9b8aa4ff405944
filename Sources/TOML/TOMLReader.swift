import Model
package import TOMLKit
import Text

/// One table of a file: its values by type, and what is wrong with them.
package struct TOMLReader {
    package let table: TOMLTable
    package let outline: TOMLOutline.Node
    /// As it is cited: `[profile]`.
    package let name: String

    package init(table: TOMLTable, outline: TOMLOutline.Node, name: String) {
        self.table = table
        self.outline = outline
        self.name = name
    }

    /// Where a key stands, or the table where it does not.
    package func offset(of key: String) -> Int { outline.children[key]?.key ?? outline.key }

    /// Where a key's value stands.
    package func valueOffset(of key: String) -> Int { outline.children[key]?.value ?? outline.key }

    package func has(_ key: String) -> Bool { table.contains(key: key) }

    /// Every key that is none of these.
    package func refuse(except known: [String], _ findings: inout TextFindings) {
        for key in table.keys where !known.contains(key) {
            guard !findings.isFull else { return }
            findings.add(
                at: offset(of: key),
                NearMiss.sentence("unknown key '\(key)' in \(name)", key, among: known))
        }
    }

    /// A text that is no more than blanks is none.
    package func text(
        _ key: String, else missing: String? = nil, _ findings: inout TextFindings
    ) -> String? {
        guard let value = table[key] else {
            if let missing {
                findings.add(at: outline.key, "missing key '\(key)' in \(name): \(missing)")
            }
            return nil
        }
        guard let text = value.string else {
            findings.add(
                at: valueOffset(of: key),
                "'\(key)' must be a string in quotes, not \(value.kindWords)")
            return nil
        }
        return clean(text, of: key, at: valueOffset(of: key), &findings)
    }

    /// One text, or several in an array; each with its offset.
    package func texts(
        _ key: String, orOne: Bool = false, _ findings: inout TextFindings
    ) -> [(text: String, offset: Int)] {
        guard let value = table[key] else { return [] }
        if orOne, value.string != nil {
            return text(key, &findings).map { [($0, valueOffset(of: key))] } ?? []
        }
        guard let array = value.array else {
            findings.add(
                at: valueOffset(of: key),
                "'\(key)' must be an array of strings, not \(value.kindWords): \(key) = [\"…\"]")
            return []
        }
        let items = outline.children[key]?.items ?? []
        var texts: [(text: String, offset: Int)] = []
        for (index, element) in array.enumerated() {
            let offset = index < items.count ? items[index].value : valueOffset(of: key)
            guard let text = element.string else {
                findings.add(
                    at: offset, "'\(key)' must be an array of strings; this is \(element.kindWords)"
                )
                continue
            }
            if let text = clean(text, of: key, at: offset, &findings) {
                texts.append((text, offset))
            }
        }
        return texts
    }

    /// A whole number or a fraction.
    package func number(_ key: String, _ findings: inout TextFindings) -> Double? {
        guard let value = table[key] else { return nil }
        if let number = value.int { return Double(number) }
        if let number = value.double, number.isFinite { return number }
        findings.add(at: valueOffset(of: key), "'\(key)' must be a number, not \(value.kindWords)")
        return nil
    }

    /// `true` or `false`.
    package func flag(_ key: String, _ findings: inout TextFindings) -> Bool? {
        guard let value = table[key] else { return nil }
        if let flag = value.bool { return flag }
        findings.add(
            at: valueOffset(of: key), "'\(key)' must be true or false, not \(value.kindWords)")
        return nil
    }

    /// Several numbers in an array.
    package func numbers(_ key: String, _ findings: inout TextFindings) -> [Double]? {
        guard let value = table[key] else { return nil }
        let numbers = value.array?.compactMap { $0.int.map(Double.init) ?? $0.double }
        if let numbers, numbers.count == value.array?.count { return numbers }
        findings.add(
            at: valueOffset(of: key),
            "'\(key)' must be an array of numbers, not \(value.kindWords): \(key) = [1, 2]")
        return nil
    }

    /// A table within it.
    package func subtable(_ key: String, _ findings: inout TextFindings) -> TOMLReader? {
        guard let value = table[key] else { return nil }
        guard let inner = value.table, let node = outline.children[key] else {
            findings.add(
                at: valueOffset(of: key), "'\(key)' must be a table, not \(value.kindWords)")
            return nil
        }
        return TOMLReader(table: inner, outline: node, name: "[\(key)]")
    }

    /// Tables of an array, `[[key]]`.
    package func subtables(_ key: String, _ findings: inout TextFindings) -> [TOMLReader] {
        guard let value = table[key] else { return [] }
        guard let array = value.array, let node = outline.children[key] else {
            findings.add(
                at: valueOffset(of: key),
                "each '\(key)' begins with a line [[\(key)]], with two brackets")
            return []
        }
        var tables: [TOMLReader] = []
        for (index, element) in array.enumerated() {
            let place = index < node.items.count ? node.items[index] : node
            guard let inner = element.table else {
                findings.add(
                    at: place.value, "each '\(key)' must be a table, not \(element.kindWords)")
                continue
            }
            tables.append(TOMLReader(table: inner, outline: place, name: "[[\(key)]]"))
        }
        return tables
    }

    /// A value as a word: a number as its digits, an array of such parted by blanks.
    package struct Word: Sendable, Hashable {
        /// With the names of the tables it lies in: `net.ipv4.tcp_fin_timeout`.
        package var key: String
        package var text: String
        /// Where the key stands.
        package var offset: Int
    }

    /// All that it holds, in the order of the file; keys with dots may be written with quotes or without.
    package func words(_ findings: inout TextFindings) -> [Word] {
        words("", &findings).sorted { $0.offset < $1.offset }
    }

    private func words(_ prefix: String, _ findings: inout TextFindings) -> [Word] {
        var words: [Word] = []
        for key in table.keys {
            guard let value = table[key] else { continue }
            if let inner = value.table, let node = outline.children[key] {
                words += TOMLReader(table: inner, outline: node, name: name)
                    .words(prefix + key + ".", &findings)
            } else if let text = Self.word(value) {
                words.append(Word(key: prefix + key, text: text, offset: offset(of: key)))
            } else {
                findings.add(
                    at: valueOffset(of: key),
                    "'\(key)' must be a number, a string or an array of them, not \(value.kindWords)"
                )
            }
        }
        return words
    }

    private static func word(_ value: any TOMLValueConvertible) -> String? {
        if let text = value.string { return text }
        if let number = value.int { return String(number) }
        if let flag = value.bool { return flag ? "true" : "false" }
        if let number = value.double { return "\(number)" }
        guard let array = value.array else { return nil }
        let parts = array.compactMap(word)
        return parts.count == array.count ? parts.joined(separator: " ") : nil
    }

    /// Line ends become blanks: a reason is shown in a row, and must not begin a line of another file.
    private func clean(
        _ text: String, of key: String, at offset: Int, _ findings: inout TextFindings
    ) -> String? {
        let words = text.unicodeScalars.split { $0.properties.isWhitespace }
        guard !words.isEmpty else {
            findings.add(at: offset, "'\(key)' is empty")
            return nil
        }
        guard !words.joined().contains(where: { $0.properties.generalCategory == .control }) else {
            findings.add(at: offset, "'\(key)' contains a control character")
            return nil
        }
        return words.map { String($0) }.joined(separator: " ")
    }
}

extension TOMLValueConvertible {
    /// What it is, for an error: `an integer`.
    package var kindWords: String {
        switch type {
        case .table: "a table"
        case .array: "an array"
        case .string: "a string"
        case .int: "an integer"
        case .double: "a number with a fraction"
        case .bool: "a truth value"
        case .date: "a date"
        case .time: "a time"
        case .dateTime: "a date with a time"
        }
    }
}
