import ArgumentParser
import Kernel
import Model
import Report

/// `tcptune report`: a page of what other commands saved.
struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract:
            "Make one page from saved results: audits, loads, lab results, proofs, comparisons, traces",
        discussion: """
            Takes snapshots that audit --save wrote, and what audit, load, lab run, prove, compare and trace write with --json. \
            Several files become parts of one page. With --html, the page is one file that loads nothing else.

            Example:
              tcptune report before.json after.json --html -o report.html
            """)

    @Argument(help: "Documents that tcptune wrote.", completion: .file())
    var files: [String]

    @Flag(help: "Same as --format html.")
    var html = false

    @Flag(help: "Same as --format markdown.")
    var markdown = false

    @OptionGroup(title: "What to show") var showing: ShowingOptions

    func validate() throws {
        guard !files.contains("") else {
            throw ValidationError("A document needs a name, not an empty word.")
        }
        let forms: [OutputFormat] =
            (html ? [.html] : []) + (markdown ? [.markdown] : []) + (showing.json ? [.json] : [])
            + [showing.format].compactMap(\.self)
        guard Set(forms).count <= 1 else {
            throw ValidationError(
                "\(forms.map(\.rawValue).joined(separator: " and ")) contradict each other: choose one format."
            )
        }
    }

    func run() throws {
        var showing = showing.request
        if html { showing.form = .html }
        if markdown { showing.form = .markdown }
        let output = try showing.claim()
        let saved = SavedPages(try files.map(SavedFile.read), top: showing.top)
        try showing.show(saved.document, to: output) {
            try saved.json(host: HostFacts.read(root: .host).0, tool: Tcptune.tool)
        }
    }
}
