import Kernel
import Model
import Synchronization

/// Work of the lab on a thread of its own, where it may enter namespaces.
final class LabThread<Success: Sendable>: Sendable {
    private let success = Mutex<Success?>(nil)
    private let failure = Mutex<Refusal?>(nil)
    private let isOver = Atomic<Bool>(false)
    private let body: @Sendable () throws(Refusal) -> Success
    private let thread = Mutex<TrafficThread<Bool>?>(nil)

    private init(_ body: @escaping @Sendable () throws(Refusal) -> Success) { self.body = body }

    static func start(
        _ body: @escaping @Sendable () throws(Refusal) -> Success
    ) throws(Refusal) -> LabThread {
        let started = LabThread(body)
        do throws(KernelError) {
            let thread = try TrafficThread.start { () throws(KernelError) in
                started.run()
                return true
            }
            started.thread.withLock { $0 = thread }
        } catch { throw Refusal(error) }
        return started
    }

    private func run() {
        do throws(Refusal) {
            let made = try body()
            success.withLock { $0 = made }
        } catch {
            failure.withLock { $0 = error }
        }
        isOver.store(true, ordering: .releasing)
    }

    var isDone: Bool { isOver.load(ordering: .acquiring) }

    /// Waits for its end and gives what it made.
    func join() throws(Refusal) -> Success {
        do throws(KernelError) {
            _ = try thread.withLock { $0.take() }?.join()
        } catch { throw Refusal(error) }
        if let failure = failure.withLock({ $0 }) { throw failure }
        guard let success = success.withLock({ $0 }) else {
            throw Refusal(.failed, "a thread of the lab ended without a result")
        }
        return success
    }
}
