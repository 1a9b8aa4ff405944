import ArgumentParser
import Audit
import Catalogue
import HostState
import Kernel
import Report

/// `tcptune audit`: reads the host or a snapshot of one, judges it, and shows the result.
struct AuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Say what state TCP is in, what is about to break, who causes it, what to do",
        discussion: """
            Exits with 1 where a finding is as severe as --fail-on says, with 0 otherwise. Nothing is changed.
            """)

    @OptionGroup(title: "What to read") var reading: ReadingOptions
    @OptionGroup(title: "What to show") var showing: ShowingOptions

    @Option(
        name: .customLong("fail-on"),
        help: "Least severity that makes the exit status 1: critical, warning, notice, never.")
    var failOn = FailureThreshold.warning

    func run() throws {
        let output = try showing.claim()
        let saved = try reading.claimSave(besides: showing)
        let observation = try reading.observation()
        try reading.save(observation, to: saved)
        let assessments = Assessment.all(of: observation)
        try showing.show(assessments, host: observation.host, to: output)
        let worst = assessments.flatMap(\.findings).map(\.severity).max()
        if let worst, let least = failOn.severity, worst >= least {
            throw CommandFailure(status: .found, message: "")
        }
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
