import Synchronization

/// Work that is done once, by whichever of two threads comes to it first; the other waits for what it gives.
final class Deferred<Value: Sendable>: Sendable {
    private let made = Mutex<Value?>(nil)
    private let body: @Sendable () -> Value

    init(_ body: @escaping @Sendable () -> Value) { self.body = body }

    /// Does it on this thread, unless it is done or another thread is at it.
    var value: Value {
        made.withLock { made in
            if let made { return made }
            let value = body()
            made = value
            return value
        }
    }
}
