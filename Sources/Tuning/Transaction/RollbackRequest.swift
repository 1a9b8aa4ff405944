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
        try Rollback.run(record, reason: TransactionRecord.asked, boot: boot, journal: journal)
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

    /// One transaction for each namespace that undoes all there: from what holds now to what was there first.
    ///
    /// This namespace's comes last, and takes the boot-time file away.
    private static func takeAll(
        _ boot: String, _ journal: borrowing Journal
    ) throws(TuningError) -> Rollback? {
        let inForce = try History.read().inForce
        guard !inForce.isEmpty else { return nil }
        let here = try TuningError.kernel { () throws(KernelError) in
            let here = try NetworkNamespaces.current(root: .host).namespace
            return NamespaceName(inode: here.inode, name: here.name)
        }
        var seen: Set = [here.inode]
        let elsewhere = inForce.filter { $0.boot == boot }.map(\.namespace)
            .filter { seen.insert($0.inode).inserted }
        var whole: Rollback?
        for place in elsewhere + [here] {
            var record = try undoing(inForce, in: place, boot)
            if place == here { record.persistence = try fileToTakeAway(inForce) }
            var rollback = try Rollback.run(
                record, reason: TransactionRecord.asked, boot: boot, journal: journal)
            if let earlier = whole { rollback.add(earlier) }
            whole = rollback
            if rollback.record.state == .partial { break }
        }
        whole?.remarks += lastingValues(inForce, boot)
        return whole
    }

    /// The transaction that takes back what holds in one namespace.
    private static func undoing(
        _ inForce: [TransactionRecord], in place: NamespaceName, _ boot: String
    ) throws(TuningError) -> TransactionRecord {
        let number = try History.read().nextNumber
        var record = try TuningError.kernel { () throws(KernelError) in
            TransactionRecord(
                number: number, id: try RandomBytes.hexadecimal(count: 16), state: .rollingBack,
                boot: boot, namespace: place, began: Int64(WallClock.now), caller: .now,
                profile: "all", digest: "")
        }
        record.undoesAll = true
        let own = inForce.filter { $0.boot == boot && $0.namespace.inode == place.inode }
        for (key, value) in try Originals.read(boot: boot, namespace: place.inode).values {
            let images = own.flatMap(\.knobs).filter { $0.key == key && $0.outcome != .skipped }
            guard let latest = images.last else { continue }
            record.knobs.append(
                KnobImage(key: key, before: value, wanted: latest.wanted, landed: latest.landed))
        }
        return record
    }

    /// The boot-time file, where one of these wrote it last.
    private static func fileToTakeAway(
        _ inForce: [TransactionRecord]
    ) throws(TuningError) -> Persistence {
        var file = Persistence(settings: [])
        guard inForce.contains(where: { $0.persistence != nil }) else { return file }
        let digest = DropInFile.digest(of: try DropInFile.read())
        file.after = inForce.contains { $0.persistence?.after == digest } ? digest : "unknown"
        return file
    }

    /// What boot set from the file, which only the next boot will leave out.
    private static func lastingValues(
        _ inForce: [TransactionRecord], _ boot: String
    ) -> [String] {
        let keys = Set(
            inForce.filter { $0.boot != boot }.flatMap { $0.persistence?.settings.map(\.key) ?? [] }
        )
        guard !keys.isEmpty else { return [] }
        return [
            "set at boot and kept until the machine is started anew: "
                + keys.sorted().joined(separator: ", ")
        ]
    }
}

extension Journal {
    /// Marks every transaction that it undid as taken back, and forgets the first values: the host is where it was.
    ///
    /// Those of earlier boots have nothing left but their file, which the one with `persistence` took away.
    func closeAll(before record: TransactionRecord) throws(TuningError) {
        for var earlier in try History.read().inForce where earlier.number < record.number {
            let isUndone =
                earlier.boot == record.boot
                ? earlier.namespace.inode == record.namespace.inode : record.persistence != nil
            guard isUndone else { continue }
            earlier.state = .rolledBack
            earlier.reason = "all was taken back by \(record.id)"
            try rewrite(earlier)
        }
        try Originals.read(boot: record.boot, namespace: record.namespace.inode).forget()
    }
}
