import NIOCore
import Synchronization

/// The way back to an event loop, closed before the loop ends: a hash may take longer than the server lives.
final class LoopGate: Sendable {
    private let loop: any EventLoop
    private let isOpen = Mutex(true)

    init(_ loop: any EventLoop) { self.loop = loop }

    /// Does nothing once it is closed.
    func execute(_ task: @escaping @Sendable () -> Void) {
        isOpen.withLock { isOpen in
            if isOpen { loop.execute(task) }
        }
    }

    func close() { isOpen.withLock { $0 = false } }
}
