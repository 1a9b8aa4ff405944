import Glibc
import Synchronization

/// A thread of our own, for work that must not run on a pool's: waiting in the kernel, or inside a namespace.
final class SystemThread<Success: Sendable>: Sendable {
    /// Two, not a Result of both: what that is made of is looked up at run time, among all that the program has.
    private let success = Mutex<Success?>(nil)
    private let failure = Mutex<KernelError?>(nil)
    private let body: @Sendable () throws(KernelError) -> Success
    private let handle = Mutex<pthread_t?>(nil)

    private init(_ body: @escaping @Sendable () throws(KernelError) -> Success) {
        self.body = body
    }

    /// Starts a thread that runs the body.
    static func start(
        _ body: @escaping @Sendable () throws(KernelError) -> Success
    ) throws(KernelError) -> SystemThread {
        let thread = SystemThread(body)
        var handle = pthread_t()
        let context = unsafe Unmanaged.passRetained(ThreadEntry { thread.run() })
        let code = unsafe pthread_create(
            &handle, nil,
            { context in
                guard let context = unsafe context else { return nil }
                let entry = unsafe Unmanaged<ThreadEntry>.fromOpaque(context)
                unsafe entry.takeRetainedValue().body()
                return nil
            }, context.toOpaque())
        guard code == 0 else {
            unsafe context.release()
            throw KernelError("start", "a thread", code: code)
        }
        thread.handle.withLock { $0 = handle }
        return thread
    }

    private func run() {
        do throws(KernelError) {
            let made = try body()
            success.withLock { $0 = made }
        } catch {
            failure.withLock { $0 = error }
        }
    }

    /// Waits for its end and gives what it made.
    func join() throws(KernelError) -> Success {
        if let handle = handle.withLock({ $0.take() }) { _ = pthread_join(handle, nil) }
        if let failure = failure.withLock({ $0 }) { throw failure }
        guard let success = success.withLock({ $0 }) else {
            throw KernelError("join", "a thread", code: ESRCH)
        }
        return success
    }
}

/// What pthread_create(3) is handed: a generic class has no C function of its own.
private final class ThreadEntry: Sendable {
    let body: @Sendable () -> Void

    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}
