import Kernel
import Synchronization

/// Seconds since the beginning of a trace, to the microsecond.
///
/// What watches is made before the beginning, so that its making is no part of what is measured.
final class TraceClock: Sendable {
    private let start = Atomic<Int64>(LoadClock.now)

    /// Begins anew, at 0.
    func restart() { start.store(LoadClock.now, ordering: .relaxed) }

    var now: Double { seconds(at: LoadClock.now) }

    /// From a time of CLOCK_MONOTONIC in nanoseconds.
    func seconds(at nanoseconds: Int64) -> Double {
        Double((nanoseconds - start.load(ordering: .relaxed) + 500) / 1000) / 1e6
    }

    /// Seconds by which two readings of two clocks may be apart.
    private static let leeway = 0.001

    /// When what was read at a time had come, by the kernel's note in nanoseconds of CLOCK_REALTIME; nil where it noted none,
    /// and where that clock was set meanwhile, which tells nothing.
    func arrival(_ nanoseconds: Int64?, readAt now: Double) -> Double? {
        guard let nanoseconds else { return nil }
        let came = seconds(at: LoadClock.monotonic(ofTimeOfDay: nanoseconds))
        return came >= -Self.leeway && came <= now + Self.leeway ? min(came, now) : nil
    }

    /// How long it is until then, in nanoseconds; 0 where that is past.
    func nanoseconds(until deadline: Double) -> Int64 {
        Int64(min(max(deadline - now, 0), 86_400) * 1e9)
    }
}
