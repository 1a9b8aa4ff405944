import CNetlink
import Glibc

/// Goes off at a time of CLOCK_BOOTTIME, which nobody can set and which goes on while the machine sleeps.
package struct DeadlineTimer: ~Copyable {
    private let descriptor: FileDescriptor

    private init(descriptor: consuming FileDescriptor) { self.descriptor = descriptor }

    package static func make() throws(KernelError) -> DeadlineTimer {
        DeadlineTimer(
            descriptor: FileDescriptor(
                owning: try systemCall("make", "a timer") {
                    timerfd_create(
                        CLOCK_BOOTTIME, CInt(TFD_CLOEXEC | TFD_NONBLOCK))
                }))
    }

    /// Sets the time, in seconds of `BootClock`; one that has passed makes it go off at once.
    package func set(to deadline: Double) throws(KernelError) {
        let time = max(deadline + BootClock.ahead, 1e-6)
        var setting = itimerspec()
        setting.it_value.tv_sec = Int(time)
        setting.it_value.tv_nsec = min(Int((time - time.rounded(.down)) * 1e9), 999_999_999)
        if setting.it_value.tv_sec == 0, setting.it_value.tv_nsec == 0 {
            setting.it_value.tv_nsec = 1
        }
        _ = try systemCall("set", "a timer") {
            unsafe timerfd_settime(
                descriptor.number, CInt(TFD_TIMER_ABSTIME), &setting, nil)
        }
    }

    package var waitable: Waitable { Waitable(descriptor: descriptor.number) }
}
