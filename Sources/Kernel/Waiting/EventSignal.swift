import CNetlink
import Glibc

/// Wakes those who wait; once set it stays so until it is cleared (eventfd(2)).
package final class EventSignal: Sendable {
    private let descriptor: FileDescriptor

    package init() throws(KernelError) {
        descriptor = FileDescriptor(
            owning: try systemCall("make", "an eventfd") {
                eventfd(0, CInt(EFD_CLOEXEC | EFD_NONBLOCK))
            })
    }

    package func set() {
        var one: UInt64 = 1
        unsafe _ = write(descriptor.number, &one, 8)
    }

    /// Clears it, so that the next time it is set wakes again.
    package func clear() {
        var count: UInt64 = 0
        unsafe _ = read(descriptor.number, &count, 8)
    }

    package var waitable: Waitable { Waitable(descriptor: descriptor.number) }

    /// Waits until it is set, or so long and up to a millisecond more; true if it was.
    package func wait(nanoseconds: Int64) -> Bool {
        var request = pollfd(fd: descriptor.number, events: Int16(POLLIN), revents: 0)
        let milliseconds = (max(nanoseconds, 0) + 999_999) / 1_000_000
        return unsafe poll(&request, 1, CInt(clamping: milliseconds)) > 0
    }
}
