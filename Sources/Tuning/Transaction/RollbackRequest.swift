import HostState
import Kernel

/// Which transaction is to be taken back.
package enum RollbackRequest: Sendable, Hashable {
    /// The one that waits to be confirmed.
    case pending
    /// That one, by its id or the first digits of it.
    case id(String)
    /// The one that was applied last and still holds.
    case last
    /// All of this boot, to the first values ever seen, and the boot-time file.
    case all

    /// Takes it back; nil where there is nothing to take back.
    package func run(
        _ recovery: Recovery, journal: borrowing Journal
    ) throws(TuningError) -> Rollback? {
        let boot = try TuningError.kernel { () throws(KernelError) in try BootIdentity.read() }
        let history = try History.read()
        let pending = recovery.pending
        switch self {
        case .pending:
            guard let pending else { throw Self.nothingPending(history) }
            return try Self.take(pending, boot, journal)
        case .id(let id):
            let found = pending.flatMap { $0.id.hasPrefix(id) ? $0 : nil } ?? history.record(id)
            guard let found else {
                throw TuningError(.noTransaction, "there is no transaction \(id)")
            }
            // It may have been taken back a moment ago, by the recovery that comes first.
            if found.state == .rolledBack { return recovery.rollback }
            return try Self.take(found, boot, journal)
        case .last:
            guard let last = pending ?? history.inForce.last else { return recovery.rollback }
            return try Self.take(last, boot, journal)
        case .all:
            if let pending {
                let first = try Self.take(pending, boot, journal)
                if first.record.state == .partial { return first }
            }
            return try Self.takeAll(boot, journal)
        }
    }

    private static func take(
        _ record: TransactionRecord, _ boot: String, _ journal: borrowing Journal
    ) throws(TuningError) -> Rollback {
        try Rollback.run(record, reason: "asked for", boot: boot, journal: journal)
    }

    private static func nothingPending(_ history: History) -> TuningError {
        guard let last = history.inForce.last else {
            return TuningError(.noTransaction, "no transaction is under way, and none holds")
        }
        return TuningError(
            .noTransaction,
            "no transaction waits to be confirmed; the last one that holds is \(last.id.prefix(8)) "
                + "(\(last.profile)): tcptune rollback --last")
    }

    /// One transaction that undoes all: from what holds now to what was there first.
    private static func takeAll(
        _ boot: String, _ journal: borrowing Journal
    ) throws(TuningError) -> Rollback? {
        let history = try History.read()
        let inForce = history.inForce
        let place = try TuningError.kernel { () throws(KernelError) in
            let here = try NetworkNamespaces.current(root: .host).namespace
            return NamespaceName(inode: here.inode, name: here.name)
        }
        let originals = try Originals.read(boot: boot, namespace: place.inode)
        var record = try TuningError.kernel { () throws(KernelError) in
            TransactionRecord(
                number: history.nextNumber, id: try RandomBytes.hexadecimal(count: 16),
                state: .rollingBack, boot: boot, namespace: place, began: Int64(WallClock.now),
                caller: .now, profile: "all", digest: "")
        }
        record.undoesAll = true
        let mine = inForce.filter { $0.boot == boot && $0.namespace.inode == place.inode }
        for (key, value) in originals.values {
            let latest = mine.last { $0.knobs.contains { $0.key == key } }
            guard let image = latest?.knobs.first(where: { $0.key == key }),
                image.outcome != .skipped
            else { continue }
            record.knobs.append(
                KnobImage(key: key, before: value, wanted: image.wanted, landed: image.landed))
        }
        if inForce.contains(where: { $0.persistence != nil }) {
            let digest = DropInFile.digest(of: try DropInFile.read())
            var persistence = Persistence(settings: [])
            let isOurs = inForce.contains { $0.persistence?.after == digest }
            persistence.after = isOurs ? digest : "unknown"
            record.persistence = persistence
        }
        guard !inForce.isEmpty || !record.knobs.isEmpty else { return nil }
        return try Rollback.run(record, reason: "asked for", boot: boot, journal: journal)
    }
}

extension Journal {
    /// Marks every transaction as taken back, and forgets the first values: the host is where it was.
    func closeAll(before record: TransactionRecord) throws(TuningError) {
        for var earlier in try History.read().inForce where earlier.number < record.number {
            earlier.state = .rolledBack
            earlier.reason = "all was taken back by \(record.id)"
            try rewrite(earlier)
        }
        try Originals.read(boot: record.boot, namespace: record.namespace.inode).forget()
    }
}
