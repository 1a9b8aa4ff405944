/// The command lines that the documentation shows.
enum DocumentedCommands {
    static let manual = lines { try fromManual() }
    /// Those of each page, by its path.
    static let pages = Dictionary(
        uniqueKeysWithValues: DocumentedPage.paths.map { path in
            (path, lines { try fromMarkdown(path) })
        })

    /// Those that begin with `tcptune`, without the prompt, each once.
    static let ofTcptune = Set(manual + pages.values.joined())
        .filter { $0 == "tcptune" || $0.hasPrefix("tcptune ") }.sorted()

    /// Whether a line is of a command that changes settings, so that no test may type it on this machine.
    static func changesHost(_ line: String) -> Bool {
        let words = line.split { $0 == " " || $0 == "\n" }
        guard words.count > 1 else { return false }
        return ["apply", "confirm", "extend", "rollback", "status", "recover"].contains(words[1])
    }

    /// The targets of `make` that the documentation names.
    static var makeTargets: Set<String> {
        Set(
            pages.values.joined().filter { $0.hasPrefix("make ") }
                .compactMap { $0.split(separator: " ").dropFirst().first { !$0.contains("=") } }
                .map(String.init))
    }

    /// A document that cannot be read shows nothing, which the tests refuse.
    private static func lines(_ read: () throws -> [String]) -> [String] { (try? read()) ?? [] }

    private static func fromManual() throws -> [String] {
        try ManualPage.names.flatMap(fromPage)
    }

    private static func fromPage(_ name: String) throws -> [String] {
        var lines: [String] = []
        var isDisplay = false
        for line in try Temporary.content(of: ManualPage.path(of: name)).split(separator: "\n") {
            if line.hasPrefix(".Bd -literal") { isDisplay = true }
            if line.hasPrefix(".Ed") { isDisplay = false }
            if line.hasPrefix(".Dl ") {
                lines.append(String(line.dropFirst(4)))
            } else if isDisplay {
                lines.append(line.split(separator: #"\e"#).joined(separator: #"\"#))
            }
        }
        return commands(in: lines)
    }

    /// Lines of blocks (after a prompt, where the block is a session), and what stands in backquotes.
    private static func fromMarkdown(_ path: String) throws -> [String] {
        let page = try DocumentedPage(path)
        return commands(in: page.blocks["console"] ?? [])
            + commands(in: page.blocks["sh"] ?? [], needsPrompt: false) + page.inline
    }

    /// A command goes on in the next line after a pipe, a backslash, or within quotes.
    ///
    /// After a prompt `#` is root's; in a script it begins a comment.
    private static func commands(in lines: [String], needsPrompt: Bool = true) -> [String] {
        var commands: [String] = []
        var begun: String?
        for line in lines {
            let command: String
            if let before = begun {
                command = before + "\n" + line
            } else if !needsPrompt {
                guard !line.isEmpty, !line.hasPrefix("#") else { continue }
                command = withoutComment(line)
            } else {
                guard line.hasPrefix("$ ") || line.hasPrefix("# ") else { continue }
                command = withoutComment(String(line.dropFirst(2)))
            }
            let isWhole =
                !command.hasSuffix("|") && !command.hasSuffix("\\")
                && command.count { $0 == "'" } % 2 == 0
            if isWhole { commands.append(command) }
            begun = isWhole ? nil : command
        }
        return commands
    }

    /// What stands behind a command, two spaces or more apart, explains it.
    private static func withoutComment(_ command: String) -> String {
        guard let comment = command.firstRange(of: "  # ") else { return command }
        return String(command[..<comment.lowerBound].reversed().drop { $0 == " " }.reversed())
    }
}
