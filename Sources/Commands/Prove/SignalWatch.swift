import Kernel
import Lab
import Model
import Synchronization
import Testbed

/// Waits for the signals that end a process beside a long piece of work, and tells it to stop.
final class SignalWatch: Sendable {
    /// Set when one has come.
    let stop = StopSign()
    private let signals: HeldSignals
    private let isOver = StopSign()
    private let number = Mutex<Int32?>(nil)
    private let thread = Mutex<SystemThread<Bool>?>(nil)

    private init(_ signals: HeldSignals) { self.signals = signals }

    /// Holds them back from then on; without a thread yet.
    static func hold() throws -> SignalWatch {
        do throws(KernelError) { return SignalWatch(try HeldSignals.hold()) } catch {
            throw CommandFailure.working(error)
        }
    }

    func start() throws(Refusal) {
        do throws(KernelError) {
            let started = try SystemThread.start { [self] () throws(KernelError) in
                while !isOver.isSet {
                    _ = try Waitable.wait(for: [signals.waitable], atMost: 0.1)
                    if let signal = signals.next() {
                        number.withLock { $0 = $0 ?? signal }
                        stop.set()
                    }
                }
                return true
            }
            thread.withLock { $0 = started }
        } catch {
            throw Refusal(error)
        }
    }

    /// Ends the watch; the number of the first signal, if one came.
    func end() -> Int32? {
        isOver.set()
        _ = try? thread.withLock { $0.take() }?.join()
        return number.withLock { $0 }
    }
}
