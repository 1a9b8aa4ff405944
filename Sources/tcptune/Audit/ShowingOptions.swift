import ArgumentParser
import Audit
import HostState
import Kernel
import Report

/// In which form a result is shown, and where.
struct ShowingOptions: ParsableArguments {
    @Option(help: "Form of the result: text, json, markdown, html.")
    var format: OutputFormat?

    @Flag(help: "The same as --format json.")
    var json = false

    @Option(
        name: [.customShort("o"), .long],
        help: ArgumentHelp("Write the result to a file; - is standard output.", valueName: "file"))
    var output: String?

    @Option(help: ArgumentHelp("Rows of a table at most; JSON has them all.", valueName: "n"))
    var top = 10

    func validate() throws {
        guard output?.isEmpty != true else {
            throw ValidationError("--output takes a name, not an empty word.")
        }
        guard top > 0 else { throw ValidationError("--top takes a number from 1 on.") }
        if json, let format, format != .json {
            throw ValidationError("--json and --format \(format.rawValue) contradict.")
        }
    }

    private var form: OutputFormat { json ? .json : format ?? .text }

    /// Claims the place of the result before any work is done.
    func claim() throws -> ClaimedOutput {
        guard let output, output != "-" else { return .standard }
        return try .claim(output)
    }

    func show(_ assessments: [Assessment], host: Host, to output: ClaimedOutput) throws {
        let options = AuditReport.Options(
            top: top, width: output.width, colour: output.wantsColour, tool: Tcptune.tool)
        try show(AuditReport.document(assessments, host: host, options: options), to: output) {
            try AuditReport.json(assessments, host: host, options: options)
        }
    }

    /// Shows a page in the form asked for; JSON is made from the data, not from the page.
    func show(
        _ document: @autoclosure () -> Document, to output: ClaimedOutput, json: () throws -> String
    ) throws {
        let text =
            switch form {
            case .text:
                TerminalRenderer(width: output.width, colour: output.wantsColour).render(document())
            case .json: try json()
            case .markdown: MarkdownRenderer().render(document())
            case .html: HTMLRenderer().render(document())
            }
        try output.write(Array(text.utf8))
    }
}

/// The forms of a result.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json, markdown, html
}
