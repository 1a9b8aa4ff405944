import Kernel
package import Model

/// The transactions that are settled, oldest first.
package struct History: Sendable {
    package private(set) var records: [TransactionRecord]
    /// Files of it that cannot be understood: what they tell of is not known.
    package private(set) var damaged: [String] = []

    /// Reads them; without the lock too, since every file is whole.
    package static func read() throws(Refusal) -> History {
        try Refusal.kernel { () throws(KernelError) in
            var history = History(records: [])
            try history.readSettled()
            history.damaged += try setAside(known: history.records)
            return history
        }
    }

    private mutating func readSettled() throws(KernelError) {
        guard let directory = try StateDirectory.open(Self.path, .owner) else { return }
        for name in try directory.names() where !name.hasPrefix(".") {
            do throws(KernelError) {
                guard
                    let bytes = try directory.read(
                        name, limit: TransactionRecord.largestBytes)
                else { continue }
                // One under another's name is a copy, or was put there: that of its own name counts.
                if let record = try? TransactionRecord(bytes: bytes),
                    Self.name(of: record) == name
                {
                    records.append(record)
                } else {
                    damaged.append(directory.place(name))
                }
            } catch {
                guard error.isTooLarge else { throw error }
                damaged.append(directory.place(name))
            }
        }
        records.sort { $0.number < $1.number }
    }

    /// Records that could not be understood while they were under way, and are of this boot, or may be.
    private static func setAside(
        known records: [TransactionRecord]
    ) throws(KernelError) -> [String] {
        guard let directory = try StateDirectory.open(Journal.path, .owner) else { return [] }
        let names = try directory.names().filter { $0.hasPrefix(Journal.setAsidePrefix) }
        guard !names.isEmpty else { return [] }
        let present = try BootIdentity.read()
        var found: [String] = []
        for name in names {
            guard let bytes = try? directory.read(name, limit: TransactionRecord.largestBytes)
            else {
                found.append(directory.place(name))
                continue
            }
            let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
            func told(_ word: String) -> Substring? {
                lines.first { $0.hasPrefix(word) }?.dropFirst(word.utf8.count)
            }
            // Its guard may have kept it in mind, and written it again.
            if let id = told("id "), records.contains(where: { $0.id == id }) { continue }
            if let boot = told("boot "), boot.utf8.count == 36, boot != present { continue }
            found.append(directory.place(name))
        }
        return found
    }

    static let path = Journal.path + "/history"

    static func name(of record: TransactionRecord) -> String {
        let digits = String(record.number)
        return String(repeating: "0", count: max(0, 8 - digits.count)) + digits + "-" + record.id
    }

    /// Higher than any, those of damaged records too, which stand in their names.
    var nextNumber: Int {
        let unread = damaged.compactMap { path in
            path.split(separator: "/").last.flatMap { Int($0.prefix { $0.isNumber }) }
        }
        return ((records.map(\.number) + unread).max() ?? 0) + 1
    }

    /// The file of a damaged record whose name says that it is of this id; nil where none does.
    package func damagedFile(of id: String) -> String? {
        damaged.first { path in
            let name = path.split(separator: "/").last ?? ""
            guard let dash = name.firstIndex(of: "-") else { return false }
            return name[name.index(after: dash)...].hasPrefix(id)
        }
    }

    /// Those that were confirmed and not reverted since.
    package var inForce: [TransactionRecord] { records.filter { $0.state == .confirmed } }

    /// Those of them that anything is left of: values of this boot, or lines that boot reads.
    package func holding(in boot: String) -> [TransactionRecord] {
        inForce.filter { $0.boot == boot || $0.persistence != nil }
    }

    /// The one whose id begins with these digits; nil where none does.
    ///
    /// - Parameter pending: the one under way, which is not in the history.
    /// - Throws: `usage` for digits that are no beginning of an id, or that several ids begin with.
    package func record(
        _ id: String, or pending: TransactionRecord? = nil
    ) throws(Refusal) -> TransactionRecord? {
        guard id.utf8.count >= Self.fewestDigits, TransactionRecord.isBeginningOfID(id) else {
            throw Refusal(
                .usage,
                "\(id.isEmpty ? "an empty text" : "`\(id)`") is not a transaction id: give at least its first "
                    + "\(Self.fewestDigits) digits, as tcptune status shows them")
        }
        var matching = records.filter { $0.id.hasPrefix(id) }
        if let pending, pending.id.hasPrefix(id) {
            matching.removeAll { $0.id == pending.id }
            matching.append(pending)
        }
        guard matching.count > 1 else { return matching.first }
        throw Refusal(
            .usage,
            "\(matching.count) transaction ids begin with \(id): "
                + matching.map { "\($0.id.prefix(12)) (\($0.profile))" }.joined(separator: ", "))
    }

    /// Digits of an id that must be given.
    private static let fewestDigits = 4
}

extension Journal {
    /// Puts a settled record's new form in place of the old one.
    func rewrite(_ record: TransactionRecord) throws(Refusal) {
        try Refusal.kernel { () throws(KernelError) in
            let history = try StateDirectory.make(History.path, .owner)
            try history.replace(History.name(of: record), with: record.bytes, mode: 0o600)
        }
    }
}
