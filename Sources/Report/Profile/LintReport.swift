import Audit
package import Model
import Text

/// What `tcptune profile lint` says of files.
package enum LintReport {
    /// One file, and what there is to say of it.
    package struct File: Sendable {
        package var path: String
        package var problems: [TextProblem]

        package init(path: String, problems: [TextProblem]) {
            self.path = path
            self.problems = problems
        }

        var verdict: String {
            let errors = problems.count { $0.level == .error }
            let warnings = problems.count { $0.level == .warning }
            if errors == 0, warnings == 0 { return "ok" }
            return [(errors, "error"), (warnings, "warning")].filter { $0.0 > 0 }
                .map { "\($0.0) \($0.1)\($0.0 == 1 ? "" : "s")" }.joined(separator: ", ")
        }
    }

    /// A line for each problem, in the form that editors jump to; not broken, whatever the width.
    package static func text(_ files: [File]) -> String {
        var lines: [String] = []
        for file in files {
            lines += file.problems.map { TerminalText.escaped($0.description) }
            lines.append(TerminalText.escaped("\(file.path): \(file.verdict)"))
        }
        return lines.joined(separator: "\n") + "\n"
    }

    package static func document(_ files: [File]) -> Document {
        var blocks: [Block] = []
        for file in files {
            blocks.append(.heading("\(file.path): \(file.verdict)", level: 1))
            if !file.problems.isEmpty {
                blocks.append(
                    .list(file.problems.map { Phrase($0.description) }, numbered: false))
            }
        }
        return Document(title: "tcptune: lint", blocks: blocks)
    }

    /// One `tcptune.lint/1` document.
    package static func json(_ files: [File], host: Host, tool: Tool) throws -> String {
        try Envelope(
            .lint, tool: tool, host: HostJSON(host),
            data: LintJSON(files: files.map(LintJSON.FileJSON.init))
        ).encoded(pretty: true)
    }
}

/// The data of `tcptune.lint/1`.
struct LintJSON: Encodable, Sendable {
    let files: [FileJSON]

    struct FileJSON: Encodable, Sendable {
        let path: String
        let problems: [ProblemJSON]

        init(_ file: LintReport.File) {
            path = file.path
            problems = file.problems.map(ProblemJSON.init)
        }
    }

    struct ProblemJSON: Encodable, Sendable {
        let level: String
        let path: String
        let line: Int
        let column: Int
        let message: String

        init(_ problem: TextProblem) {
            level = problem.level.rawValue
            path = problem.path
            line = problem.place.line
            column = problem.place.column
            message = problem.message
        }
    }
}
