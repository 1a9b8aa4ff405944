import Kernel
package import Model

/// The process that takes a transaction back where nobody confirms it, its command died, or the host suffers from it.
///
/// It lives in a session of its own, with its memory locked, and does nothing until it is woken.
package struct GuardProcess: ~Copyable {
    /// The first word of its command line.
    package static let word = "guard"

    /// What it exits with where there is nothing to guard: the status of `Refusal.Kind.noTransaction`.
    static let needless: Int32 = 8

    /// Tells others what is applied; called with the journal once this process has changed it.
    package typealias Publish = (borrowing Journal) -> Void

    private let id: String
    private let publish: Publish
    /// What was last seen of it: what is reverted where the state cannot be read any more.
    private var record: TransactionRecord
    private let timer: DeadlineTimer
    private var watch: DirectoryWatch
    private let signals: HeldSignals
    /// To the command that started it; nil for a service.
    private var line: DetachedLine?
    /// The command that writes, where there is no line to it.
    private var applier: ProcessWatch?
    private var healthCheck: HealthCheck?
    /// It looks again after so many seconds, where something is the case that nothing will tell the end of.
    private var poll: Double?
    private let memory = LockedMemory()
    private var reserve = DescriptorReserve(2)

    /// Watches over the transaction of that id until it is settled.
    package static func run(
        _ id: String, publish: @escaping @Sendable (borrowing Journal) -> Void
    ) throws(Refusal) {
        DetachedLife.begin()
        guard Caller.isRoot else { throw Refusal(.noPrivilege, "only root may guard settings") }
        // A deadline by another clock than the machine's might be any time.
        guard BootClock.isMachines else {
            throw Refusal(.unavailable, "this clock cannot be compared with the host's clock")
        }
        guard let record = try Journal.glance(), record.id == id, !record.isSettled else {
            throw Refusal(.noTransaction, "there is no transaction \(id) to guard")
        }
        let outcome = try Refusal.kernel { () throws(KernelError) in
            // Who cannot open what a rollback needs must not promise one.
            try DescriptorLimit.makeRoom(for: Application.descriptors)
            // Before any other thread is there, so that all hold them back.
            let signals = try HeldSignals.hold()
            // systemd starts it in the first namespace; what it reads and asks is the record's.
            return try RecordedNamespace.run(record.namespace) {
                () throws(KernelError) -> Result<Void, Refusal> in
                var guardian = try make(record, signals, publish)
                rehearse(record)
                do throws(Refusal) { return .success(try guardian.watchOver()) } catch {
                    return .failure(error)
                }
            }
        }
        guard case .found(let result) = outcome else {
            throw Refusal(
                .noTransaction, "cannot find network namespace \(record.namespace.name)")
        }
        try result.get()
    }

    private init(
        _ record: TransactionRecord, timer: consuming DeadlineTimer,
        watch: consuming DirectoryWatch, signals: HeldSignals, publish: @escaping Publish
    ) {
        id = record.id
        self.record = record
        self.timer = timer
        self.watch = watch
        self.signals = signals
        self.publish = publish
        line = DetachedLine()
        if line == nil { applier = record.applier.flatMap { ProcessWatch($0) } }
    }

    private static func make(
        _ record: TransactionRecord, _ signals: HeldSignals, _ publish: @escaping Publish
    ) throws(KernelError) -> GuardProcess {
        let timer = try DeadlineTimer.make()
        try timer.set(to: record.deadlineSeconds ?? 0)
        guard let directory = try StateDirectory.open(Journal.path, .owner) else {
            throw KernelError("watch", Journal.path, code: KernelError.noSuchFile)
        }
        return GuardProcess(
            record, timer: timer, watch: try directory.watch(), signals: signals, publish: publish)
    }

    /// Goes through what a rollback reads and makes, so that its room is there when it is needed.
    private static func rehearse(_ record: TransactionRecord) {
        guard var host = try? HostKnobs() else { return }
        for knob in record.knobs { _ = host.value(of: knob.key) }
        _ = try? TransactionRecord(bytes: record.bytes)
        _ = try? BootIdentity.read()
    }

    private mutating func watchOver() throws(Refusal) {
        try Refusal.kernel { () throws(KernelError) in
            try line?.acknowledge()
            try ServiceNotice.ready()
        }
        while true {
            let reason: String?
            do throws(Refusal) { reason = try reasonToAct() } catch {
                // Who cannot wait any longer must not leave the change behind.
                reason = "its guard could not keep watching: \(error.description)"
            }
            guard let reason, !takeBack(reason) else { return }
        }
    }

    /// What has happened.
    private struct Waking {
        var deadline = false
        var commandEnded = false
    }

    /// Waits until something must be done; nil where the transaction needs no guard any more.
    private mutating func reasonToAct() throws(Refusal) -> String? {
        // What happened before it watched, nothing will tell.
        var waking = Waking()
        while true {
            if let signal = signals.next(), signal != HeldSignals.hangUp {
                return "its guard received signal \(signal)"
            }
            watch.clear()
            switch Journal.sight(of: id) {
            case .settled: return nil
            case .underWay(let seen):
                record = seen
                guard try isNeeded(for: seen) else { return nil }
                if let reason = try reason(in: seen, waking) { return reason }
            case .lost(let error):
                // Removed: whoever comes next must find it. Or not to be read for the moment.
                if error == nil, bringBack() { continue }
                // The deadline last seen decides, and what waits for no answer.
                poll = Self.lostPause
                if (record.deadlineSeconds ?? 0) <= BootClock.now { return Self.late }
                if let complaint = healthCheck?.complaint() { return complaint }
            }
            waking = try wait()
        }
    }

    private mutating func isNeeded(for record: TransactionRecord) throws(Refusal) -> Bool {
        guard record.id == id, record.state != .confirming, !record.isSettled else { return false }
        poll = nil
        if let guardian = record.guardian, !guardian.isOwn {
            // Two that guard one transaction do no harm.
            guard guardian.isVisible else { return true }
            if guardian.isAlive { return false }
            if !takeOver() { poll = Self.pause }
        }
        return true
    }

    private mutating func reason(
        in record: TransactionRecord, _ waking: Waking
    ) throws(Refusal) -> String? {
        if record.state == .applied {
            startHealthCheck(record)
            line = nil
            applier = nil
        } else if record.state == .prepared || record.state == .armed {
            let isAlive =
                line != nil || record.applier?.isAlive == true
                || record.applier?.isVisible == false
            if waking.commandEnded || !isAlive {
                return "the command that applied it ended before it finished"
            }
            // Before Linux 5.3.
            if line == nil, applier == nil { poll = 0.2 }
        } else {
            // Another command is at it, or was: when the lock is free it is done, or to be done.
            return record.reason
        }
        if let deadline = record.deadlineSeconds {
            if deadline <= BootClock.now { return Self.late }
            try Refusal.kernel { () throws(KernelError) in try timer.set(to: deadline) }
        }
        return healthCheck?.complaint()
    }

    /// Has the record name this process as its guard; false where somebody else works on the journal for the moment.
    private func takeOver() -> Bool {
        do throws(Refusal) {
            guard let journal = try Journal.openIfPresent(), var record = try journal.load(),
                record.id == id, record.guardian?.isVisible == true,
                record.guardian?.isAlive == false
            else { return true }
            record.guardian = .own
            try journal.store(record)
            return true
        } catch {
            return error.kind != .locked
        }
    }

    /// Writes the record anew that was removed, and what it found as first values; false where that cannot be, or another one
    /// is under way.
    private mutating func bringBack() -> Bool {
        do throws(Refusal) {
            let journal = try Journal.open()
            let names = try Refusal.kernel { () throws(KernelError) in
                try journal.directory.names()
            }
            // One that cannot be understood may be what became of it.
            guard !names.contains(where: { $0.hasPrefix(Journal.transaction) }),
                case .lost(nil) = Journal.sight(of: id)
            else { return false }
            let history = try History.read()
            var originals = try Originals.readOrInfer(
                boot: record.boot, namespace: record.namespace, history: history)
            let stacks = try KeyStacks(besides: record, history: history)
            settleUnseen()
            try journal.store(record)
            try originals.keep(record.knobs, beneath: stacks, in: journal)
            watch = try Refusal.kernel { () throws(KernelError) in
                try journal.directory.watch()
            }
            return true
        } catch {
            return false
        }
    }

    /// Takes from the values what the command has done since the record was last seen: it has ended, or its lock would not be free.
    ///
    /// A record of before would say that nothing was written, and be settled so.
    private mutating func settleUnseen() {
        guard record.state == .prepared || record.state == .armed else { return }
        record.guardian = ProcessIdentity.own.located
        record.state = .armed
        guard var host = try? HostKnobs() else { return }
        for knob in record.knobs {
            guard let now = host.value(of: knob.key), knob.isOurs(now) else { return }
        }
        record.state = .applied
        record.applier = nil
        for index in record.knobs.indices { record.knobs[index].outcome = .landed }
    }

    private mutating func wait() throws(Refusal) -> Waking {
        let command = line?.waitable ?? applier?.waitable
        let waitables =
            [timer.waitable, watch.waitable, signals.waitable] + (command.map { [$0] } ?? [])
            + (healthCheck?.waitables ?? [])
        let time = [healthCheck?.interval, poll].compactMap { $0 }.min()
        memory.giveTextBack()
        let ready = try Refusal.kernel { () throws(KernelError) in
            try Waitable.wait(for: waitables, atMost: time)
        }
        return Waking(deadline: ready[0], commandEnded: command != nil && ready[3])
    }

    private mutating func startHealthCheck(_ record: TransactionRecord) {
        if healthCheck == nil { healthCheck = HealthCheck(record.watch) }
    }

    /// How long it waits for the lock each time, in seconds.
    private static let pause = 0.02
    /// How long a command may hold the lock once it is time to act, in seconds: one that is stopped would hold it for ever.
    private static let grace = 2.0
    /// Between two looks at a state that cannot be read, in seconds.
    private static let lostPause = 1.0
    /// How long it waits after a failure at first, in seconds; then twice as long each time.
    private static let firstRest = 0.1
    /// Some seven minutes; from then on it is the next command's.
    private static let mostAttempts = 13

    /// Reverts the transaction, trying again where something fails; false where it turned out to need more time.
    private mutating func takeBack(_ reason: String) -> Bool {
        reserve.spend()
        let began = BootClock.now
        var rest = Self.firstRest
        var attempts = 0
        var isDone = false
        while attempts < Self.mostAttempts {
            var isBusy = false
            do throws(Refusal) {
                switch try attempt(reason) {
                case .settled: return true
                case .early: return false
                case .unfinished: break
                }
            } catch {
                isBusy = error.kind == .locked
            }
            // Whoever holds the lock has had time to confirm; the values wait for nobody else.
            if !isDone, !isBusy || BootClock.now - began >= Self.grace {
                isDone = revertFromMemory()
            }
            let isWaiting = isBusy && !isDone
            do throws(KernelError) {
                _ = try Waitable.wait(for: [], atMost: isWaiting ? Self.pause : rest)
            } catch { continue }
            if !isWaiting {
                attempts += 1
                rest *= 2
            }
        }
        return true
    }

    /// Writes the values back that were last seen, with no word to the state; true where all are back, or are no longer ours.
    private func revertFromMemory() -> Bool {
        switch Journal.sight(of: id) {
        case .settled: return true
        case .underWay(let seen) where seen.state == .confirming: return false
        case .underWay, .lost: break
        }
        var knobs = record.knobs
        do throws(KernelError) { try Undo.restore(&knobs) } catch { return false }
        return !knobs.contains { $0.outcome == .failed }
    }

    private enum Attempt {
        /// Nothing is left to be done.
        case settled
        /// Its deadline was moved.
        case early
        /// Not all of it is as it was, or the disk does not tell so.
        case unfinished
    }

    private func attempt(_ reason: String) throws(Refusal) -> Attempt {
        switch Journal.sight(of: id) {
        case .settled: return .settled
        case .lost: return revertFromMemory() ? .settled : .unfinished
        case .underWay: break
        }
        guard let journal = try Journal.openIfPresent(), let record = try journal.load(),
            record.id == id
        else { return .unfinished }
        switch record.state {
        case .armed, .applied, .rollingBack, .partial:
            if record.state == .applied, let deadline = record.deadlineSeconds,
                deadline > BootClock.now, reason == Self.late
            {
                return .early
            }
            let boot = try Refusal.kernel { () throws(KernelError) in try BootIdentity.read() }
            defer { publish(journal) }
            let rollback = try Rollback.run(record, reason: reason, boot: boot, journal: journal)
            return rollback.record.state == .partial || rollback.isUnrecorded
                ? .unfinished : .settled
        case .prepared, .confirming, .confirmed, .rolledBack:
            defer { publish(journal) }
            _ = try Recovery.run(journal: journal)
            return .settled
        }
    }

    private static let late = "nobody confirmed it in time"
}
