/// A value of a YAML file, with the line where it begins.
struct YAMLNode: Equatable {
    indirect enum Content: Equatable {
        case scalar(String, isPlain: Bool)
        case sequence([YAMLNode])
        /// In the file's order.
        case mapping([Entry])
    }

    struct Entry: Equatable {
        var key: String
        var line: Int
        var value: YAMLNode
    }

    var content: Content
    var line: Int

    /// Whether it says nothing: `key:` with nothing behind it, `~` or `null`.
    var isNull: Bool {
        guard case .scalar(let text, isPlain: true) = content else { return false }
        return ["", "~", "null", "Null", "NULL"].contains(text)
    }
}
