import Glibc

/// A thread that does one thing and is waited for.
enum OwnThread {
    /// Holds the work while it passes through the C interface.
    private final class Work: Sendable {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    static func runToEnd(_ body: @escaping @Sendable () -> Void) throws(KernelError) {
        let work = unsafe Unmanaged.passRetained(Work(body))
        var thread = pthread_t()
        let code = unsafe pthread_create(
            &thread, nil,
            { argument in
                guard let argument = unsafe argument else { return nil }
                let work = unsafe Unmanaged<Work>.fromOpaque(argument).takeRetainedValue()
                work.body()
                return nil
            }, work.toOpaque())
        guard code == 0 else {
            unsafe work.release()
            throw KernelError("start", "thread", code: code)
        }
        pthread_join(thread, nil)
    }
}
