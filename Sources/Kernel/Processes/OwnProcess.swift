import CNetlink
import Glibc
import Model

/// What this process itself holds of the machine.
package enum OwnProcess {
    /// Bytes of address space and in memory: `/proc/self/statm`, the first two numbers, in pages; nil where it cannot be read.
    package static var memory: (virtual: Int64, resident: Int64)? {
        guard let text = try? Root.host.text("/proc/self/statm") else { return nil }
        let pages = text.split(separator: " ").compactMap { Int64($0) }
        guard pages.count > 1 else { return nil }
        let size = Int64(getpagesize())
        return (pages[0] * size, pages[1] * size)
    }

    /// How many descriptors are open, without the one that it takes to look.
    package static var descriptors: Int? {
        (try? Root.host.names(in: "/proc/self/fd")).map { max($0.count - 1, 0) }
    }

    /// How many may be: the soft limit.
    package static var descriptorLimit: Int? {
        var limit = rlimit()
        guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
            return nil
        }
        return Int(exactly: limit.rlim_cur)
    }

    /// When it started, in seconds since 1970, as the clock stands now.
    package static var started: Double {
        // USER_HZ is 100 everywhere.
        WallClock.now - BootClock.now + Double(ProcessIdentity.own.started) / 100
    }
}
