import Text

/// Values of a configuration file as what they must be, or an error with the line.
struct FieldReader {
    /// The file's path, for messages.
    var file: String

    func refusal(_ line: Int, _ reason: String) -> WebError {
        WebError("use", "\(file):\(line)", reason)
    }

    /// The fields of a section by name; none where it is empty.
    ///
    /// - Throws: where a field is none of these: a misspelt one must not leave the server unprotected.
    func section(
        _ node: YAMLNode?, _ title: String, fields: [String]
    ) throws(WebError) -> [String: YAMLNode] {
        var found: [String: YAMLNode] = [:]
        for entry in try entries(node, title) {
            guard fields.contains(entry.key) else {
                throw refusal(
                    entry.line,
                    NearMiss.sentence(
                        "\(title) has no field \(TerminalText.escaped(entry.key))", entry.key,
                        among: fields))
            }
            if !entry.value.isNull { found[entry.key] = entry.value }
        }
        return found
    }

    /// Names with their values, whatever the names are.
    func entries(_ node: YAMLNode?, _ title: String) throws(WebError) -> [YAMLNode.Entry] {
        guard let node, !node.isNull else { return [] }
        guard case .mapping(let entries) = node.content else {
            throw refusal(node.line, "\(title) must be a list of names, each with its value")
        }
        return entries
    }

    /// Text; nil where there is none, or where it is empty.
    func text(_ node: YAMLNode?, _ name: String) throws(WebError) -> String? {
        guard let node, !node.isNull else { return nil }
        guard case .scalar(let text, _) = node.content else {
            throw refusal(node.line, "\(name) must be text")
        }
        return text.isEmpty ? nil : text
    }

    /// A list of texts; nil where there is none.
    func texts(
        _ node: YAMLNode?, _ name: String
    ) throws(WebError) -> [(text: String, line: Int)]? {
        guard let node, !node.isNull else { return nil }
        guard case .sequence(let nodes) = node.content else {
            throw refusal(node.line, "\(name) must be a list")
        }
        var found: [(text: String, line: Int)] = []
        for node in nodes {
            guard let text = try text(node, "an element of \(name)") else {
                throw refusal(node.line, "an element of \(name) is empty")
            }
            found.append((text, node.line))
        }
        return found
    }

    /// A truth value of YAML 1.1; nil where there is none.
    func truth(_ node: YAMLNode?, _ name: String) throws(WebError) -> Bool? {
        guard let node, let text = try text(node, name) else { return nil }
        switch text.lowercased() {
        case "true", "yes", "on", "y": return true
        case "false", "no", "off", "n": return false
        default: throw refusal(node.line, "\(name) must be true or false, not \(shown(text))")
        }
    }

    /// A whole number from 0 on; nil where there is none.
    func count(_ node: YAMLNode?, _ name: String) throws(WebError) -> Int? {
        guard let node, let text = try text(node, name) else { return nil }
        guard let number = Int(text), number >= 0 else {
            throw refusal(node.line, "\(name) must be a whole number from 0 on, not \(shown(text))")
        }
        return number
    }

    /// One of a table's names; nil where there is none.
    func choice<Value>(
        _ node: YAMLNode?, _ name: String, of table: [(name: String, value: Value)]
    ) throws(WebError) -> Value? {
        guard let node, let text = try text(node, name) else { return nil }
        return try choice(text, line: node.line, name, of: table)
    }

    func choice<Value>(
        _ text: String, line: Int, _ name: String, of table: [(name: String, value: Value)]
    ) throws(WebError) -> Value {
        guard let found = table.first(where: { $0.name == text }) else {
            throw refusal(
                line,
                NearMiss.sentence(
                    "\(name) cannot be \(shown(text))", text, among: table.map(\.name)))
        }
        return found.value
    }

    /// What somebody wrote, as much of it as a message has room for.
    func shown(_ text: String) -> String { TerminalText.escaped(String(text.prefix(64))) }
}
