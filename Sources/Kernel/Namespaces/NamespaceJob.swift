import Glibc
import Synchronization

/// Work for another thread, and the place where its result waits.
final class NamespaceJob<Value: Sendable>: Sendable {
    private let body: @Sendable () throws(KernelError) -> Value
    private let outcome = Mutex<Result<Value, KernelError>?>(nil)

    init(_ body: @escaping @Sendable () throws(KernelError) -> Value) { self.body = body }

    func run() {
        do throws(KernelError) {
            let value = try body()
            outcome.withLock { $0 = .success(value) }
        } catch {
            outcome.withLock { $0 = .failure(error) }
        }
    }

    func result() throws(KernelError) -> Value {
        guard let outcome = outcome.withLock({ $0 }) else {
            throw KernelError("wait for", "thread", code: ESRCH)
        }
        return try outcome.get()
    }
}
