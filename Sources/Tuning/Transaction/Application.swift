import Kernel
package import Model
import Text

/// Makes a plan true: all of it or nothing, with a way back from every point.
package struct Application: Sendable {
    package var record: TransactionRecord
    package var end: End

    package enum End: Sendable {
        /// Written and read back; it waits to be confirmed.
        case applied
        case confirmed(Confirmation)
        /// Refused, interrupted or unhealthy; what was written was taken back.
        case takenBack(Refusal, Rollback)
        /// A signal ended it; what was written was taken back.
        case interrupted(signal: Int32, Rollback)
    }

    /// Applies the plan in this thread's namespace.
    ///
    /// - Parameter interruption: gives the number of a signal that came meanwhile.
    package static func run(
        _ plan: Plan, options: ApplyOptions, journal: borrowing Journal,
        interruption: () -> Int32?
    ) throws(Refusal) -> Application {
        do throws(KernelError) { try DescriptorLimit.makeRoom(for: descriptors) } catch {
            throw Refusal(.failed, "\(error.description); tcptune changed nothing")
        }
        // Before the deadline is worked out: the time that it takes is not taken from whoever is to confirm.
        try probe(options.probe, .failed, "already fails before anything is changed")
        let history = try History.read()
        var record = try prepared(plan, options, as: history.nextNumber)
        var originals = try Originals.readOrInfer(
            boot: record.boot, namespace: record.namespace, history: history)
        let stacks = try KeyStacks(besides: record, history: history)
        // Where it fails nothing is written; should the record be there all the same, recovery finds that out. The record comes
        // first: first values that nobody's record tells of would be somebody's for ever.
        try journal.store(record)
        try originals.keep(record.knobs, beneath: stacks, in: journal)
        let armed = try arm(&record, options, journal)
        return try withExtendedLifetime(armed) { () throws(Refusal) in
            try write(&record, options, journal, interruption)
        }
    }

    /// What a change and its way back open at a time: the journal, its directory and lock, the root, a key, links of /proc,
    /// and as many again.
    static let descriptors = 16

    /// All that is known before the first step.
    private static func prepared(
        _ plan: Plan, _ options: ApplyOptions, as number: Int
    ) throws(Refusal) -> TransactionRecord {
        // Not the plan's: where that could not read it, recovery would take the record for one of another boot.
        var record = try Refusal.kernel { () throws(KernelError) in
            TransactionRecord(
                number: number, id: try RandomBytes.hexadecimal(count: 16),
                state: .prepared, boot: try BootIdentity.read(),
                namespace: NamespaceName(
                    inode: plan.namespace.inode, name: plan.namespace.name,
                    cookie: try NamespaceCookie.read(), path: options.namespacePath,
                    processes: ProcessNamespace.name),
                began: Int64(WallClock.now), caller: .now, profile: plan.profile.name,
                digest: plan.profile.digest)
        }
        record.applier = .own
        for change in plan.changes {
            guard let key = SysctlKey(change.key) else {
                throw Refusal(.badData, "\(change.key) is not a sysctl")
            }
            record.knobs.append(
                KnobImage(
                    key: key, before: change.before, wanted: change.wanted, landed: change.landed))
        }
        // What it wants and finds is a layer too: it stays, should the transaction that set it be reverted.
        for setting in plan.unchanged {
            guard let key = SysctlKey(setting.key) else { continue }
            record.knobs.append(
                KnobImage(
                    key: key, before: setting.value, wanted: setting.value, landed: setting.value))
        }
        if options.persists {
            // What is unchanged is wanted at boot, too. A file cannot write an empty list: a line without a value is refused.
            record.persistence = Persistence(
                settings: plan.changes.map { .init(key: $0.key, value: $0.wanted) }
                    + plan.unchanged.filter { !$0.value.isEmpty }
                    .map { .init(key: $0.key, value: $0.value) })
        }
        // What could not be persisted later is refused now.
        if options.persists, BootedNetwork.isAnother(by: Persistence.directory) {
            throw Refusal(
                .failed,
                "tcptune changed nothing: \(Persistence.directory) sets the network of process 1 at boot, and this command runs in "
                    + "network namespace \(plan.namespace.name), which boot does not create; leave out --persist"
            )
        }
        if options.persists { _ = try DropInFile.merged(try DropInFile.read(), with: record) }
        record.watch.probe = options.probe
        if options.watchesHealth, let counters = try? NamespaceSampler.open().counters() {
            record.watch.health = HealthBaseline(sinceBoot: counters)
        }
        record.deadline = UInt64((BootClock.now + options.window) * 1e9)
        return record
    }

    /// Has the guard watch; nothing is written before it says that it does.
    private static func arm(
        _ record: inout TransactionRecord, _ options: ApplyOptions, _ journal: borrowing Journal
    ) throws(Refusal) -> ArmedGuard? {
        guard record.knobs.contains(where: { !$0.isFound }) else { return nil }
        var armed: ArmedGuard?
        do throws(Refusal) {
            armed = try ArmedGuard.arm(for: record)
            record.guardian = armed?.guardian.located
        } catch {
            guard options.needsNoGuard else {
                abandon(
                    &record, TransactionRecord.notBegun + "tcptune could not arm the guard", journal
                )
                throw Refusal(
                    .guardMissing,
                    "\(error.description); tcptune changed nothing. With --no-guard, nobody but you reverts the change"
                )
            }
        }
        record.state = .armed
        do throws(Refusal) { try journal.store(record) } catch {
            abandon(&record, TransactionRecord.notBegun + error.description, journal)
            throw error
        }
        return armed
    }

    /// Settles what never wrote anything.
    private static func abandon(
        _ record: inout TransactionRecord, _ reason: String, _ journal: borrowing Journal
    ) {
        record.state = .rolledBack
        record.reason = reason
        record.deadline = nil
        guard (try? journal.store(record)) != nil else { return }
        try? journal.archive(record)
    }

    private static func write(
        _ record: inout TransactionRecord, _ options: ApplyOptions, _ journal: borrowing Journal,
        _ interruption: () -> Int32?
    ) throws(Refusal) -> Application {
        do throws(Stop) {
            try Writing.run(
                &record.knobs, keepsGoing: options.keepsGoing, interruption: interruption)
            record.state = .applied
            record.applier = nil
            do throws(Refusal) {
                try journal.store(record)
                try probe(
                    record.watch.probe, .restored, "fails now",
                    until: record.deadlineSeconds ?? .infinity)
            } catch {
                throw .failure(error)
            }
            if let signal = interruption() { throw .signal(signal) }
            if record.isLate { throw .failure(record.lateness) }
        } catch {
            return try takeBack(record, error, journal)
        }
        guard options.confirmsAtOnce else { return Application(record: record, end: .applied) }
        let confirmation = try Confirmation.run(record, journal: journal)
        return Application(record: confirmation.record, end: .confirmed(confirmation))
    }

    private static func takeBack(
        _ record: TransactionRecord, _ stop: Stop, _ journal: borrowing Journal
    ) throws(Refusal) -> Application {
        let rollback = try Rollback.run(
            record, reason: stop.reason, boot: record.boot, journal: journal)
        switch stop {
        case .failure(let error):
            return Application(record: rollback.record, end: .takenBack(error, rollback))
        case .signal(let signal):
            return Application(
                record: rollback.record, end: .interrupted(signal: signal, rollback))
        }
    }

    private static func probe(
        _ probe: TCPProbe?, _ kind: Refusal.Kind, _ words: String,
        until deadline: Double = .infinity
    ) throws(Refusal) {
        guard let probe else { return }
        do throws(KernelError) { try probe.attempt(until: deadline) } catch {
            throw Refusal(kind, "the probe \(probe) \(words): \(error.description)")
        }
    }
}

/// Why writing ends before its end.
enum Stop: Error {
    case failure(Refusal)
    case signal(Int32)

    var reason: String {
        switch self {
        case .failure(let error): error.description
        case .signal(let number): "signal \(number)"
        }
    }
}
