import Alerts
import Kernel
import Synchronization

/// Delivers to one receiver on a thread of its own: whoever hands it a message does not wait.
final class AlertCourier: Sendable {
    let receiver: AlertReceiver
    private let outbox: Mutex<any Outbox>
    private let wake: EventSignal
    private let isStopping = Atomic<Bool>(false)
    private let thread = Mutex<SystemThread<Void>?>(nil)
    private let deliver: @Sendable ([AlertMessage]) throws(DeliveryFailure) -> Void
    /// Hears of the first failure after a success.
    private let complain: @Sendable (String) -> Void

    init(
        to receiver: AlertReceiver, complain: @escaping @Sendable (String) -> Void,
        deliver: @escaping @Sendable ([AlertMessage]) throws(DeliveryFailure) -> Void
    ) throws(KernelError) {
        self.receiver = receiver
        self.deliver = deliver
        self.complain = complain
        outbox = Mutex(receiver.outbox)
        wake = try EventSignal()
        let thread = try SystemThread<Void>.start { [self] in run() }
        self.thread.withLock { $0 = thread }
    }

    var counts: DeliveryCounts { outbox.withLock { $0.counts } }

    func accept(_ messages: [AlertMessage]) {
        guard !messages.isEmpty else { return }
        let now = BootClock.now
        outbox.withLock { outbox in for message in messages { outbox.accept(message, at: now) } }
        wake.set()
    }

    /// Asks it to end when what is due is delivered.
    func stop() {
        isStopping.store(true, ordering: .releasing)
        wake.set()
    }

    /// Whether its thread has ended.
    var isOver: Bool { thread.withLock { $0?.isDone ?? true } }

    /// Lets its thread go, which has ended; always true.
    func join() -> Bool {
        try? thread.withLock { $0.take() }?.join()
        return true
    }

    private func run() {
        var hasFailed = false
        while true {
            let messages = outbox.withLock { $0.next(at: BootClock.now) }
            guard !messages.isEmpty else {
                if isStopping.load(ordering: .acquiring) { return }
                rest()
                continue
            }
            do throws(DeliveryFailure) {
                try deliver(messages)
                outbox.withLock { $0.noteDelivered(at: BootClock.now) }
                hasFailed = false
            } catch {
                let chance = Double.random(in: 0...1)
                outbox.withLock {
                    $0.noteFailure(isFinal: error.isFinal, at: BootClock.now, random: chance)
                }
                if !hasFailed { complain(error.reason) }
                hasFailed = true
            }
        }
    }

    /// Until something is due or comes.
    private func rest() {
        let due = outbox.withLock { $0.due }
        let seconds = due.map { max(0, $0 - BootClock.now) } ?? Self.longestRest
        _ = wake.wait(nanoseconds: Int64(min(seconds, Self.longestRest) * 1e9))
        wake.clear()
    }

    private static let longestRest = 3600.0
}
