import Kernel

/// The process that takes a transaction back where nobody confirms it, its command died, or the host suffers from it.
///
/// It lives in a session of its own, with its memory locked, and does nothing until it is woken.
package struct GuardProcess: ~Copyable {
    /// The first word of its command line.
    package static let word = "guard"

    /// What it exits with where there is nothing to guard: the status of `TuningError.Kind.noTransaction`.
    static let needless: Int32 = 8

    private let id: String
    private let timer: DeadlineTimer
    private let watch: DirectoryWatch
    private let signals: HeldSignals
    /// To the command that started it; nil for a service.
    private var line: DetachedLine?
    /// The command that writes, where there is no line to it.
    private var applier: ProcessWatch?
    private var patrol: Patrol?
    /// It looks again after so many seconds, where something is the case that nothing will tell the end of.
    private var poll: Double?
    private let memory = LockedMemory()

    /// Watches over the transaction of that id until it is settled.
    package static func run(_ id: String) throws(TuningError) {
        guard Caller.isRoot else { throw TuningError(.noPrivilege, "only root may guard settings") }
        guard let record = try Journal.glance(), record.id == id, !record.isSettled else {
            throw TuningError(.noTransaction, "there is no transaction \(id) to guard")
        }
        let outcome = try TuningError.kernel { () throws(KernelError) in
            // Before any other thread is there, so that all hold them back.
            let signals = try HeldSignals.hold()
            // systemd starts it in the first namespace; what it reads and asks is the record's.
            return try RecordedNamespace.run(record.namespace) {
                () throws(KernelError) -> Result<Void, TuningError> in
                var guardian = try make(record, signals)
                rehearse(record)
                do throws(TuningError) { return .success(try guardian.watchOver()) } catch {
                    return .failure(error)
                }
            }
        }
        guard let outcome else {
            throw TuningError(
                .noTransaction, "network namespace \(record.namespace.name) is not to be found")
        }
        try outcome.get()
    }

    private init(
        _ record: TransactionRecord, timer: consuming DeadlineTimer,
        watch: consuming DirectoryWatch, signals: HeldSignals
    ) {
        id = record.id
        self.timer = timer
        self.watch = watch
        self.signals = signals
        line = DetachedLine()
        if line == nil { applier = record.applier.flatMap { ProcessWatch($0) } }
    }

    private static func make(
        _ record: TransactionRecord, _ signals: HeldSignals
    ) throws(KernelError) -> GuardProcess {
        let timer = try DeadlineTimer.make()
        try timer.set(to: record.deadlineSeconds ?? 0)
        guard let directory = try StateDirectory.open(Journal.path, .owner) else {
            throw KernelError("watch", Journal.path, code: KernelError.noSuchFile)
        }
        return GuardProcess(
            record, timer: timer, watch: try directory.watch(), signals: signals)
    }

    /// Goes through what a rollback reads and makes, so that its room is there when it is needed.
    private static func rehearse(_ record: TransactionRecord) {
        guard var host = try? HostKnobs() else { return }
        for knob in record.knobs { _ = host.value(of: knob.key) }
        _ = try? TransactionRecord(bytes: record.bytes)
        _ = try? BootIdentity.read()
    }

    private mutating func watchOver() throws(TuningError) {
        try TuningError.kernel { () throws(KernelError) in
            try line?.acknowledge()
            try ServiceNotice.ready()
        }
        while true {
            let reason: String?
            do throws(TuningError) { reason = try reasonToAct() } catch {
                // Who cannot wait any longer must not leave the change behind.
                reason = "its guard could not watch any longer: \(error.description)"
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
    private mutating func reasonToAct() throws(TuningError) -> String? {
        // What happened before it watched, nothing will tell.
        var waking = Waking()
        while true {
            if let signal = signals.next(), signal != HeldSignals.hangUp {
                return "its guard was told to end (signal \(signal))"
            }
            watch.clear()
            if let record = try? Journal.glance() {
                guard try isNeeded(for: record) else { return nil }
                if let reason = try reason(in: record, waking) { return reason }
            } else {
                // Taken away, or not to be read for the moment: only the deadline decides then.
                if try isGone() { return nil }
                if waking.deadline { return Self.late }
            }
            waking = try wait()
        }
    }

    private mutating func isNeeded(for record: TransactionRecord) throws(TuningError) -> Bool {
        guard record.id == id, record.state != .confirming, !record.isSettled else { return false }
        poll = nil
        if let guardian = record.guardian, !guardian.isOwn {
            if guardian.isAlive { return false }
            if !takeOver() { poll = Self.pause }
        }
        return true
    }

    private mutating func reason(
        in record: TransactionRecord, _ waking: Waking
    ) throws(TuningError) -> String? {
        if record.state == .applied {
            startPatrol(record)
            line = nil
            applier = nil
        } else if record.state == .prepared || record.state == .armed {
            let isAlive = line != nil || record.applier?.isAlive == true
            if waking.commandEnded || !isAlive {
                return "the command that applied it ended in the middle"
            }
            // Before Linux 5.3.
            if line == nil, applier == nil { poll = 0.2 }
        } else {
            // Another command is at it, or was: when the lock is free it is done, or to be done.
            return record.reason
        }
        if let deadline = record.deadlineSeconds {
            if deadline <= BootClock.now { return Self.late }
            try TuningError.kernel { () throws(KernelError) in try timer.set(to: deadline) }
        }
        return patrol?.complaint()
    }

    /// Has the record name this process as its guard; false where somebody else works on the journal for the moment.
    private func takeOver() -> Bool {
        do throws(TuningError) {
            guard let journal = try Journal.openIfPresent(), var record = try journal.load(),
                record.id == id, record.guardian?.isAlive == false
            else { return true }
            record.guardian = .own
            try journal.store(record)
            return true
        } catch {
            return error.kind != .locked
        }
    }

    private func isGone() throws(TuningError) -> Bool {
        let bytes = try? TuningError.kernel { () throws(KernelError) in
            try StateDirectory.open(Journal.path, .owner)?.mode(of: Journal.transaction)
        }
        return bytes == .some(.none)
    }

    private mutating func wait() throws(TuningError) -> Waking {
        let command = line?.waitable ?? applier?.waitable
        let waitables =
            [timer.waitable, watch.waitable, signals.waitable] + (command.map { [$0] } ?? [])
        let time = [patrol?.interval, poll].compactMap { $0 }.min()
        memory.giveTextBack()
        let ready = try TuningError.kernel { () throws(KernelError) in
            try Waitable.wait(for: waitables, atMost: time)
        }
        return Waking(deadline: ready[0], commandEnded: ready.count > 3 && ready[3])
    }

    private mutating func startPatrol(_ record: TransactionRecord) {
        if patrol == nil { patrol = Patrol(record.watch) }
    }

    /// How long it waits for the lock each time, in seconds.
    private static let pause = 0.02
    /// How long it waits after a failure at first, in seconds; then twice as long each time.
    private static let firstRest = 0.1
    /// Some seven minutes; from then on it is the next command's.
    private static let mostAttempts = 13

    /// Takes the transaction back, trying again where something fails; false where it turned out to need more time.
    private func takeBack(_ reason: String) -> Bool {
        var rest = Self.firstRest
        var attempts = 0
        while attempts < Self.mostAttempts {
            var isBusy = false
            do throws(TuningError) {
                switch try attempt(reason) {
                case .settled: return true
                case .early: return false
                case .unfinished: break
                }
            } catch {
                isBusy = error.kind == .locked
            }
            _ = try? Waitable.wait(for: [], atMost: isBusy ? Self.pause : rest)
            if !isBusy {
                attempts += 1
                rest *= 2
            }
        }
        return true
    }

    private enum Attempt {
        /// Nothing is left to be done.
        case settled
        /// Its deadline was moved.
        case early
        /// Not all of it is as it was, or the disk does not tell so.
        case unfinished
    }

    private func attempt(_ reason: String) throws(TuningError) -> Attempt {
        guard let journal = try Journal.openIfPresent(), let record = try journal.load(),
            record.id == id
        else { return .settled }
        switch record.state {
        case .armed, .applied, .rollingBack, .partial:
            if record.state == .applied, let deadline = record.deadlineSeconds,
                deadline > BootClock.now, reason == Self.late
            {
                return .early
            }
            let boot = try TuningError.kernel { () throws(KernelError) in try BootIdentity.read() }
            let rollback = try Rollback.run(record, reason: reason, boot: boot, journal: journal)
            return rollback.record.state == .partial || rollback.isUnrecorded
                ? .unfinished : .settled
        case .prepared, .confirming, .confirmed, .rolledBack:
            _ = try Recovery.run(journal: journal)
            return .settled
        }
    }

    private static let late = "nobody confirmed it in time"
}
