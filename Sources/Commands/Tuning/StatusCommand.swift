import ArgumentParser
import Kernel
import Model
import Report
import Tuning

/// `tcptune status`: what was applied, and what has become of it.
struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show what was applied: now, wanted, and after a reboot",
        discussion: "With --drift it exits with 1 where a setting is no longer as it was applied.")

    @Flag(help: "Only settings that are no longer as they were applied.")
    var drift = false

    @OptionGroup(title: "What to show") var showing: ShowingOptions

    func run() throws {
        let showing = showing.request
        let output = try showing.claim()
        let standing = try Workbench.inside(nil) { () throws(TuningError) -> Standing in
            try Workbench.recoverIfPossible()
            return try Standing.read()
        }
        let report = StatusReport(
            standing, onlyDrift: drift, now: BootClock.isMachines ? BootClock.now : nil)
        try showing.show(report.document(), to: output) {
            let (host, _) = HostFacts.read(root: .host)
            return try report.json(host: host, tool: Tcptune.tool)
        }
        if standing.pending?.state == .partial {
            throw CommandFailure(
                status: .partial, message: "what was to be taken back is not yet back in full")
        }
        if let damaged = standing.damaged.first {
            throw CommandFailure(
                status: .badData, message: "\(damaged) is damaged, and so is what is known")
        }
        if drift, standing.settings.contains(where: \.hasDrifted) {
            throw CommandFailure(status: .found, message: "")
        }
    }
}
