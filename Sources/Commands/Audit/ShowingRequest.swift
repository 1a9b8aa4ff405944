import Audit
import Kernel
import Model
import Report

/// In which form a result is shown, and where.
///
/// A plain value, with the defaults of the options.
struct ShowingRequest {
    var form = OutputFormat.text
    /// A path; nil or `-` for standard output.
    var output: String?
    /// Rows of a table at most.
    var top = 10
    var colour = ColourChoice.auto
    var choice = TableChoice()

    /// Claims the place of the result before any work is done.
    func claim() throws -> ClaimedOutput {
        guard let output, output != "-" else { return .standard }
        return try .claim(output)
    }

    func show(_ assessments: [Assessment], host: Host, to output: ClaimedOutput) throws {
        let options = AuditReport.Options(
            top: top, width: output.width, colour: isColoured(output), tool: Tcptune.tool,
            choice: choice)
        try show(AuditReport.document(assessments, host: host, options: options), to: output) {
            try AuditReport.json(assessments, host: host, options: options)
        }
    }

    /// Here and now.
    private static var origin: HTMLRenderer.Origin {
        HTMLRenderer.Origin(host: HostFacts.read(root: .host).0, time: WallClock.now)
    }

    func isColoured(_ output: ClaimedOutput) -> Bool {
        switch colour {
        case .auto: output.wantsColour
        case .always: true
        case .never: false
        }
    }

    /// Shows a page in the form asked for; JSON is made from the data, not from the page.
    func show(
        _ document: @autoclosure () -> Document, to output: ClaimedOutput, json: () throws -> String
    ) throws {
        let text =
            switch form {
            case .text:
                TerminalRenderer(width: output.width, colour: isColoured(output)).render(document())
            case .json: try json()
            case .markdown: MarkdownRenderer().render(document())
            case .html: HTMLRenderer(origin: Self.origin).render(document())
            }
        try output.write(text)
    }
}
