import Glibc

@testable import Kernel

/// What the user that runs the tests may do.
enum Rights {
    /// True for root of the whole host; root of a user namespace cannot become another user or see all processes.
    static let isRoot: Bool = {
        guard geteuid() == 0, let map = try? Root.host.text("/proc/self/uid_map") else {
            return false
        }
        return map.split(separator: " ").last.map { $0.hasPrefix("4294967295") } ?? false
    }()
}
