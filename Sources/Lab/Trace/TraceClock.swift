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

    /// From a time of CLOCK_REALTIME in nanoseconds, by what lies between the two clocks now.
    func seconds(atTimeOfDay nanoseconds: Int64) -> Double {
        seconds(at: nanoseconds - (LoadClock.timeOfDay - LoadClock.now))
    }

    /// How long it is until then, in nanoseconds; 0 where that is past.
    func nanoseconds(until deadline: Double) -> Int64 {
        Int64(min(max(deadline - now, 0), 86_400) * 1e9)
    }
}
