import ArgumentParser
import Kernel
import Model
import Report
import Tuning

/// `tcptune confirm`: keeps what was applied.
struct ConfirmCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "confirm",
        abstract: "Confirm an applied change, so that it no longer reverts",
        discussion: """
            Confirm from a new SSH session: that proves new connections still work. Exits with 8 if no such transaction is \
            waiting for confirmation.

            Example:
              sudo tcptune confirm
            """)

    @Argument(
        help: "First digits of the transaction id; by default the waiting transaction.",
        completion: Completion.waiting)
    var id: String?

    @OptionGroup(title: "What to show") var showing: ShowingOptions

    func run() throws {
        let showing = showing.request
        let output = try showing.claim()
        let id = id
        let confirmation = try Workbench.run(command: "confirm \(id ?? "")") {
            (journal, recovery) throws(Refusal) -> Confirmation in
            let record = try Pending.record(id, recovery)
            if record.state == .confirmed { return Confirmation(record: record) }
            if let from = record.caller.connection, from == Caller.now.connection {
                Tcptune.say(
                    "tcptune: you confirm from the connection that made the change; only a new connection proves "
                        + "that new connections still work")
            }
            return try Confirmation.run(record, journal: journal)
        }
        try showing.show(confirmation, to: output)
    }
}

/// The transaction that waits to be confirmed.
enum Pending {
    /// - Throws: `noTransaction` where none waits, or another one than the one asked for.
    static func record(
        _ id: String?, _ recovery: Recovery
    ) throws(Refusal) -> TransactionRecord {
        let history = try History.read()
        if id == nil, let pending = recovery.pending { return pending }
        if let id, let settled = try history.record(id, or: recovery.pending) {
            if settled.id == recovery.pending?.id { return settled }
            // To confirm twice is to confirm once.
            if settled.state == .confirmed { return settled }
            throw Refusal(
                .noTransaction,
                "transaction \(id) is no longer waiting: it was reverted (\(settled.reason))")
        }
        var words =
            id.map { "no transaction \($0) is waiting for confirmation" }
            ?? "no transaction is waiting for confirmation"
        if let last = history.records.last, let end = last.unaskedEnd {
            words += "; \(last.profile), transaction \(last.id.prefix(8)), \(end)"
        }
        throw Refusal(.noTransaction, words)
    }
}
