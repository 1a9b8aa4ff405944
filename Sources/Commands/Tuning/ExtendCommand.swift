import ArgumentParser
import Kernel
import Model
import Report
import Tuning

/// `tcptune extend`: gives an unconfirmed change more time.
struct ExtendCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "extend",
        abstract: "Give an unconfirmed change more time before it reverts",
        discussion: """
            The new time counts from now.

            Example:
              sudo tcptune extend 5m
            """)

    @Argument(
        help: "First digits of the transaction id, and the new time, such as 5m.",
        completion: Completion.waiting)
    var words: [String]

    @OptionGroup(title: "What to show") var showing: ShowingOptions

    func validate() throws {
        guard (1...2).contains(words.count), let word = words.last,
            let time = DurationArgument(argument: word), WindowLimits.range.contains(time.seconds)
        else {
            throw ValidationError(
                "extend takes a transaction id and a time of \(WindowLimits.words): extend 3f2a 5m, or extend 5m."
            )
        }
    }

    func run() throws {
        let showing = showing.request
        let output = try showing.claim()
        let id = words.count == 2 ? words[0] : nil
        let seconds = words.last.flatMap { DurationArgument(argument: $0)?.seconds } ?? 0
        let record = try Workbench.run(command: "extend \(words.joined(separator: " "))") {
            (journal, recovery) throws(Refusal) -> TransactionRecord in
            let record = try Pending.record(id, recovery)
            guard record.state == .applied else {
                throw Refusal(
                    .noTransaction, "transaction \(record.id.prefix(8)) is already confirmed")
            }
            return try Extension.run(record, by: seconds, journal: journal)
        }
        try showing.show(
            TransactionReport(
                .extended, record, now: BootClock.now, clock: WallClock.now,
                isOfContainer: BootPlace.isContainer),
            to: output)
    }
}

/// How long a change may hold unconfirmed.
enum WindowLimits {
    static let range = 1.0...86_400.0
    static let words = "1s to 24h"
}
