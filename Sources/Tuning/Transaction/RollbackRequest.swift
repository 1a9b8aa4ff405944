import Kernel
package import Model
import Text

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
    ) throws(Refusal) -> Rollback? {
        let boot = try Refusal.kernel { () throws(KernelError) in try BootIdentity.read() }
        let history = try History.read()
        let pending = recovery.pending
        switch self {
        case .pending:
            guard let pending else { throw Self.nothingPending(history, boot) }
            return try Self.take(pending, boot, journal)
        case .id(let id):
            guard let found = try history.record(id, or: pending) else {
                throw Self.unknown(id, history)
            }
            // It may have been reverted a moment ago, by the recovery that comes first.
            if found.state == .rolledBack { return recovery.rollback }
            if let pending, pending.id != found.id { throw Self.waiting(pending) }
            return try Self.take(found, boot, journal)
        case .last:
            guard let last = pending ?? history.holding(in: boot).last else {
                return recovery.rollback
            }
            return try Self.take(last, boot, journal)
        case .all:
            let first =
                try pending.map { (pending) throws(Refusal) in
                    try Self.take(pending, boot, journal)
                } ?? recovery.rollback
            if let first, first.record.state == .partial { return first }
            guard var all = try Self.takeAll(boot, journal) else { return first }
            if let first { all.add(first) }
            return all
        }
    }

    /// One journal holds one transaction under way: while one waits, no other is touched.
    private static func waiting(_ pending: TransactionRecord) -> Refusal {
        let id = pending.id.prefix(8)
        return Refusal(
            .locked,
            "transaction \(id) (\(pending.profile)) is waiting for confirmation; first run tcptune confirm \(id) or "
                + "tcptune rollback \(id)")
    }

    private static func unknown(_ id: String, _ history: History) -> Refusal {
        history.damaged.isEmpty
            ? Refusal(.noTransaction, "there is no transaction \(id)")
            : Refusal(
                .badData,
                history.damagedFile(of: id).map {
                    "the record of transaction \(id) is damaged: \($0)"
                }
                    ?? "tcptune found no transaction \(id), and \(history.damaged.joined(separator: ", ")) \(history.damaged.count == 1 ? "is" : "are") damaged"
            )
    }

    private static func take(
        _ record: TransactionRecord, _ boot: String, _ journal: borrowing Journal
    ) throws(Refusal) -> Rollback {
        try Rollback.run(record, reason: TransactionRecord.asked, boot: boot, journal: journal)
    }

    private static func nothingPending(_ history: History, _ boot: String) -> Refusal {
        guard let last = history.holding(in: boot).last else {
            return Refusal(.noTransaction, "no transaction is pending or active")
        }
        return Refusal(
            .noTransaction,
            "no transaction is waiting for confirmation; the last active one is \(last.id.prefix(8)) "
                + "(\(last.profile)): tcptune rollback --last")
    }

    /// One transaction for each namespace that reverts all there: from what there is now to what was there first.
    ///
    /// This namespace's comes last, and takes the boot-time file away.
    static func takeAll(
        _ boot: String, _ journal: borrowing Journal
    ) throws(Refusal) -> Rollback? {
        let history = try History.read()
        let inForce = history.inForce
        let here = try Refusal.kernel { () throws(KernelError) in try NamespaceName.here() }
        var elsewhere: [NamespaceName] = []
        // Reverted ones too: of a key that two of them had, something may be left.
        for place in history.records.filter({ $0.boot == boot }).map(\.namespace)
        where !place.isSame(as: here) && !elsewhere.contains(where: { $0.isSame(as: place) }) {
            elsewhere.append(place)
        }
        var whole: Rollback?
        // The journal holds one that is under way: what could not be reverted is put there at the end, and asked for again.
        var unfinished: TransactionRecord?
        for place in elsewhere + [here] {
            let isHere = place.isSame(as: here)
            var record = try reverting(in: place, boot)
            record.number = max(record.number, (unfinished?.number ?? 0) + 1)
            var unreadFile: String?
            if isHere { (record.persistence, unreadFile) = try fileToTakeAway(inForce) }
            let hasInForce = inForce.contains {
                $0.namespace.isSame(as: place) || (isHere && $0.boot != boot)
            }
            guard hasInForce || !record.knobs.isEmpty || record.persistence != nil else {
                continue
            }
            var rollback = try Rollback.run(
                record, reason: TransactionRecord.asked, boot: boot, journal: journal)
            if let unreadFile { rollback.remarks.append(unreadFile) }
            rollback.remarks += history.unsure(of: rollback.record)
            if rollback.record.state == .partial { unfinished = unfinished ?? rollback.record }
            if let earlier = whole { rollback.add(earlier) }
            whole = rollback
        }
        if let unfinished {
            whole?.record.state = .partial
            try journal.store(unfinished)
        }
        if let words = LastingValues.words(of: try History.read().lasting(in: boot)) {
            whole?.remarks.append(words)
        }
        whole?.remarks += history.damaged.map {
            "\($0) is damaged: of what that transaction changed, tcptune knows only the first values"
        }
        return whole
    }

    /// The transaction that reverts all that was changed in one namespace, by the first values.
    private static func reverting(
        in place: NamespaceName, _ boot: String
    ) throws(Refusal) -> TransactionRecord {
        let history = try History.read()
        var record = try Refusal.kernel { () throws(KernelError) in
            TransactionRecord(
                number: history.nextNumber, id: try RandomBytes.hexadecimal(count: 16),
                state: .rollingBack, boot: boot, namespace: place, began: Int64(WallClock.now),
                caller: .now, profile: "all", digest: "")
        }
        record.undoesAll = true
        let chain = LayerChain(history.records(of: boot, in: place))
        let originals = try Originals.readOrInfer(boot: boot, namespace: place, history: history)
        for (key, value) in originals.values {
            let latest = chain.inForce(key).last { !$0.image.isFound }?.image
            record.knobs.append(
                KnobImage(
                    key: key, before: value, wanted: latest?.wanted ?? value,
                    landed: latest?.landed ?? value))
        }
        return record
    }

    /// The boot-time file, where there is one; whether it is ours shows when it is read.
    ///
    /// One that cannot be read is left where nothing in force has written to it, and otherwise tried again once the values are back.
    private static func fileToTakeAway(
        _ inForce: [TransactionRecord]
    ) throws(Refusal) -> (Persistence?, unread: String?) {
        var file = Persistence(settings: [])
        do throws(Refusal) {
            guard let present = try DropInFile.read() else { return (nil, nil) }
            file.after = DropInFile.digest(of: present)
        } catch {
            guard inForce.contains(where: { $0.persistence != nil }) else {
                let why = "no active transaction has written to it, and tcptune left it"
                return (nil, "\(error.description); \(why)")
            }
            file.after = "unread"
        }
        return (file, nil)
    }
}

extension History {
    /// What is to be said of values that none of the records that can be read has written.
    fileprivate func unsure(of record: TransactionRecord) -> [String] {
        guard let first = damaged.first else { return [] }
        return record.knobs.filter { $0.outcome == .foreign }.map { knob in
            "tcptune does not know whether it set \(knob.name), because \(first) is damaged; to set its first "
                + "value: sysctl -w \(knob.name)='\(knob.before)'"
        }
    }
}

extension Journal {
    /// Marks every transaction that it undid as taken back, and forgets the first values: the host is where it was.
    ///
    /// Those of earlier boots have nothing left but their lines in the file, which goes with this namespace's.
    func closeAll(before record: TransactionRecord) throws(Refusal) {
        let isHere = try Refusal.kernel { () throws(KernelError) in
            try NamespaceName.here().isSame(as: record.namespace)
        }
        for var earlier in try History.read().inForce where earlier.number < record.number {
            let isUndone =
                earlier.boot == record.boot
                ? earlier.namespace.isSame(as: record.namespace) : isHere
            // What was not looked at is not undone.
            let seen = Set(record.knobs.map(\.key))
            guard isUndone,
                earlier.boot != record.boot
                    || earlier.knobs.allSatisfy({ $0.outcome == .skipped || seen.contains($0.key) })
            else { continue }
            earlier.state = .rolledBack
            earlier.ending = TransactionRecord.Ending(number: record.number, boot: record.boot)
            earlier.reason = "\(record.id) reverted everything"
            try rewrite(earlier)
        }
        // What a damaged record changed is not known to be undone: the first values stay.
        guard try History.read().damaged.isEmpty else { return }
        try Originals.forget(boot: record.boot, namespace: record.namespace)
    }
}
