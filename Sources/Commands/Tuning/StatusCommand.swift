import ArgumentParser
import Kernel
import Model
import Report
import Tuning

/// `tcptune status`: what was applied, and what has become of it.
struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show the applied settings: value now, wanted value, value after a reboot",
        discussion: """
            With --drift, exits with 1 if a setting no longer has its applied value.

            Example:
              tcptune status
            """)

    @Flag(help: "Only settings that no longer have their applied value.")
    var drift = false

    @OptionGroup(title: "What to show") var showing: ShowingOptions

    func run() throws {
        let showing = showing.request
        let output = try showing.claim()
        let status = try Workbench.inside(nil) { () throws(Refusal) -> TransactionStatus in
            try Workbench.recoverIfPossible()
            return try TransactionStatus.read()
        }
        let report = StatusReport(
            status, onlyDrift: drift, now: BootClock.isMachines ? BootClock.now : nil,
            isOfContainer: BootPlace.isContainer)
        try showing.show(report.document(), to: output) {
            let (host, _) = HostFacts.read(root: .host)
            return try report.json(host: host, tool: Tcptune.tool)
        }
        if status.pending?.state == .partial {
            throw CommandFailure(
                status: .partial, message: "tcptune has not yet reverted everything")
        }
        if let damaged = status.damaged.first {
            throw CommandFailure(
                status: .badData, message: "\(damaged) is damaged, so this status is incomplete")
        }
        if drift, status.settings.contains(where: \.hasDrifted) {
            throw CommandFailure(status: .found, message: "")
        }
    }
}
