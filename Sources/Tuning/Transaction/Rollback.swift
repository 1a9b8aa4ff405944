import Kernel

/// Takes a transaction back: the kernel's values first, then the file that boot reads.
package struct Rollback: Sendable {
    /// The record as it was left.
    package var record: TransactionRecord
    /// What else is to be said.
    package var remarks: [String] = []

    /// True where a value of somebody else's was found and left.
    package var metForeignValues: Bool {
        record.knobs.contains { $0.outcome == .foreign } || fileIsForeign
    }
    package private(set) var fileIsForeign = false
    /// True where the disk does not tell that it was taken back: a later command would take it for what it was.
    package private(set) var isUnrecorded = false

    /// Rolls the record back, and settles it where nothing is left to be done.
    ///
    /// A record that cannot be written does not keep the values from being put back: what they were is on the disk already.
    ///
    /// - Parameter boot: the boot id of now; the kernel is not touched for the record of another.
    static func run(
        _ record: TransactionRecord, reason: String, boot: String, journal: borrowing Journal
    ) throws(TuningError) -> Rollback {
        var rollback = Rollback(record: record)
        if rollback.record.reason.isEmpty { rollback.record.reason = reason }
        rollback.record.state = .rollingBack
        var unwritten: TuningError?
        do throws(TuningError) { try journal.store(rollback.record) } catch {
            unwritten = error
            rollback.isUnrecorded = true
        }
        rollback.restoreKernel(boot: boot)
        let fileFailure = rollback.restoreFile()
        let failed =
            fileFailure != nil || rollback.record.knobs.contains { $0.outcome == .failed }
        rollback.record.state = failed ? .partial : .rolledBack
        rollback.record.deadline = nil
        do throws(TuningError) {
            try journal.store(rollback.record)
            rollback.isUnrecorded = false
            if !failed {
                if rollback.record.undoesAll { try journal.closeAll(before: rollback.record) }
                try journal.archive(rollback.record)
            }
        } catch {
            unwritten = unwritten ?? error
        }
        if let fileFailure { rollback.remarks.append(fileFailure.description) }
        if let unwritten { rollback.remarks.append(unwritten.description) }
        return rollback
    }

    /// Shows what another one did as its own.
    mutating func add(_ other: Rollback) {
        record.knobs = other.record.knobs + record.knobs
        remarks = other.remarks + remarks
        fileIsForeign = fileIsForeign || other.fileIsForeign
    }

    private mutating func restoreKernel(boot: String) {
        guard record.boot == boot else {
            if !record.knobs.isEmpty {
                remarks.append("the machine was started anew since; its values were not touched")
            }
            return
        }
        let knobs = record.knobs
        do throws(KernelError) {
            let restored = try RecordedNamespace.run(record.namespace) {
                () throws(KernelError) -> [KnobImage] in
                var knobs = knobs
                try Undo.restore(&knobs)
                return knobs
            }
            guard let restored else {
                remarks.append(
                    "network namespace \(record.namespace.name) is gone, and its values with it")
                return
            }
            record.knobs = restored
        } catch {
            remarks.append(error.description)
            for index in record.knobs.indices { record.knobs[index].outcome = .failed }
        }
    }

    /// Puts the boot-time file back, where it is still the one that this transaction wrote.
    private mutating func restoreFile() -> TuningError? {
        guard let persistence = record.persistence, !persistence.after.isEmpty else { return nil }
        do throws(TuningError) {
            let now = try DropInFile.read()
            if now == persistence.before { return nil }
            guard DropInFile.digest(of: now) == persistence.after else {
                fileIsForeign = true
                remarks.append(
                    "\(DropIn.path) is no longer the file that this transaction wrote; it was left"
                )
                return nil
            }
            try DropInFile.put(persistence.before)
            return nil
        } catch {
            return error
        }
    }
}
