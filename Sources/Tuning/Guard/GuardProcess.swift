import Kernel

/// The process that takes a transaction back where nobody confirms it, its command died, or the host suffers from it.
///
/// It lives in a session of its own, with its memory locked, and does nothing until it is woken.
package struct GuardProcess: ~Copyable {
    /// The first word of its command line.
    package static let word = "guard"

    private let id: String
    private let timer: DeadlineTimer
    private let watch: DirectoryWatch
    private let signals: HeldSignals
    private var line: DetachedLine?
    private var patrol: Patrol?
    private let memory = LockedMemory()

    /// Watches over the transaction of that id until it is settled.
    package static func run(_ id: String) throws(TuningError) {
        guard Caller.isRoot else { throw TuningError(.noPrivilege, "only root may guard settings") }
        guard let record = try Journal.glance(), record.id == id, !record.isSettled else {
            throw TuningError(.noTransaction, "there is no transaction \(id) to guard")
        }
        var guardian = try TuningError.kernel { () throws(KernelError) in
            try make(record)
        }
        rehearse(record)
        try guardian.watchOver(record)
    }

    private init(
        id: String, timer: consuming DeadlineTimer, watch: consuming DirectoryWatch,
        signals: HeldSignals
    ) {
        self.id = id
        self.timer = timer
        self.watch = watch
        self.signals = signals
        line = DetachedLine()
    }

    private static func make(_ record: TransactionRecord) throws(KernelError) -> GuardProcess {
        let signals = try HeldSignals.hold()
        let timer = try DeadlineTimer.make()
        try timer.set(to: record.deadlineSeconds ?? 0)
        guard let directory = try StateDirectory.open(Journal.path, .owner) else {
            throw KernelError("watch", Journal.path, code: KernelError.noSuchFile)
        }
        return GuardProcess(
            id: record.id, timer: timer, watch: try directory.watch(), signals: signals)
    }

    /// Goes through what a rollback reads and makes, so that its room is there when it is needed.
    private static func rehearse(_ record: TransactionRecord) {
        guard var host = try? HostKnobs() else { return }
        for knob in record.knobs { _ = host.value(of: knob.key) }
        _ = try? TransactionRecord(bytes: record.bytes)
        _ = try? BootIdentity.read()
    }

    private mutating func watchOver(_ record: TransactionRecord) throws(TuningError) {
        try TuningError.kernel { () throws(KernelError) in try line?.acknowledge() }
        while true {
            let reason: String?
            do throws(TuningError) { reason = try reasonToAct() } catch {
                // Who cannot wait any longer must not leave the change behind.
                reason = "its guard could not watch any longer: \(error.description)"
            }
            guard let reason, !takeBack(reason) else { return }
        }
    }

    /// Waits until something must be done; nil where the transaction needs no guard any more.
    private mutating func reasonToAct() throws(TuningError) -> String? {
        while true {
            let ready = try wait()
            if let signal = signals.next(), signal != HeldSignals.hangUp {
                return "its guard was told to end (signal \(signal))"
            }
            watch.clear()
            guard let record = try? Journal.glance() else {
                // Taken away, or not to be read for the moment: only the deadline decides then.
                if try isGone() { return nil }
                if ready.deadline { return Self.late }
                continue
            }
            guard record.id == id, record.state != .confirming, !record.isSettled else {
                return nil
            }
            // Another command is at it, or was: when the lock is free it is done, or to be done.
            if record.state == .rollingBack || record.state == .partial { return record.reason }
            let isWritten = record.state == .applied
            if isWritten { startPatrol(record) }
            if ready.lineEnded {
                line = nil
                if !isWritten { return "the command that applied it ended in the middle" }
            }
            if let deadline = record.deadlineSeconds {
                if deadline <= BootClock.now { return Self.late }
                try TuningError.kernel { () throws(KernelError) in try timer.set(to: deadline) }
            }
            if let complaint = patrol?.complaint() { return complaint }
        }
    }

    private func isGone() throws(TuningError) -> Bool {
        let bytes = try? TuningError.kernel { () throws(KernelError) in
            try StateDirectory.open(Journal.path, .owner)?.mode(of: Journal.transaction)
        }
        return bytes == .some(.none)
    }

    private mutating func wait() throws(TuningError) -> (deadline: Bool, lineEnded: Bool) {
        var waitables = [timer.waitable, watch.waitable, signals.waitable]
        if let line { waitables.append(line.waitable) }
        memory.giveTextBack()
        let ready = try TuningError.kernel { () throws(KernelError) in
            try Waitable.wait(for: waitables, atMost: patrol?.interval)
        }
        return (ready[0], ready.count > 3 && ready[3])
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
