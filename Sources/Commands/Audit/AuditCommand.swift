import ArgumentParser
import Audit
import Report

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

    @Flag(
        help:
            "Print a summary of at most 4 kB as JSON (tcptune.summary/1), to collect from many hosts."
    )
    var summary = false

    @Flag(help: "Print one line per finding, and nothing else.")
    var brief = false

    @Flag(name: .shortAndLong, help: "Print nothing: the exit status tells.")
    var quiet = false

    @Flag(name: .shortAndLong, help: "Show every row of every table.")
    var verbose = false

    @Option(
        help: ArgumentHelp(
            "Order of the destinations: ports, time-wait, closing, full-in, owner.",
            valueName: "order"))
    var sort = TableChoice.Order.ports

    @Option(
        help: ArgumentHelp(
            "Show only destinations and listeners with this text in address, port or owner.",
            valueName: "text"))
    var filter: String?

    func validate() throws {
        let short = [("--summary", summary), ("--brief", brief), ("--quiet", quiet)].filter(\.1)
        if short.count > 1 {
            throw ValidationError("\(short[0].0) contradicts \(short[1].0).")
        }
        if brief, showing.format ?? .text != .text || showing.json {
            throw ValidationError("--brief prints text; --format names another form.")
        }
        guard filter?.isEmpty != true else {
            throw ValidationError("--filter needs a text, not an empty word.")
        }
        if summary, showing.format != nil, showing.format != .json {
            throw ValidationError("--summary is JSON; --format names another form.")
        }
    }

    private var extent: AuditExtent {
        summary ? .summary : brief ? .brief : quiet ? .nothing : .page
    }

    func run() throws {
        var showing = showing.request
        showing.choice = TableChoice(order: sort, filter: filter)
        if verbose { showing.top = .max }
        var reading = reading.request
        reading.isQuiet = quiet
        try AuditRequest(
            reading: reading, showing: showing, failOn: failOn, extent: extent
        ).run()
    }
}

extension TableChoice.Order: ExpressibleByArgument {}

/// How much of an audit is printed.
enum AuditExtent {
    case page
    /// A line for each finding.
    case brief
    /// JSON in 4 kB.
    case summary
    case nothing
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
