import Glibc
import HostState

/// Waits between two snapshots, and counts the connections that end meanwhile.
struct IntervalWatch: Sendable {
    /// One for each namespace, nil where its announcements cannot be had.
    let events: [DestroyEvents?]

    /// Waits until that time of CLOCK_BOOTTIME.
    ///
    /// Announcements are taken in as they come: a queue that is full loses them.
    func wait(until end: Double) throws(KernelError) {
        var descriptors = events.compactMap { $0 }.map {
            pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0)
        }
        while true {
            let left = end - BootClock.now
            guard left > 0 else { break }
            let milliseconds = CInt(min(left * 1000 + 1, 60_000))
            let count = nfds_t(descriptors.count)
            _ = try systemCall("wait for", SocketDump.family) {
                unsafe poll(&descriptors, count, milliseconds)
            }
            for event in events { try event?.drain() }
        }
    }
}
