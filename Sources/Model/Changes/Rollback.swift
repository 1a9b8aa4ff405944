/// A transaction that was taken back: the kernel's values, and the file that boot reads.
public struct Rollback: Sendable {
    /// The record as it was left.
    public var record: TransactionRecord
    /// What else is to be said.
    public var remarks: [String] = []

    /// True where a value of somebody else's was found and left.
    public var metForeignValues: Bool {
        record.knobs.contains { $0.outcome == .foreign } || fileIsForeign
    }
    public var fileIsForeign = false
    /// Whether lines were taken out of the boot-time file, and whether that left none.
    public var hasChangedFile = false
    public var fileIsGone = false
    /// True where the disk does not tell that it was taken back: a later command would take it for what it was.
    public var isUnrecorded = false

    public init(record: TransactionRecord) { self.record = record }
}
