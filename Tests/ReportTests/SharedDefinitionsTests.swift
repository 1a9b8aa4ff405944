import Report
import Testing

@Suite struct `The definitions of the schemas` {
    /// What takes no more lines than this may be repeated: `null` or a number with a unit.
    private static let mostLines = 10

    @Test func `are written once`() throws {
        var places: [JSONTree: String] = [:]
        for file in try SchemaSource.names() + SchemaSource.shared() {
            let tree = try JSONTree(Array(try SchemaSource.text(file).utf8))
            tree.forEach(file) { place, part in
                guard part.lines > Self.mostLines else { return }
                let first = places.updateValue(place, forKey: part)
                #expect(first == nil, "\(place) is written in \(first ?? "") already")
            }
        }
    }

    @Test func `are shared by two schemas at least, where they are files`() throws {
        let files = try SchemaSource.names() + SchemaSource.shared()
        let texts = try files.map { try SchemaSource.text($0) }
        for path in try SchemaSource.shared() {
            #expect(texts.count { $0.contains("\"\(path)\"") } >= 2, "\(path)")
        }
    }

    @Test func `are in what users get, each that is referred to and no other`() throws {
        for name in try SchemaSource.names() {
            let tree = try JSONTree(Array(try SchemaSource.whole(name).utf8))
            var wanted: Set<String> = []
            tree.forEach(name) { _, part in
                if case .object(let members) = part, case .text(let path)? = members["$ref"] {
                    wanted.insert(path)
                }
            }
            var defined: Set<String> = []
            if case .object(let schema) = tree, case .object(let definitions)? = schema["$defs"] {
                defined = Set(definitions.keys.map { "#/$defs/\($0)" })
            }
            #expect(wanted == defined, "\(name)")
        }
    }

    @Test func `are put in as if they had been written there`() {
        let schema = """
            {
              "properties": {
                "host": {
                  "$ref": "Shared/host.json"
                },
                "data": {
                  "allOf": [
                    {
                      "$ref": "Shared/host.json"
                    }
                  ]
                }
              }
            }

            """
        let whole = """
            {
              "properties": {
                "host": {
                  "type": "string"
                },
                "data": {
                  "allOf": [
                    {
                      "type": "string"
                    }
                  ]
                }
              }
            }

            """
        let text = SchemaText.whole(schema) { (path) throws(Never) in
            #expect(path == "Shared/host.json")
            return "{\n  \"type\": \"string\"\n}\n"
        }
        #expect(text == whole)
    }
}

extension JSONTree {
    /// How many lines it takes where each member and each element stands on a line of its own.
    fileprivate var lines: Int {
        switch self {
        case .list(let list) where !list.isEmpty: 2 + list.map(\.lines).reduce(0, +)
        case .object(let members) where !members.isEmpty:
            2 + members.values.map(\.lines).reduce(0, +)
        default: 1
        }
    }

    /// Hands over itself and all that it is made of, with the place of each.
    fileprivate func forEach(_ place: String, _ body: (String, JSONTree) -> Void) {
        body(place, self)
        switch self {
        case .list(let list):
            for (index, part) in list.enumerated() { part.forEach("\(place)/\(index)", body) }
        case .object(let members):
            for (name, part) in members { part.forEach("\(place)/\(name)", body) }
        default: break
        }
    }
}
