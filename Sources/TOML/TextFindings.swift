package import Model

/// The problems of one file, as they are found.
package struct TextFindings {
    /// A file that is wrong all through says so in a few lines.
    static let most = 50

    package let path: String
    private let lines: TextLines
    package private(set) var problems: [TextProblem] = []

    package init(path: String, bytes: [UInt8]) {
        self.path = path
        lines = TextLines(bytes)
    }

    package var isFull: Bool { problems.count >= Self.most }

    package func place(at offset: Int) -> TextPlace { lines.place(at: offset) }

    func offset(of place: TextPlace) -> Int { lines.offset(of: place) }

    package mutating func add(
        _ level: TextProblem.Level = .error, at offset: Int, _ message: String
    ) {
        add(level, at: place(at: offset), message)
    }

    package mutating func add(
        _ level: TextProblem.Level = .error, at place: TextPlace, _ message: String
    ) {
        guard !isFull else { return }
        problems.append(TextProblem(level, path: path, place: place, message: message))
    }

    /// Ends the reading where anything is wrong.
    package func check() throws(TextError) {
        let errors = problems.filter { $0.level == .error }
        guard errors.isEmpty else { throw TextError(errors.sorted { $0.place < $1.place }) }
    }
}
