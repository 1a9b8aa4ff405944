import ArgumentParser
import Audit

/// `tcptune audit`: reads the host or a snapshot of one, judges it, and shows the result.
struct AuditCommand: ParsableCommand {
    static let name = "audit"

    static let configuration = CommandConfiguration(
        commandName: name,
        abstract: "Show the state of TCP, what is about to break, who causes it, and what to do",
        discussion: """
            Changes nothing. Exits with 1 if a finding is at least as severe as --fail-on, with 0 otherwise.

            Examples:
              tcptune audit --interval 2s
              tcptune audit --netns all --fail-on critical
              tcptune audit --save before.json
            """)

    @OptionGroup(title: "What to read") var reading: ReadingOptions
    @OptionGroup(title: "What to show") var showing: ShowingOptions

    @Option(
        name: .customLong("fail-on"),
        help: ArgumentHelp("Lowest severity for which the exit status is 1.", valueName: "severity")
    )
    var failOn = AuditRequest().failOn

    func run() throws {
        try AuditRequest(reading: reading.request, showing: showing.request, failOn: failOn).run()
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
