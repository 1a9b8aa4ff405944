package import Kernel
import Synchronization

/// Writes batches on a thread of its own: a disk that is slow, or that hangs, holds up no look.
package final class HistoryWriter: Sendable {
    private struct State: ~Copyable {
        var thread: SystemThread<Void>?
    }

    private let store: Mutex<HistoryStore>
    private let figures = Mutex<Figures>(Figures())
    private let state = Mutex(State())

    /// What the history costs.
    package struct Figures: Sendable {
        /// On the disk; nil before the first writing.
        package var bytes: Int64?
        /// Processor seconds of all writings.
        package var processor = 0.0
    }

    /// - Parameter say: called with a sentence, once for each kind of failure.
    package init(_ settings: HistoryStore.Settings, say: @escaping @Sendable (String) -> Void) {
        store = Mutex(HistoryStore(settings, say: say))
    }

    package var cost: Figures { figures.withLock { $0 } }

    /// Whether the batch before is written, so that another can be given.
    package var isFree: Bool { state.withLock { $0.thread?.isDone ?? true } }

    /// Begins to write a batch, after the one before.
    ///
    /// - Parameter clock: seconds since 1970.
    package func write(_ batch: Recorder.Batch, clock: Double) throws(KernelError) {
        try finish()
        let thread = try SystemThread.start { [self] () throws(KernelError) -> Void in
            let bytes = store.withLock { store in
                store.write(batch, clock: clock)
                return store.bytes
            }
            figures.withLock {
                $0.bytes = bytes
                // The thread does nothing else.
                $0.processor += ThreadClock.used
            }
        }
        state.withLock { $0.thread = thread }
    }

    /// Waits until all is written.
    package func finish() throws(KernelError) {
        try state.withLock { $0.thread.take() }?.join()
    }

    /// Waits until all is written, and leaves whole files.
    package func close() {
        try? finish()
        store.withLock { $0.close() }
    }
}
