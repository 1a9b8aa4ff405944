import Kernel
package import Model

/// The first step of every command: finishes what a crash, a kill or a power cut left half done.
package struct Recovery: Sendable {
    /// Applied and waiting to be confirmed, its guard awake.
    package var pending: TransactionRecord?
    package var rollback: Rollback?
    package var confirmation: Confirmation?
    /// Its guard was gone, and another was armed.
    package var rearmed = false
    /// Its guard is a process of another PID namespace: whether it is there cannot be seen from here.
    package var isGuardUnseen = false

    /// Nothing was left half done.
    package init() {}

    /// Looks at what is under way, and settles what nobody works on.
    package static func run(journal: borrowing Journal) throws(Refusal) -> Recovery {
        var recovery = Recovery()
        try journal.dropDrafts()
        guard var record = try journal.load() else { return recovery }
        let boot = try Refusal.kernel { () throws(KernelError) in try BootIdentity.read() }
        let isOfThisBoot = record.boot == boot
        switch record.state {
        case .confirmed:
            try journal.archive(record)
        case .rolledBack:
            // The values are back; what they were of may not be marked so yet.
            if record.undoesAll { try journal.closeAll(before: record) }
            try journal.archive(record)
        case .prepared:
            // Nothing was written yet; whoever prepared it is gone, or the lock would not be ours.
            record.state = .rolledBack
            record.reason =
                TransactionRecord.notBegun + "the command ended before it changed anything"
            record.deadline = nil
            try journal.store(record)
            try journal.archive(record)
        case .armed:
            recovery.rollback = try Rollback.run(
                record, reason: "the command that applied it ended before it finished", boot: boot,
                journal: journal)
        case .applied:
            if isOfThisBoot, (record.deadlineSeconds ?? 0) > BootClock.now {
                try recovery.keep(record, journal)
            } else {
                recovery.rollback = try Rollback.run(
                    record,
                    reason: isOfThisBoot
                        ? "nobody confirmed it in time" : "the host rebooted",
                    boot: boot, journal: journal)
            }
        case .confirming:
            // Whatever the values are by now: who confirmed it was told so, or may have been.
            recovery.confirmation = try Confirmation.finish(record, journal: journal)
        case .rollingBack, .partial:
            var rollback = try Rollback.run(
                record, reason: record.reason, boot: boot, journal: journal)
            // All is one request: the other namespaces, and what else is in force, are gone on with.
            if record.undoesAll, rollback.record.state == .rolledBack, !rollback.isUnrecorded,
                var rest = try RollbackRequest.takeAll(boot, journal)
            {
                rest.add(rollback)
                rollback = rest
            }
            recovery.rollback = rollback
        }
        return recovery
    }

    /// Leaves a transaction that waits for its confirmation, with a guard awake.
    private mutating func keep(
        _ record: TransactionRecord, _ journal: borrowing Journal
    ) throws(Refusal) {
        var record = record
        if let guardian = record.guardian, !guardian.isVisible {
            isGuardUnseen = true
        } else if let guardian = record.guardian, !guardian.isAlive {
            do throws(Refusal) {
                // A record of a release that looked the name up each time.
                if let probe = record.watch.probe, probe.addresses.isEmpty {
                    record.watch.probe = try Refusal.kernel { () throws(KernelError) in
                        try probe.resolved()
                    }
                }
                record.guardian = try ArmedGuard.arm(for: record).guardian.located
                try journal.store(record)
                rearmed = true
            } catch {
                rollback = try Rollback.run(
                    record, reason: "its guard was gone and tcptune could not replace it",
                    boot: record.boot, journal: journal)
                return
            }
        }
        pending = record
    }
}

extension Journal {
    /// Removes what replacements that were broken off left behind.
    func dropDrafts() throws(Refusal) {
        try Refusal.kernel { () throws(KernelError) in
            for place in [History.path, Originals.path] {
                guard let directory = try StateDirectory.open(place, .owner) else { continue }
                try directory.dropDrafts()
            }
        }
        // A directory that cannot be used stops what would persist, and nothing else.
        try? DropInFile.dropDraft()
    }
}
