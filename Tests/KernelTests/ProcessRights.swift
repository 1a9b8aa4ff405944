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

    /// Whether another user can be become, and loads the libraries that these tests are made of.
    static let othersMayRunTests: Bool = {
        guard isRoot, let maps = try? Root.host.text("/proc/self/maps"),
            let library = maps.split(separator: "\n").first(where: {
                $0.hasSuffix("libswiftCore.so")
            })?
            .split(separator: " ").last,
            let child = try? ChildProcess([
                "setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", "test", "-r",
                String(library),
            ])
        else { return false }
        return (try? child.finish().status) == 0
    }()
}
