import Glibc

/// CLOCK_MONOTONIC in seconds, for how long something took.
package enum MonotonicClock {
    package static var now: Double { ClockReading.seconds(CLOCK_MONOTONIC) }
}

/// CLOCK_BOOTTIME in seconds, for the distance between snapshots: it goes on while the machine sleeps.
package enum BootClock {
    package static var now: Double { ClockReading.seconds(CLOCK_BOOTTIME) }
}

/// CLOCK_REALTIME in seconds since 1970.
package enum WallClock {
    package static var now: Double { ClockReading.seconds(CLOCK_REALTIME) }
}

private enum ClockReading {
    static func seconds(_ clock: clockid_t) -> Double {
        var time = timespec()
        unsafe _ = clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
