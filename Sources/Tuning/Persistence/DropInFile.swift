import Kernel
import Model
import Text

/// `/etc/sysctl.d/60-tcptune.conf` on the disk: read whole and replaced whole.
enum DropInFile {
    private static let directory = Persistence.directory
    private static let name = Persistence.name

    /// The file as it is; nil where there is none.
    static func read() throws(Refusal) -> FileImage? {
        try Refusal.kernel { () throws(KernelError) in
            guard let directory = try StateDirectory.open(Persistence.directory, .everybody),
                let bytes = try directory.read(name, limit: DropIn.largestBytes),
                let mode = try directory.mode(of: name)
            else { return nil }
            return FileImage(bytes: bytes, mode: mode)
        }
    }

    /// Puts a file in its place, or takes it away; when it returns, that is on the disk.
    static func put(_ file: FileImage?) throws(Refusal) {
        try Refusal.kernel { () throws(KernelError) in
            if let file {
                try StateDirectory.make(directory, .everybody)
                    .replace(name, with: file.bytes, mode: file.mode)
            } else if let directory = try StateDirectory.open(directory, .everybody) {
                try directory.remove(name)
            }
        }
    }

    /// Removes what a replacement that was broken off left behind.
    static func dropDraft() throws(Refusal) {
        try Refusal.kernel { () throws(KernelError) in
            try StateDirectory.open(directory, .everybody)?.dropDraft(of: name)
        }
    }

    /// How a record names a file: its hash, or that there is none.
    static func digest(of file: FileImage?) -> String {
        file.map { SHA256.hex(of: $0.bytes) } ?? "absent"
    }
}

extension DropInFile {
    /// The file without the lines of a transaction, or without all; what it had taken the place of comes back.
    ///
    /// - Parameter others: the transactions that stay in force. Of two that want a key, the later one has it.
    static func without(
        _ record: TransactionRecord, in file: DropIn, others: [TransactionRecord]
    ) -> DropIn {
        let taken = file.entries.filter { record.undoesAll || $0.id == record.id }
        let kept = file.removing(Set(taken.map(\.key)))
        let uncovered = taken.compactMap { entry -> DropIn.Entry? in
            others.sorted { $0.number > $1.number }.lazy
                .flatMap { entries(of: $0) }.first { $0.key == entry.key }
        }
        return kept.merging(uncovered)
    }

    /// The lines that a transaction has boot set, once it is confirmed.
    private static func entries(of record: TransactionRecord) -> [DropIn.Entry] {
        record.persistence?.settings.map { setting in
            DropIn.Entry(
                key: setting.key, value: setting.value, profile: record.profile,
                digest: record.digest, id: record.id)
        } ?? []
    }

    /// The file with a transaction's settings in it, those that it held before beside them.
    ///
    /// - Throws: `conflict` where the file is not as tcptune wrote it.
    static func merged(
        _ file: FileImage?, with record: TransactionRecord
    ) throws(Refusal) -> FileImage {
        let present = try file.map { (file) throws(Refusal) in try DropIn(parsing: file.bytes) }
        let merged = (present ?? DropIn()).merging(entries(of: record))
        if let long = merged.firstTooLong() {
            throw Refusal(
                .failed,
                "the value of \(long.key) is too long for boot: sysctl(8) would store its first "
                    + "\(DropIn.longestValue) bytes and drop the rest")
        }
        return FileImage(bytes: merged.rendered(), mode: 0o644)
    }
}
