/// A transaction that was taken back: the kernel's values, and the file that boot reads.
package struct Rollback: Sendable {
    /// The record as it was left.
    package var record: TransactionRecord
    /// What else is to be said.
    package var remarks: [String] = []

    /// True where a value of somebody else's was found and left.
    package var metForeignValues: Bool {
        record.knobs.contains { $0.outcome == .foreign } || fileIsForeign
    }
    package var fileIsForeign = false
    /// Whether lines were taken out of the boot-time file, and whether that left none.
    package var hasChangedFile = false
    package var fileIsGone = false
    /// True where the disk does not tell that it was taken back: a later command would take it for what it was.
    package var isUnrecorded = false

    package init(record: TransactionRecord) { self.record = record }
}
