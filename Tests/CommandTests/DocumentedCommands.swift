/// The command lines that the documentation shows.
enum DocumentedCommands {
    static let manual = lines { try fromManual() }
    static let readme = lines { try fromMarkdown("README.md") }
    static let contributing = lines { try fromMarkdown("CONTRIBUTING.md") }

    /// Those that begin with `tcptune`, without the prompt; each once.
    static var ofTcptune: [String] {
        var known: Set<String> = []
        return (manual + readme + contributing).filter {
            ($0 == "tcptune" || $0.hasPrefix("tcptune ")) && known.insert($0).inserted
        }
    }

    /// Whether a line is of a command that changes settings, so that no test may type it on this machine.
    static func changesHost(_ line: String) -> Bool {
        let words = line.split { $0 == " " || $0 == "\n" }
        guard words.count > 1 else { return false }
        return ["apply", "confirm", "extend", "rollback", "status", "recover"].contains(words[1])
    }

    /// The targets of `make` that the documentation names.
    static var makeTargets: Set<String> {
        Set(
            (readme + contributing).filter { $0.hasPrefix("make ") }
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

    /// Lines of blocks (after a prompt, where the block is a session), and what stands in backticks.
    private static func fromMarkdown(_ name: String) throws -> [String] {
        var blocks: [String: [String]] = [:]
        var inline: [String] = []
        var block: String?
        for line in try Temporary.content(of: Project.path + "/" + name)
            .split(separator: "\n", omittingEmptySubsequences: false)
        {
            if line.hasPrefix("```") {
                block = block == nil ? String(line.dropFirst(3)) : nil
            } else if let block {
                blocks[block, default: []].append(String(line))
            } else {
                let parts = line.split(separator: "`", omittingEmptySubsequences: false)
                inline += parts.indices.filter { $0 % 2 == 1 }.map { String(parts[$0]) }
            }
        }
        return commands(in: blocks["console"] ?? [])
            + commands(in: blocks["sh"] ?? [], needsPrompt: false) + inline
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
                command = line
            } else {
                guard line.hasPrefix("$ ") || line.hasPrefix("# ") else { continue }
                command = String(line.dropFirst(2))
            }
            let isWhole =
                !command.hasSuffix("|") && !command.hasSuffix("\\")
                && command.count { $0 == "'" } % 2 == 0
            if isWhole { commands.append(command) }
            begun = isWhole ? nil : command
        }
        return commands
    }
}
