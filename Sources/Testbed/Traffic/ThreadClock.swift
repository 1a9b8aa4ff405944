import CNetlink
import Glibc

/// What a thread of this process has used of a processor, as any other thread can read it.
package struct ThreadClock: Sendable, Hashable {
    private let clock: clockid_t

    /// That of the calling thread.
    package static var own: ThreadClock {
        // As the kernel numbers the clocks of threads: ~tid << 3, CPUCLOCK_PERTHREAD_MASK, CPUCLOCK_SCHED
        // (include/linux/posix-timers_types.h).
        ThreadClock(clock: ~tcptune_gettid() << 3 | 4 | 2)
    }

    /// Nanoseconds, in user space and in the kernel; nil where the thread has ended.
    package var used: Int64? {
        var time = timespec()
        guard unsafe clock_gettime(clock, &time) == 0 else { return nil }
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
