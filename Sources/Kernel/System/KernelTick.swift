import CNetlink
import Glibc

/// How often the kernel's own clock ticks: HZ, as it was built.
package enum KernelTick {
    /// 100, 250, 300 or 1000; nil where the kernel does not tell.
    ///
    /// The coarse clocks advance once a tick, and their resolution is its length
    /// (kernel/time/posix-timers.c:posix_get_coarse_res); sysconf(3) tells USER_HZ, which is 100 everywhere.
    package static let perSecond: Int64? = {
        var resolution = timespec()
        guard unsafe clock_getres(CLOCK_MONOTONIC_COARSE, &resolution) == 0,
            resolution.tv_sec == 0, resolution.tv_nsec > 0
        else { return nil }
        let tick = Int64(resolution.tv_nsec)
        return (1_000_000_000 + tick / 2) / tick
    }()
}
