import CNetlink
import Glibc
import Model

/// Waits between two snapshots, counts the connections that end meanwhile, and looks for unknown owners.
struct IntervalWatch: Sendable {
    /// One for each namespace, nil where its announcements cannot be had.
    let events: [DestroyEvents?]
    let owners: [OwnerWatch]

    /// Waits until that time of CLOCK_BOOTTIME.
    ///
    /// Announcements are taken in as they come: a queue that is full loses them.
    func wait(until end: Double) throws(KernelError) {
        var descriptors = events.compactMap { $0 }.map {
            pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0)
        }
        var nextLook = BootClock.now
        while true {
            let now = BootClock.now
            guard now < end else { break }
            let wakeUp = owners.isEmpty ? end : min(nextLook, end)
            let milliseconds = CInt(min(max(wakeUp - now, 0) * 1000 + 1, 60_000))
            let count = nfds_t(descriptors.count)
            _ = try systemCall("wait for", SocketDump.family) {
                unsafe poll(&descriptors, count, milliseconds)
            }
            for event in events { try event?.drain() }
            guard BootClock.now >= nextLook else { continue }
            var pause = 0.0
            for owner in owners { pause += try owner.look() }
            nextLook = BootClock.now + pause
        }
    }
}
