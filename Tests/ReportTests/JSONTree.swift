import FoundationEssentials

/// A JSON document whose texts can be exchanged.
enum JSONTree: Codable, Hashable {
    case null
    case bool(Bool)
    case integer(Int64)
    case number(Double)
    case text(String)
    case list([JSONTree])
    case object([String: JSONTree])

    init(_ bytes: [UInt8]) throws {
        self = try JSONDecoder().decode(JSONTree.self, from: Data(bytes))
    }

    var bytes: [UInt8] { get throws { Array(try JSONEncoder().encode(self)) } }

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            self = .null
        } else if let bool = try? value.decode(Bool.self) {
            self = .bool(bool)
        } else if let integer = try? value.decode(Int64.self) {
            self = .integer(integer)
        } else if let number = try? value.decode(Double.self) {
            self = .number(number)
        } else if let text = try? value.decode(String.self) {
            self = .text(text)
        } else if let list = try? value.decode([JSONTree].self) {
            self = .list(list)
        } else {
            self = .object(try value.decode([String: JSONTree].self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var value = encoder.singleValueContainer()
        switch self {
        case .null: try value.encodeNil()
        case .bool(let bool): try value.encode(bool)
        case .integer(let integer): try value.encode(integer)
        case .number(let number): try value.encode(number)
        case .text(let text): try value.encode(text)
        case .list(let list): try value.encode(list)
        case .object(let members): try value.encode(members)
        }
    }

    /// Where texts are: `data.requests[].host`, each once.
    var places: Set<String> {
        var found: Set<String> = []
        _ = mapped("") { place, text in
            found.insert(place)
            return text
        }
        return found
    }

    /// The same with that text in those places.
    func replacing(_ places: Set<String>, by text: String) -> JSONTree {
        mapped("") { place, old in places.contains(place) ? text : old }
    }

    private func mapped(_ place: String, _ change: (String, String) -> String) -> JSONTree {
        switch self {
        case .text(let text): .text(change(place, text))
        case .list(let list): .list(list.map { $0.mapped(place + "[]", change) })
        case .object(let members):
            .object(
                Dictionary(
                    uniqueKeysWithValues: members.map {
                        ($0.key, $0.value.mapped("\(place).\($0.key)", change))
                    }))
        default: self
        }
    }
}
