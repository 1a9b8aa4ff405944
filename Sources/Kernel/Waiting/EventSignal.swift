import CNetlink
import Glibc

/// Tells those who wait that it is time; once rung it stays so until it is hushed (eventfd(2)).
package final class Bell: Sendable {
    private let descriptor: FileDescriptor

    package init() throws(KernelError) {
        descriptor = FileDescriptor(
            owning: try systemCall("make", "a bell") {
                eventfd(0, CInt(EFD_CLOEXEC | EFD_NONBLOCK))
            })
    }

    package func ring() {
        var one: UInt64 = 1
        unsafe _ = write(descriptor.number, &one, 8)
    }

    /// Takes the ring back, so that the next is heard.
    package func hush() {
        var count: UInt64 = 0
        unsafe _ = read(descriptor.number, &count, 8)
    }

    package var waitable: Waitable { Waitable(descriptor: descriptor.number) }

    /// Waits until it is rung, or so long and up to a millisecond more; true where it was.
    package func wait(nanoseconds: Int64) -> Bool {
        var rung = pollfd(fd: descriptor.number, events: Int16(POLLIN), revents: 0)
        let milliseconds = (max(nanoseconds, 0) + 999_999) / 1_000_000
        return unsafe poll(&rung, 1, CInt(clamping: milliseconds)) > 0
    }
}
