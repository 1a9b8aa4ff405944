import Kernel

/// Seconds since the beginning of a trace, to the microsecond.
struct TraceClock: Sendable {
    private let start = LoadClock.now

    var now: Double { Double((LoadClock.now - start + 500) / 1000) / 1e6 }

    /// From a time of CLOCK_MONOTONIC in nanoseconds.
    func seconds(at nanoseconds: Int64) -> Double {
        Double((nanoseconds - start + 500) / 1000) / 1e6
    }

    /// How long it is until then, in nanoseconds; 0 where that is past.
    func nanoseconds(until deadline: Double) -> Int64 {
        Int64(min(max(deadline - now, 0), 86_400) * 1e9)
    }
}
