import Kernel
package import Model

/// Makes a transaction stay: in the kernel, and at boot where that was asked for.
package struct Confirmation: Sendable {
    package var record: TransactionRecord
    /// Set where it could not be made to stay and was taken back.
    package var failure: Refusal?
    package var rollback: Rollback?
    /// Set where it stays, and only its record is left to be finished, which every later command does.
    package var unsettled: Refusal?

    package init(
        record: TransactionRecord, failure: Refusal? = nil, rollback: Rollback? = nil
    ) {
        self.record = record
        self.failure = failure
        self.rollback = rollback
    }

    /// Confirms it; once CONFIRMING is on the disk, recovery finishes it.
    package static func run(
        _ record: TransactionRecord, journal: borrowing Journal
    ) throws(Refusal) -> Confirmation {
        var record = record
        var isConfirming = false
        let asApplied = record
        do throws(Refusal) {
            let file = try planFile(&record)
            record.state = .confirming
            record.deadline = nil
            try journal.store(record)
            isConfirming = true
            // A command that was stopped, and goes on after the deadline: its guard waits for nobody.
            if asApplied.isLate { throw asApplied.lateness }
            if let file { try DropInFile.put(file) }
        } catch {
            // Not written is not confirmed, and what is not confirmed does not stay.
            if isConfirming {
                // But CONFIRMING is rolled forward: it must be off the disk before any value is reverted.
                record.state = .rollingBack
                record.reason = error.description
                do throws(Refusal) { try journal.store(record) } catch let unwritten {
                    record.state = .confirming
                    var confirmation = Confirmation(record: record)
                    confirmation.unsettled = Refusal(
                        .failed, "\(error.description); \(unwritten.description)")
                    return confirmation
                }
            }
            let rollback = try Rollback.run(
                record, reason: error.description, boot: record.boot, journal: journal)
            return Confirmation(record: rollback.record, failure: error, rollback: rollback)
        }
        // CONFIRMING is on the disk: what fails from here on does not take it back.
        var confirmation = Confirmation(record: record)
        do throws(Refusal) { try settle(&confirmation.record, journal) } catch {
            confirmation.unsettled = error
        }
        return confirmation
    }

    /// Goes on with one that was broken off after CONFIRMING.
    static func finish(
        _ record: TransactionRecord, journal: borrowing Journal
    ) throws(Refusal) -> Confirmation {
        var record = record
        if let persistence = record.persistence {
            let now = try DropInFile.read()
            if DropInFile.digest(of: now) != persistence.after {
                guard now == persistence.before else {
                    throw Refusal(
                        .conflict,
                        "somebody else changed \(Persistence.path) while tcptune confirmed transaction \(record.id); "
                            + "move the file away and run tcptune recover")
                }
                if let file = try planFile(&record) { try DropInFile.put(file) }
            }
        }
        try settle(&record, journal)
        return Confirmation(record: record)
    }

    private static func settle(
        _ record: inout TransactionRecord, _ journal: borrowing Journal
    ) throws(Refusal) {
        record.state = .confirmed
        record.deadline = nil
        record.guardian = nil
        try journal.store(record)
        try journal.archive(record)
    }

    /// The boot-time file as it will be, noted in the record beside the one there is; nil where it stays as it is.
    private static func planFile(
        _ record: inout TransactionRecord
    ) throws(Refusal) -> FileImage? {
        guard var persistence = record.persistence else { return nil }
        let now = try DropInFile.read()
        let new = try DropInFile.merged(now, with: record)
        persistence.before = now
        persistence.after = DropInFile.digest(of: new)
        record.persistence = persistence
        return new == now ? nil : new
    }
}
