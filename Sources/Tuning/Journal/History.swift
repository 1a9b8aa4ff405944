import Kernel

/// The transactions that are settled, oldest first.
package struct History: Sendable {
    package private(set) var records: [TransactionRecord]

    /// Reads them; without the lock too, since every file is whole.
    package static func read() throws(TuningError) -> History {
        try TuningError.kernel { () throws(KernelError) in
            var history = History(records: [])
            guard let directory = try StateDirectory.open(path, .owner) else { return history }
            for name in try directory.names() where !name.hasPrefix(".") {
                guard
                    let bytes = try directory.read(name, limit: TransactionRecord.largestBytes)
                else { continue }
                // What is no record is nobody's transaction.
                if let record = try? TransactionRecord(bytes: bytes) {
                    history.records.append(record)
                }
            }
            return history
        }
    }

    static let path = Journal.path + "/history"

    static func name(of record: TransactionRecord) -> String {
        let digits = String(record.number)
        return String(repeating: "0", count: max(0, 8 - digits.count)) + digits + "-" + record.id
    }

    var nextNumber: Int { (records.map(\.number).max() ?? 0) + 1 }

    /// Those whose values hold, as far as nobody changed them since.
    package var inForce: [TransactionRecord] { records.filter { $0.state == .confirmed } }

    /// The one whose id begins with these digits, where only one does.
    package func record(_ id: String) -> TransactionRecord? {
        let matching = records.filter { $0.id.hasPrefix(id) }
        return matching.count == 1 ? matching[0] : nil
    }
}

extension Journal {
    /// Puts a settled record's new form in place of the old one.
    func rewrite(_ record: TransactionRecord) throws(TuningError) {
        try TuningError.kernel { () throws(KernelError) in
            let history = try StateDirectory.make(History.path, .owner)
            try history.replace(History.name(of: record), with: record.bytes, mode: 0o600)
        }
    }
}
