/// The problems of one file, as they are found.
struct ProfileFindings {
    /// A file that is wrong all through says so in a few lines.
    static let most = 50

    let path: String
    private let lines: TextLines
    private(set) var problems: [ProfileProblem] = []

    init(path: String, bytes: [UInt8]) {
        self.path = path
        lines = TextLines(bytes)
    }

    var isFull: Bool { problems.count >= Self.most }

    func place(at offset: Int) -> TextPlace { lines.place(at: offset) }

    func offset(of place: TextPlace) -> Int { lines.offset(of: place) }

    mutating func add(
        _ level: ProfileProblem.Level = .error, at offset: Int, _ message: String
    ) {
        add(level, at: place(at: offset), message)
    }

    mutating func add(
        _ level: ProfileProblem.Level = .error, at place: TextPlace, _ message: String
    ) {
        guard !isFull else { return }
        problems.append(ProfileProblem(level, path: path, place: place, message: message))
    }

    /// Ends the reading where anything is wrong.
    func check() throws(ProfileError) {
        let errors = problems.filter { $0.level == .error }
        guard errors.isEmpty else { throw ProfileError(errors.sorted { $0.place < $1.place }) }
    }
}
