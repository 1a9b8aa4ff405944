import Kernel
package import Model

/// A transaction's guard, as the command sees it that armed it.
///
/// Where systemd runs the guard is a service of its own: it outlives the session, and the service, of the command, and
/// comes back when it is killed. Elsewhere it is a process in a session of its own, to which the command holds a line as
/// long as it lives. Either way it acts at once where the command ends before all is written.
package final class ArmedGuard: Sendable {
    package let guardian: ProcessIdentity
    /// Nil for a service.
    private let process: DetachedProcess?

    private init(guardian: ProcessIdentity, process: consuming DetachedProcess?) {
        self.guardian = guardian
        self.process = process
    }

    /// How long a guard may take until it watches, in seconds.
    private static let patience = 5.0

    /// Starts a guard and waits until it says that it watches.
    static func arm(for record: TransactionRecord) throws(Refusal) -> ArmedGuard {
        if let guardian = service(for: record) {
            return ArmedGuard(guardian: guardian, process: nil)
        }
        do throws(KernelError) {
            try DetachedLife.requireEndlessTime()
            let process = try DetachedProcess.start([GuardProcess.word, record.id])
            guard try process.hears(within: patience) else {
                process.end()
                throw KernelError(
                    "arm", "the guard", code: KernelError.noSuchProcess,
                    detail: "it did not report that it is watching")
            }
            guard let guardian = ProcessIdentity(pid: process.pid) else {
                throw KernelError("arm", "the guard", code: KernelError.noSuchProcess)
            }
            return ArmedGuard(guardian: guardian, process: process)
        } catch {
            throw Refusal(.guardMissing, error.description)
        }
    }

    /// The guard as a service; nil where systemd does not run, or cannot do it for whatever reason: the other way is left.
    ///
    /// One that comes up too late finds the other one named in the record, and ends.
    private static func service(for record: TransactionRecord) -> ProcessIdentity? {
        let manager = ServiceManager(seeing: [Journal.path, Persistence.directory])
        return try? manager?.start(
            "tcptune-guard-\(record.id.prefix(8))", [GuardProcess.word, record.id],
            final: GuardProcess.needless, within: patience)
    }
}
