import Kernel
import Model

extension Rollback {
    /// Rolls the record back, and settles it where nothing is left to be done.
    ///
    /// A record that cannot be written does not keep the values from being put back: what they were is on the disk already.
    ///
    /// - Parameter boot: the boot id of now; the kernel is not touched for the record of another.
    static func run(
        _ record: TransactionRecord, reason: String, boot: String, journal: borrowing Journal
    ) throws(Refusal) -> Rollback {
        var rollback = Rollback(record: record)
        if rollback.record.reason.isEmpty { rollback.record.reason = reason }
        rollback.record.state = .rollingBack
        var unwritten: Refusal?
        do throws(Refusal) { try journal.store(rollback.record) } catch {
            unwritten = error
            rollback.isUnrecorded = true
        }
        // What cannot be read does not keep the values from being reverted either.
        var history: History?
        var stacks: KeyStacks?
        do throws(Refusal) {
            let read = try History.read()
            history = read
            if rollback.record.boot == boot {
                stacks = try KeyStacks(besides: rollback.record, history: read)
            }
        } catch {
            unwritten = unwritten ?? error
            rollback.isUnrecorded = true
        }
        rollback.restoreKernel(boot: boot, stacks: stacks)
        rollback.record.ending = TransactionRecord.Ending(
            number: max(history?.nextNumber ?? 0, record.number + 1), boot: boot)
        let fileFailure = rollback.takeOutOfFile(history)
        let failed =
            fileFailure != nil || rollback.record.knobs.contains { $0.outcome == .failed }
        rollback.record.state = failed ? .partial : .rolledBack
        rollback.record.deadline = nil
        do throws(Refusal) {
            try journal.store(rollback.record)
            rollback.isUnrecorded = history == nil
            if !failed {
                if rollback.record.undoesAll { try journal.closeAll(before: rollback.record) }
                try journal.archive(rollback.record)
            }
        } catch {
            unwritten = unwritten ?? error
        }
        if let fileFailure { rollback.remarks.append(fileFailure.description) }
        if let unwritten { rollback.remarks.append(unwritten.description) }
        rollback.namePlace()
        return rollback
    }

    /// Says of each value whose it is, where that is not the caller's namespace.
    private mutating func namePlace() {
        let here: NamespaceName?
        do throws(KernelError) { here = try NamespaceName.here() } catch { here = nil }
        if let here, here.isSame(as: record.namespace) { return }
        for index in record.knobs.indices { record.knobs[index].place = record.namespace }
    }

    /// Shows what another one did before as its own: of a value that both moved, from where the first found it.
    mutating func add(_ earlier: Rollback) {
        var added: [KnobImage] = []
        for knob in earlier.record.knobs {
            let own = record.knobs.firstIndex { one in
                guard one.key == knob.key else { return false }
                guard let place = one.place, let other = knob.place else {
                    return one.place == nil && knob.place == nil
                }
                return place.isSame(as: other)
            }
            guard let own, knob.outcome != .foreign || record.knobs[own].outcome == .foreign else {
                added.append(knob)
                continue
            }
            if knob.outcome == .restored {
                record.knobs[own].found = knob.found ?? record.knobs[own].found
            }
        }
        record.knobs = added + record.knobs
        remarks = earlier.remarks.filter { !remarks.contains($0) } + remarks
        fileIsForeign = fileIsForeign || earlier.fileIsForeign
        fileIsGone = fileIsGone || earlier.fileIsGone
        hasChangedFile = hasChangedFile || earlier.hasChangedFile
        isUnrecorded = isUnrecorded || earlier.isUnrecorded
    }

    /// - Parameter stacks: nil where they could not be read: then each value goes back to what its transaction found.
    private mutating func restoreKernel(boot: String, stacks: KeyStacks?) {
        guard record.boot == boot else {
            if record.knobs.contains(where: { !$0.isFound }) {
                remarks.append("the host rebooted since; tcptune did not touch its values")
            }
            if let words = LastingValues.words(of: [record]) { remarks.append(words) }
            return
        }
        var ours: [SysctlKey: Set<String>]?
        if let stacks, record.undoesAll {
            ours = [:]
            for knob in record.knobs { ours?[knob.key] = stacks.written(knob.key) }
        } else if let stacks {
            remarks += stacks.aim(&record)
        }
        let knobs = record.knobs
        let written = ours
        do throws(KernelError) {
            let outcome = try RecordedNamespace.run(record.namespace) {
                () throws(KernelError) -> [KnobImage] in
                var knobs = knobs
                if let written {
                    try Undo.restore(&knobs) { written[$0] ?? [] }
                } else {
                    try Undo.restore(&knobs)
                }
                return knobs
            }
            switch outcome {
            case .found(let restored): record.knobs = restored
            case .gone:
                remarks.append(
                    "network namespace \(record.namespace.name) is gone, and so are its values")
            case .notFound:
                fail(
                    "tcptune did not find network namespace \(record.namespace.name), and could not look "
                        + "everywhere: run tcptune recover as root of the host, where all processes are visible"
                )
            }
        } catch {
            fail(error.description)
        }
    }

    private mutating func fail(_ why: String) {
        remarks.append(why)
        for index in record.knobs.indices
        where ![.covered, .skipped].contains(record.knobs[index].outcome) {
            record.knobs[index].outcome = .failed
        }
    }

    /// Says of which keys a transaction whose record is damaged may have wanted something at boot, too.
    private mutating func nameUnknownLines(
        _ before: DropIn, _ after: DropIn, _ history: History
    ) {
        guard let damaged = history.damaged.first, !record.undoesAll else { return }
        let left = Set(after.entries.map(\.key))
        let gone = before.entries.map(\.key).filter { !left.contains($0) }
        guard !gone.isEmpty else { return }
        remarks.append(
            "\(damaged) is damaged: tcptune does not know whether it wants \(gone.joined(separator: ", ")) at boot; "
                + "\(Persistence.path) no longer sets \(gone.count == 1 ? "it" : "them")")
    }

    /// Takes this transaction's lines out of the boot-time file; what another one in force wants of a key comes back.
    private mutating func takeOutOfFile(_ history: History?) -> Refusal? {
        guard let persistence = record.persistence, !persistence.after.isEmpty else { return nil }
        guard let history else {
            return Refusal(
                .failed,
                "tcptune left \(Persistence.path): it could not read whose lines stay in it")
        }
        do throws(Refusal) {
            guard let now = try DropInFile.read() else { return nil }
            let present: DropIn
            do throws(Refusal) { present = try DropIn(parsing: now.bytes) } catch {
                fileIsForeign = true
                remarks.append(DropIn.left(error))
                return nil
            }
            let others = history.inForce.filter { other in
                other.id != record.id
                    && !(record.undoesAll && other.number < record.number)
            }
            let left = DropInFile.without(record, in: present, others: others)
            if left != present {
                try DropInFile.put(
                    left.entries.isEmpty
                        ? nil : FileImage(bytes: left.rendered(), mode: now.mode))
                hasChangedFile = true
                fileIsGone = left.entries.isEmpty
                nameUnknownLines(present, left, history)
            }
            return nil
        } catch {
            return error
        }
    }
}
