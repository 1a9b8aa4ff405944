/// One document of YAML as a tree.
struct YAMLDocument: ~Copyable {
    /// Deeper than any configuration is.
    private static let deepest = 16
    /// What every plain value has anyway.
    private static let usualTags: Set<String> = [
        "str", "int", "bool", "null", "map", "seq", "float",
    ]

    private let events: YAMLEvents
    private let name: String
    private var anchors: [String: YAMLNode] = [:]

    private init(_ bytes: [UInt8], name: String) {
        events = YAMLEvents(bytes, name: name)
        self.name = name
    }

    /// The value of the file; nil where it is empty.
    ///
    /// - Throws: what is no YAML, is given twice, or would be read over: a second document, a tag of somebody's own.
    static func read(_ bytes: [UInt8], name: String) throws(WebError) -> YAMLNode? {
        var document = YAMLDocument(bytes, name: name)
        var root: YAMLNode?
        while true {
            let event = try document.events.next()
            switch event.kind {
            case .streamEnd: return root
            case .documentStart:
                guard root == nil else {
                    throw document.refusal(event.line, "a second document would not be used")
                }
                root = try document.node(try document.events.next(), depth: 0)
            default: continue
            }
        }
    }

    private func refusal(_ line: Int, _ reason: String) -> WebError {
        WebError("read", "\(name):\(line)", reason)
    }

    private mutating func node(_ event: YAMLEvent, depth: Int) throws(WebError) -> YAMLNode {
        guard depth < Self.deepest else { throw refusal(event.line, "it is nested too deeply") }
        if let tag = event.tag, !Self.isUsual(tag) {
            throw refusal(event.line, "the tag \(tag) is not known")
        }
        var found = YAMLNode(content: .sequence([]), line: event.line)
        switch event.kind {
        case .scalar(let text, let isPlain): found.content = .scalar(text, isPlain: isPlain)
        case .alias(let anchor):
            guard let meant = anchors[anchor] else {
                throw refusal(event.line, "nothing is named &\(anchor) before it")
            }
            return meant
        case .sequenceStart: found.content = .sequence(try elements(depth: depth + 1))
        case .mappingStart: found.content = .mapping(try entries(depth: depth + 1))
        default: throw refusal(event.line, "a value is missing")
        }
        if let anchor = event.anchor { anchors[anchor] = found }
        return found
    }

    private mutating func elements(depth: Int) throws(WebError) -> [YAMLNode] {
        var found: [YAMLNode] = []
        while true {
            let event = try events.next()
            if event.kind == .sequenceEnd { return found }
            found.append(try node(event, depth: depth))
        }
    }

    private mutating func entries(depth: Int) throws(WebError) -> [YAMLNode.Entry] {
        var found: [YAMLNode.Entry] = []
        while true {
            let event = try events.next()
            if event.kind == .mappingEnd { return found }
            guard case .scalar(let key, _) = try node(event, depth: depth).content else {
                throw refusal(event.line, "a name must be text")
            }
            if let earlier = found.first(where: { $0.key == key }) {
                throw refusal(event.line, "\(key) is given twice, first in line \(earlier.line)")
            }
            let value = try node(try events.next(), depth: depth)
            found.append(YAMLNode.Entry(key: key, line: event.line, value: value))
        }
    }

    private static func isUsual(_ tag: String) -> Bool {
        // `!` alone says that a scalar is text, which every scalar is here.
        for prefix in ["tag:yaml.org,2002:", "!!"] where tag.hasPrefix(prefix) {
            return usualTags.contains(String(tag.dropFirst(prefix.count)))
        }
        return tag == "!"
    }
}
