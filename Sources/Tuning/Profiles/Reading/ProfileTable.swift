import HostState
import TOMLKit

/// One table of a profile: its values by type, and what is wrong with them.
struct ProfileTable {
    let table: TOMLTable
    let outline: TOMLOutline.Node
    /// As it is cited: `[profile]`.
    let name: String

    /// Where a key stands, or the table where it does not.
    func offset(of key: String) -> Int { outline.children[key]?.key ?? outline.key }

    /// Where a key's value stands.
    func valueOffset(of key: String) -> Int { outline.children[key]?.value ?? outline.key }

    func has(_ key: String) -> Bool { table.contains(key: key) }

    /// Every key that is none of these.
    func refuse(except known: [String], _ findings: inout ProfileFindings) {
        for key in table.keys where !known.contains(key) {
            guard !findings.isFull else { return }
            findings.add(
                at: offset(of: key),
                NearMiss.sentence("unknown key '\(key)' in \(name)", key, among: known))
        }
    }

    /// A text that is no more than blanks is none.
    func text(
        _ key: String, else missing: String? = nil, _ findings: inout ProfileFindings
    ) -> String? {
        guard let value = table[key] else {
            if let missing {
                findings.add(at: outline.key, "missing key '\(key)' in \(name): \(missing)")
            }
            return nil
        }
        guard let text = value.string else {
            findings.add(
                at: valueOffset(of: key), "'\(key)' is a string in quotes, not \(value.kindWords)")
            return nil
        }
        return clean(text, of: key, at: valueOffset(of: key), &findings)
    }

    /// One text, or several in an array; each with its offset.
    func texts(
        _ key: String, orOne: Bool = false, _ findings: inout ProfileFindings
    ) -> [(text: String, offset: Int)] {
        guard let value = table[key] else { return [] }
        if orOne, value.string != nil {
            return text(key, &findings).map { [($0, valueOffset(of: key))] } ?? []
        }
        guard let array = value.array else {
            findings.add(
                at: valueOffset(of: key),
                "'\(key)' is an array of strings, not \(value.kindWords): \(key) = [\"…\"]")
            return []
        }
        let items = outline.children[key]?.items ?? []
        var texts: [(text: String, offset: Int)] = []
        for (index, element) in array.enumerated() {
            let offset = index < items.count ? items[index].value : valueOffset(of: key)
            guard let text = element.string else {
                findings.add(
                    at: offset, "'\(key)' is an array of strings; this is \(element.kindWords)")
                continue
            }
            if let text = clean(text, of: key, at: offset, &findings) {
                texts.append((text, offset))
            }
        }
        return texts
    }

    /// Line ends become blanks: a reason is shown in a row, and must not begin a line of another file.
    private func clean(
        _ text: String, of key: String, at offset: Int, _ findings: inout ProfileFindings
    ) -> String? {
        let words = text.unicodeScalars.split { $0.properties.isWhitespace }
        guard !words.isEmpty else {
            findings.add(at: offset, "'\(key)' is empty")
            return nil
        }
        guard !words.joined().contains(where: { $0.properties.generalCategory == .control }) else {
            findings.add(at: offset, "'\(key)' holds a control character")
            return nil
        }
        return words.map { String($0) }.joined(separator: " ")
    }
}

extension TOMLValueConvertible {
    /// What it is, for an error: `an integer`.
    var kindWords: String {
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
