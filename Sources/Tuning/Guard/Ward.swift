package import Kernel

/// A transaction's guard, as the command sees it that armed it.
///
/// As long as the command lives it holds a line to the guard; where the line ends before all is written, the guard acts at
/// once.
package final class Ward: Sendable {
    package let guardian: ProcessIdentity
    private let process: DetachedProcess

    private init(guardian: ProcessIdentity, process: consuming DetachedProcess) {
        self.guardian = guardian
        self.process = process
    }

    /// How long a guard may take until it watches, in seconds.
    private static let patience = 5.0

    /// Starts a guard and waits until it says that it watches.
    static func arm(for record: TransactionRecord) throws(TuningError) -> Ward {
        do throws(KernelError) {
            let process = try DetachedProcess.start([GuardProcess.word, record.id])
            guard try process.hears(within: patience) else {
                process.end()
                throw KernelError(
                    "arm", "the guard", code: KernelError.noSuchProcess,
                    detail: "it did not say that it watches")
            }
            guard let guardian = ProcessIdentity(pid: process.pid) else {
                throw KernelError("arm", "the guard", code: KernelError.noSuchProcess)
            }
            return Ward(guardian: guardian, process: process)
        } catch {
            throw TuningError(.guardMissing, error.description)
        }
    }
}
