import ArgumentParser
import Kernel
import Model
import Report
import Tuning

/// `tcptune recover`: finishes what was broken off.
struct RecoverCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recover",
        abstract: "Finish what a crash, a kill or a power cut interrupted",
        discussion: """
            Every command that changes settings does this first.

            Example:
              sudo tcptune recover
            """)

    @OptionGroup(title: "What to show") var showing: ShowingOptions

    func run() throws {
        let showing = showing.request
        let output = try showing.claim()
        guard Caller.isRoot else { throw CommandFailure.needsRoot("recover") }
        let recovery = try Workbench.inside(nil) { () throws(Refusal) -> Recovery in
            guard BootClock.isMachines else { throw Workbench.unknownClock }
            return try Workbench.recover()
        }
        if let rollback = recovery.rollback { return try showing.show(rollback, to: output) }
        let now = BootClock.now
        let report =
            recovery.confirmation.map {
                TransactionReport(
                    .confirmed, $0.record, now: now, isOfContainer: BootPlace.isContainer)
            }
            ?? recovery.pending.map {
                TransactionReport(
                    .pending, $0, now: now, clock: WallClock.now,
                    isOfContainer: BootPlace.isContainer)
            }
            ?? TransactionReport(nothing: "no change was interrupted", now: now)
        try showing.show(report, to: output)
    }
}
