import ArgumentParser
import Kernel
import Model
import Report
import Tuning

/// `tcptune rollback`: takes back what was applied.
struct RollbackCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rollback",
        abstract: "Take back what was applied, confirmed or not",
        discussion: """
            A value that somebody else has set since is left and named; the exit status is then 7. Where a value cannot be \
            put back it is 5, and every later command tries again.
            """)

    @Argument(help: "A transaction, by the first digits of its id; without, the one that waits.")
    var id: String?

    @Flag(help: "The last one that holds, also when it was confirmed.")
    var last = false

    @Flag(help: "All of them: back to the first values ever seen, and no file for boot.")
    var all = false

    @OptionGroup(title: "What to show") var showing: ShowingOptions

    func validate() throws {
        if [id != nil, last, all].filter({ $0 }).count > 1 {
            throw ValidationError("An id, --last and --all exclude each other.")
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
            (journal, recovery) throws(TuningError) -> Rollback? in
            try request.run(recovery, journal: journal)
        }
        guard let rollback else {
            return try showing.show(
                TransactionReport(.nothing, nil, now: BootClock.now), to: output)
        }
        try showing.show(rollback, to: output)
    }
}
