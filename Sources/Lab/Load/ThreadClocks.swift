import Synchronization
import Testbed

/// The clocks of the threads of one side, read from beside.
final class ThreadClocks: Sendable {
    private let clocks = Mutex<[ThreadClock]>([])

    /// Adds that of the calling thread.
    func addOwn() { clocks.withLock { $0.append(.own) } }

    /// Nanoseconds that they have used of processors together.
    var used: Int64 { clocks.withLock { $0.reduce(0) { $0 + ($1.used ?? 0) } } }
}
