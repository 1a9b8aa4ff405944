import Kernel
import Synchronization

/// Where the threads of a client begin together, and wait with what they hold until it has been counted.
final class LoadGate: Sendable {
    private let expected: Int
    private let arrived = Atomic<Int>(0)
    private let finished = Atomic<Int>(0)
    /// Rung when all have done their part.
    let isFinished: EventSignal
    private let time = Atomic<Int64>(0)
    /// Set when connections that stay open may be closed.
    let mayClose = StopSign()

    init(threads: Int) throws(KernelError) {
        expected = threads
        isFinished = try EventSignal()
    }

    /// When all began; nil before.
    var beginning: Int64? {
        let time = time.load(ordering: .acquiring)
        return time == 0 ? nil : time
    }

    /// Waits for the others; the time at which all begin.
    func begin() -> Int64 {
        arrive()
        while true {
            if let beginning { return beginning }
            LoadClock.rest(milliseconds: 1)
        }
    }

    private func arrive() {
        guard arrived.add(1, ordering: .acquiringAndReleasing).newValue == expected else { return }
        time.store(LoadClock.now, ordering: .releasing)
    }

    /// The calling thread has done its part, and waits until it may close.
    func finish() {
        leave()
        while !mayClose.isSet { LoadClock.rest(milliseconds: 1) }
    }

    /// The calling thread could not begin; the others do without it.
    func fail() {
        arrive()
        leave()
    }

    private func leave() {
        let done = finished.add(1, ordering: .acquiringAndReleasing).newValue
        if done == expected { isFinished.set() }
    }
}
