import ArgumentParser
import Kernel
import Model
import Report
import Tuning

/// `tcptune rollback`: takes back what was applied.
struct RollbackCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rollback",
        abstract: "Revert an applied change, confirmed or not",
        discussion: """
            Leaves and names a value that somebody else has set since; the exit status is then 7. If rollback cannot revert a \
            value, the exit status is 5, and every later command tries again.

            Examples:
              sudo tcptune rollback --last
              sudo tcptune rollback --all
            """)

    @Argument(
        help: "First digits of the transaction id; by default the waiting transaction.",
        completion: Completion.transactions)
    var id: String?

    @Flag(help: "Revert the last active transaction, even if it was confirmed.")
    var last = false

    @Flag(help: "Revert all transactions to the first values ever seen, and remove the boot file.")
    var all = false

    @OptionGroup(title: "What to show") var showing: ShowingOptions

    func validate() throws {
        if [id != nil, last, all].filter({ $0 }).count > 1 {
            throw ValidationError("Give only one of an id, --last and --all.")
        }
    }

    private var request: RollbackRequest {
        all ? .all : last ? .last : id.map { .id($0) } ?? .pending
    }

    func run() throws {
        let showing = showing.request
        let output = try showing.claim()
        let request = request
        let words = all ? " --all" : last ? " --last" : id.map { " \($0)" } ?? ""
        let rollback = try Workbench.run(command: "rollback\(words)") {
            (journal, recovery) throws(Refusal) -> Rollback? in
            try request.run(recovery, journal: journal)
        }
        guard let rollback else {
            return try showing.show(
                TransactionReport(nothing: "no tcptune change is active", now: BootClock.now),
                to: output)
        }
        try showing.show(rollback, to: output)
    }
}
