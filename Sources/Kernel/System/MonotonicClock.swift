import CNetlink
import Glibc

/// CLOCK_MONOTONIC in seconds, for how long something took.
package enum MonotonicClock {
    package static var now: Double { ClockReading.seconds(CLOCK_MONOTONIC) }
}

/// CLOCK_BOOTTIME of the machine in seconds, for deadlines and the distance between snapshots: it goes on while the machine sleeps.
///
/// A process in a time namespace sees that clock set apart; what it writes down must be true outside as well.
package enum BootClock {
    package static var now: Double { ClockReading.seconds(CLOCK_BOOTTIME) - ahead }

    /// False in a time namespace whose clock cannot be held against the machine's: `now` is then that namespace's own.
    package static var isMachines: Bool { TimeNamespace.bootOffset != nil }

    /// By how many seconds this process's own clock is ahead.
    static let ahead = Double(TimeNamespace.bootOffset ?? 0) / 1e9
}

/// CLOCK_REALTIME in seconds since 1970.
package enum WallClock {
    package static var now: Double { ClockReading.seconds(CLOCK_REALTIME) }
}

/// CLOCK_PROCESS_CPUTIME_ID in seconds: what all threads of this process have used of a processor, in user space and in the kernel.
package enum ProcessClock {
    package static var used: Double { ClockReading.seconds(CLOCK_PROCESS_CPUTIME_ID) }
}

/// CLOCK_THREAD_CPUTIME_ID in seconds: what this thread alone has used of a processor.
package enum ThreadClock {
    package static var used: Double { ClockReading.seconds(CLOCK_THREAD_CPUTIME_ID) }
}

private enum ClockReading {
    static func seconds(_ clock: clockid_t) -> Double {
        var time = timespec()
        unsafe _ = clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
