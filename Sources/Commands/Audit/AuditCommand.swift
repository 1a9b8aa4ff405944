import ArgumentParser
import Audit

/// `tcptune audit`: reads the host or a snapshot of one, judges it, and shows the result.
struct AuditCommand: ParsableCommand {
    static let name = "audit"

    static let configuration = CommandConfiguration(
        commandName: name,
        abstract: "Say what state TCP is in, what is about to break, who causes it, what to do",
        discussion: """
            Exits with 1 where a finding is as severe as --fail-on says, with 0 otherwise. Nothing is changed.
            """)

    @OptionGroup(title: "What to read") var reading: ReadingOptions
    @OptionGroup(title: "What to show") var showing: ShowingOptions

    @Option(
        name: .customLong("fail-on"),
        help: ArgumentHelp("Least severity that makes the exit status 1.", valueName: "severity"))
    var failOn = AuditRequest().failOn

    @Flag(
        help:
            "Print a summary of at most 4 kB as JSON (tcptune.summary/1), to collect from many hosts."
    )
    var summary = false

    func validate() throws {
        if summary, showing.format != nil, showing.format != .json {
            throw ValidationError("--summary is JSON; --format names another form.")
        }
    }

    func run() throws {
        try AuditRequest(
            reading: reading.request, showing: showing.request, failOn: failOn, summary: summary
        ).run()
    }
}

/// From which severity on findings make a script fail.
enum FailureThreshold: String, ExpressibleByArgument, CaseIterable {
    case critical, warning, notice, never

    var severity: Severity? {
        switch self {
        case .critical: .critical
        case .warning: .warning
        case .notice: .notice
        case .never: nil
        }
    }
}
