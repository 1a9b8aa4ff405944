import ArgumentParser
import Kernel
import Model
import Report
import Tuning

/// `tcptune confirm`: keeps what was applied.
struct ConfirmCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "confirm",
        abstract: "Keep what was applied: it is not taken back any more",
        discussion: """
            To confirm from a new connection proves that one can still be made. Exits with 8 where no such transaction \
            waits.
            """)

    @Argument(help: "The transaction, by the first digits of its id; without, the one that waits.")
    var id: String?

    @OptionGroup(title: "What to show") var showing: ShowingOptions

    func run() throws {
        let showing = showing.request
        let output = try showing.claim()
        let id = id
        let confirmation = try Workbench.run(command: "confirm \(id ?? "")") {
            (journal, recovery) throws(TuningError) -> Confirmation in
            let record = try Pending.record(id, recovery)
            if record.state == .confirmed { return Confirmation(record: record) }
            if let from = record.caller.connection, from == Caller.now.connection {
                Tcptune.say(
                    "tcptune: this is the connection that the change was made from; only a new one proves that "
                        + "one can be made")
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
    ) throws(TuningError) -> TransactionRecord {
        let history = try History.read()
        if id == nil, let pending = recovery.pending { return pending }
        if let id, let settled = try history.record(id, or: recovery.pending) {
            if settled.id == recovery.pending?.id { return settled }
            // To confirm twice is to confirm once.
            if settled.state == .confirmed { return settled }
            throw TuningError(
                .noTransaction,
                "transaction \(id) does not wait any more: it was taken back (\(settled.reason))")
        }
        var words =
            id.map { "there is no transaction \($0) that waits to be confirmed" }
            ?? "no transaction waits to be confirmed"
        if let last = history.records.last, let end = last.unaskedEnd {
            words += "; \(last.profile), transaction \(last.id.prefix(8)), \(end)"
        }
        throw TuningError(.noTransaction, words)
    }
}
