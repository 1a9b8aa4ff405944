import Kernel
import Synchronization

/// A trial on a thread of its own, where it may enter namespaces.
final class TrialThread: Sendable {
    private let trial = Mutex<Trial?>(nil)
    private let failure = Mutex<LabError?>(nil)
    private let body: @Sendable () throws(LabError) -> Trial
    private let thread = Mutex<TrafficThread<Bool>?>(nil)

    private init(_ body: @escaping @Sendable () throws(LabError) -> Trial) { self.body = body }

    static func start(
        _ body: @escaping @Sendable () throws(LabError) -> Trial
    ) throws(LabError) -> TrialThread {
        let started = TrialThread(body)
        do throws(KernelError) {
            let thread = try TrafficThread.start { () throws(KernelError) in
                started.run()
                return true
            }
            started.thread.withLock { $0 = thread }
        } catch { throw LabError(error) }
        return started
    }

    private func run() {
        do throws(LabError) {
            let made = try body()
            trial.withLock { $0 = made }
        } catch {
            failure.withLock { $0 = error }
        }
    }

    /// Waits for its end and gives what it measured.
    func join() throws(LabError) -> Trial {
        do throws(KernelError) {
            _ = try thread.withLock { $0.take() }?.join()
        } catch { throw LabError(error) }
        if let failure = failure.withLock({ $0 }) { throw failure }
        guard let trial = trial.withLock({ $0 }) else {
            throw LabError(.failed, "a trial ended without a result")
        }
        return trial
    }
}
