import CNetlink
import Glibc

/// Times in nanoseconds, without floating point between.
package enum LoadClock {
    /// CLOCK_MONOTONIC.
    package static var now: Int64 { read(CLOCK_MONOTONIC) }

    /// CLOCK_REALTIME: since 1970.
    package static var timeOfDay: Int64 { read(CLOCK_REALTIME) }

    /// A time of CLOCK_REALTIME as CLOCK_MONOTONIC, by what lies between the two clocks now.
    package static func monotonic(ofTimeOfDay time: Int64) -> Int64 {
        var (before, day, after) = (now, timeOfDay, now)
        // Whoever is held up between two clocks reads them once more.
        var tries = 0
        while after - before > 20_000, tries < 8 {
            (before, day, after) = (now, timeOfDay, now)
            tries += 1
        }
        return after - (day - time)
    }

    /// What the calling thread has used of a processor, in user space and in the kernel (CLOCK_THREAD_CPUTIME_ID).
    package static var usedByThread: Int64 { read(CLOCK_THREAD_CPUTIME_ID) }

    private static func read(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        unsafe _ = clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }

    /// Waits.
    package static func rest(milliseconds: UInt32) { usleep(milliseconds * 1000) }

    /// Has the calling thread woken within a microsecond of the time it asked for; otherwise the kernel adds up to 50.
    package static func wakePrecisely() { _ = tcptune_set_timer_slack(1000) }
}
