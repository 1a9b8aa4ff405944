import CNetlink
import Glibc
import Synchronization

/// A thread of our own, for work that must not run on a pool's: waiting in the kernel, or inside a namespace.
package final class SystemThread<Success: Sendable>: Sendable {
    /// Two, not a Result of both: what that is made of is looked up at run time, among all that the program has.
    private let success = Mutex<Success?>(nil)
    private let failure = Mutex<KernelError?>(nil)
    private let body: @Sendable () throws(KernelError) -> Success
    private let handle = Mutex<pthread_t?>(nil)
    private let isOver = Atomic<Bool>(false)

    private init(_ body: @escaping @Sendable () throws(KernelError) -> Success) {
        self.body = body
    }

    /// Starts a thread that runs the body, in the namespace of its starter.
    ///
    /// - Parameter ownDescriptors: gives it a table of descriptors of its own, a copy of the process's: RLIMIT_NOFILE holds for
    ///   each table, and a table that no other thread has is neither locked nor counted references in
    ///   (`fs/file.c:alloc_fd`, `__fget_light`).
    package static func start(
        ownDescriptors: Bool = false, _ body: @escaping @Sendable () throws(KernelError) -> Success
    ) throws(KernelError) -> SystemThread {
        let thread = SystemThread(ownDescriptors ? withOwnDescriptors(body) : body)
        let handle = try create { thread.run() }
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
        isOver.store(true, ordering: .releasing)
    }

    private static func withOwnDescriptors(
        _ body: @escaping @Sendable () throws(KernelError) -> Success
    ) -> @Sendable () throws(KernelError) -> Success {
        { () throws(KernelError) in
            _ = try systemCall("have", "descriptors of its own") {
                tcptune_unshare(CInt(TCPTUNE_CLONE_FILES))
            }
            return try body()
        }
    }

    /// Whether it has made what it is to make, so that nobody waits in `join`.
    package var isDone: Bool { isOver.load(ordering: .acquiring) }

    /// Waits for its end and gives what it made.
    package func join() throws(KernelError) -> Success {
        if let handle = handle.withLock({ $0.take() }) { _ = pthread_join(handle, nil) }
        if let failure = failure.withLock({ $0 }) { throw failure }
        guard let success = success.withLock({ $0 }) else {
            throw KernelError("join", "a thread", code: ESRCH)
        }
        return success
    }
}

extension SystemThread where Success == Void {
    /// Starts a thread that nobody joins: the body tells by itself that it is through.
    ///
    /// It begins on another processor, if there is one, and is free from then on: on one of two the scheduler leaves it
    /// where it was made for 2 ms (measured, Linux 6.18), as long as all that it is to do.
    static func detach(_ body: @escaping @Sendable () -> Void) throws(KernelError) {
        let maker = tcptune_gettid()
        pthread_detach(
            try create(elsewhere: true) {
                tcptune_share_processors(maker)
                body()
            })
    }
}

extension SystemThread {
    private static func create(
        elsewhere: Bool = false, _ body: @escaping @Sendable () -> Void
    ) throws(KernelError) -> pthread_t {
        var attributes = pthread_attr_t()
        unsafe pthread_attr_init(&attributes)
        defer { unsafe pthread_attr_destroy(&attributes) }
        if elsewhere { unsafe tcptune_begin_elsewhere(&attributes) }
        var handle = pthread_t()
        let context = unsafe Unmanaged.passRetained(ThreadEntry(body))
        let code = unsafe pthread_create(
            &handle, &attributes,
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
        return handle
    }
}

/// What pthread_create(3) is handed: a generic class has no C function of its own.
private final class ThreadEntry: Sendable {
    let body: @Sendable () -> Void

    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}
