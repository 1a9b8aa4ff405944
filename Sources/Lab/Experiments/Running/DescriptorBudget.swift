import Kernel
import Model
import Synchronization

/// The descriptors that the process may open (RLIMIT_NOFILE), for the runs that share them.
///
/// A run that found none would wait for what never comes: it begins when there are enough for it.
package final class DescriptorBudget: Sendable {
    /// Of the process itself: standard streams, signals, a file for the report.
    private static let own = 32
    private let limit: Int
    private let taken = Mutex(0)

    /// - Parameter limit: of the process.
    package init(limit: Int) { self.limit = limit }

    /// Takes so many, and waits until others have given theirs where too few are left.
    ///
    /// - Throws: where there will never be enough.
    func take(_ count: Int, for name: String, unless stop: StopSign) throws(Refusal) {
        guard count + Self.own <= limit else {
            throw Refusal(
                .failed,
                "\(name) needs \(count + Self.own) file descriptors, but the limit of this process is \(limit): raise it with ulimit -n \(count + Self.own)"
            )
        }
        while !stop.isSet {
            let isTaken = taken.withLock { taken in
                guard taken + count + Self.own <= limit else { return false }
                taken += count
                return true
            }
            if isTaken { return }
            LoadClock.rest(milliseconds: 5)
        }
        taken.withLock { $0 += count }
    }

    func give(_ count: Int) { taken.withLock { $0 -= count } }
}
