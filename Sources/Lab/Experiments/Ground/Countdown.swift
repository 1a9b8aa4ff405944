import Synchronization

/// So many times yes, then no: for a wire that loses the first few segments of a kind.
final class Countdown: Sendable {
    private let left: Mutex<Int>

    init(_ times: Int) { left = Mutex(times) }

    func takes() -> Bool {
        left.withLock { left in
            guard left > 0 else { return false }
            left -= 1
            return true
        }
    }
}
