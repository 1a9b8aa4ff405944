import CNetlink
import Glibc

/// How many descriptors the process may have.
package enum DescriptorLimit {
    /// Raises the limit to what the process may raise it to without a right; gives the limit.
    package static func raise() -> Int {
        var limit = rlimit()
        guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
            return 1024
        }
        let old = limit.rlim_cur
        limit.rlim_cur = limit.rlim_max
        let isRaised = unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0
        return Int(clamping: isRaised ? limit.rlim_max : old)
    }

    /// Raises the limit as far as may be, the hard one with CAP_SYS_RESOURCE, and looks whether so many more can be opened.
    ///
    /// - Throws: EMFILE where they cannot be, ENFILE where the whole host has none left.
    package static func makeRoom(for count: Int) throws(KernelError) {
        if raise() < 2 * count {
            var limit = rlimit()
            limit.rlim_cur = rlim_t(2 * count)
            limit.rlim_max = limit.rlim_cur
            unsafe _ = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        }
        guard DescriptorReserve(count).count < count else { return }
        throw KernelError("open \(count) descriptors", "(ulimit -n)", code: EMFILE)
    }

    /// Lowers it for the process, as a test of what happens at it.
    package static func lower(to count: Int) {
        var limit = rlimit()
        guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
            return
        }
        limit.rlim_cur = min(rlim_t(count), limit.rlim_max)
        unsafe _ = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
}
