import Kernel
import Model
import Report
import Tuning

/// Where commands that change a host do their work: under the lock, what was left half done finished first.
enum Workbench {
    /// Runs the body in a namespace, holding the journal.
    ///
    /// - Parameters:
    ///   - command: the words to type as root, for whoever is not.
    ///   - unwritten: gives the result where the state cannot be written, a file system that is read-only or full, and none has to
    ///     be; nil where one has.
    static func run<Result: Sendable>(
        in place: NetworkNamespace? = nil, command: String,
        whereNothingCanBeWritten unwritten: (@Sendable () throws(Refusal) -> Result?)? = nil,
        _ body: @escaping @Sendable (borrowing Journal, Recovery) throws(Refusal) -> Result
    ) throws -> Result {
        guard Caller.isRoot else { throw CommandFailure.needsRoot(command) }
        return try inside(place) { () throws(Refusal) in
            var isReady = false
            do throws(Refusal) {
                guard BootClock.isMachines else { throw unknownClock }
                let journal = try Journal.open()
                // Whatever comes of it: also where it fails, something may have been reverted.
                defer { AppliedPublication.publish(journal) }
                let recovery = try Recovery.run(journal: journal)
                say(recovery)
                if let rollback = recovery.rollback, rollback.record.state == .partial {
                    throw Refusal(
                        .partial,
                        "tcptune could not fully revert transaction \(rollback.record.id.prefix(8)), "
                            + "and does nothing else before that is done")
                }
                isReady = true
                return try body(journal, recovery)
            } catch {
                guard !isReady, error.kind == .failed, let result = try unwritten?() else {
                    throw error
                }
                Tcptune.say("tcptune: \(error.description); tcptune has nothing to write")
                return result
            }
        }
    }

    /// Deadlines are times of the machine's clock.
    static let unknownClock = Refusal(
        .unavailable,
        "tcptune cannot compare this time namespace's clock with the host's clock (/proc/self/timens_offsets), so it cannot keep "
            + "a deadline here; tcptune changed nothing: run it outside the time namespace"
    )

    /// Finishes what was left half done, for a command that changes nothing itself: one that may not, or finds another at work,
    /// goes on without.
    static func recoverIfPossible() throws(Refusal) {
        guard Caller.isRoot else { return }
        do throws(Refusal) {
            guard BootClock.isMachines else { throw unknownClock }
            say(try recover())
        } catch {
            switch error.kind {
            case .locked: return
            case .failed, .unavailable:
                Tcptune.say(
                    "tcptune: could not check for an interrupted change: \(error.description)"
                )
            default: throw error
            }
        }
    }

    /// Finishes what was left half done, and publishes what is applied then.
    static func recover() throws(Refusal) -> Recovery {
        guard let journal = try Journal.openIfPresent() else {
            AppliedPublication.publishWithoutState()
            return Recovery()
        }
        defer { AppliedPublication.publish(journal) }
        return try Recovery.run(journal: journal)
    }

    private static func say(_ recovery: Recovery) {
        let lines = RecoveryText.lines(
            rollback: recovery.rollback, confirmed: recovery.confirmation?.record,
            pending: recovery.pending, isRearmed: recovery.rearmed,
            isGuardUnseen: recovery.isGuardUnseen)
        for line in lines { Tcptune.say("tcptune: \(line)") }
    }

    /// Runs the body in a namespace.
    static func inside<Result: Sendable>(
        _ place: NetworkNamespace?,
        _ body: @escaping @Sendable () throws(Refusal) -> Result
    ) throws -> Result {
        do {
            guard let place else { return try body() }
            let outcome = try place.run {
                () throws(KernelError) -> Swift.Result<Result, Refusal> in
                do throws(Refusal) { return .success(try body()) } catch {
                    return .failure(error)
                }
            }
            return try outcome.get()
        } catch let error as Refusal {
            throw CommandFailure(error)
        } catch let error as KernelError {
            throw CommandFailure.working(error)
        }
    }
}

extension CommandFailure {
    init(signal: Int32, message: String) {
        self.init(status: ExitStatus(signal: signal), message: message)
    }

    static func interrupted(by signal: Int32) -> CommandFailure {
        CommandFailure(signal: signal, message: "interrupted; every value is as it was before")
    }

    static func needsRoot(_ command: String) -> CommandFailure {
        CommandFailure(
            status: .noPrivilege,
            message: "only root may change settings; as root: sudo tcptune \(command)")
    }
}
