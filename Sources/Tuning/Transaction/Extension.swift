import Kernel
package import Model

/// Gives an unconfirmed transaction more time.
package enum Extension {
    /// The new deadline is that many seconds from now.
    package static func run(
        _ record: TransactionRecord, by seconds: Double, journal: borrowing Journal
    ) throws(Refusal) -> TransactionRecord {
        var record = record
        record.deadline = UInt64((BootClock.now + seconds) * 1e9)
        try journal.store(record)
        return record
    }
}
