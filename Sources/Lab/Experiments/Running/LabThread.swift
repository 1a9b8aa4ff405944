import Kernel
import Synchronization
import Testbed

/// Work of the lab on a thread of its own, where it may enter namespaces.
final class LabThread<Success: Sendable>: Sendable {
    private let success = Mutex<Success?>(nil)
    private let failure = Mutex<LabError?>(nil)
    private let isOver = Atomic<Bool>(false)
    private let body: @Sendable () throws(LabError) -> Success
    private let thread = Mutex<TrafficThread<Bool>?>(nil)

    private init(_ body: @escaping @Sendable () throws(LabError) -> Success) { self.body = body }

    static func start(
        _ body: @escaping @Sendable () throws(LabError) -> Success
    ) throws(LabError) -> LabThread {
        let started = LabThread(body)
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
            success.withLock { $0 = made }
        } catch {
            failure.withLock { $0 = error }
        }
        isOver.store(true, ordering: .releasing)
    }

    var isDone: Bool { isOver.load(ordering: .acquiring) }

    /// Waits for its end and gives what it made.
    func join() throws(LabError) -> Success {
        do throws(KernelError) {
            _ = try thread.withLock { $0.take() }?.join()
        } catch { throw LabError(error) }
        if let failure = failure.withLock({ $0 }) { throw failure }
        guard let success = success.withLock({ $0 }) else {
            throw LabError(.failed, "a thread of the lab ended without a result")
        }
        return success
    }
}
