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
            top: top, width: output.width, colour: output.wantsColour,
            tool: Tool(version: Tcptune.version))
        let text =
            switch form {
            case .text: AuditReport.text(assessments, host: host, options: options)
            case .json: try AuditReport.json(assessments, host: host, options: options)
            case .markdown: AuditReport.markdown(assessments, host: host, options: options)
            case .html: AuditReport.html(assessments, host: host, options: options)
            }
        try output.write(Array(text.utf8))
    }
}

/// The forms of a result.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json, markdown, html
}
