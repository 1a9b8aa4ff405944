/// Something in a file that is wrong, or that its author should know.
public struct TextProblem: Error, Sendable, Hashable, CustomStringConvertible {
    public var level: Level
    public var path: String
    public var place: TextPlace
    /// What is wrong, the nearest right word, the right form: untrusted text.
    public var message: String

    public enum Level: String, Sendable, Hashable, Codable {
        /// The file is not taken.
        case error
        /// It is taken, and may not do what is expected of it.
        case warning
        /// Nothing is wrong with it.
        case note
    }

    public init(_ level: Level, path: String, place: TextPlace, message: String) {
        self.level = level
        self.path = path
        self.place = place
        self.message = message
    }

    /// In the form that editors jump to: `web.toml:12:9: error: …`.
    public var description: String {
        "\(path):\(place.line):\(place.column): \(level.rawValue): \(message)"
    }
}

/// Why a file is not taken: everything that is wrong with it.
public struct TextError: Error, Sendable, Hashable, CustomStringConvertible {
    /// In the order of the file; at least one.
    public var problems: [TextProblem]

    public init(_ problems: [TextProblem]) { self.problems = problems }

    /// The first of them, and how many more there are.
    public var description: String {
        guard let first = problems.first else { return "tcptune cannot use the file" }
        let text = "\(first.path):\(first.place.line):\(first.place.column): \(first.message)"
        let more = problems.count - 1
        return more == 0 ? text : "\(text) (and \(more) more)"
    }
}
