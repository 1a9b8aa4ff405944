import Glibc

/// A process that cannot be mistaken for a later one of the same number.
package struct ProcessIdentity: Sendable, Hashable {
    package var pid: Int32
    /// When it started, in clock ticks since boot (`/proc/PID/stat`, field 22).
    package var started: Int64

    package init(pid: Int32, started: Int64) {
        self.pid = pid
        self.started = started
    }

    /// The calling process.
    package static var own: ProcessIdentity {
        ProcessIdentity(pid: getpid(), started: started(getpid()) ?? 0)
    }

    /// The process of that number, nil where there is none.
    package init?(pid: Int32) {
        guard let started = Self.started(pid) else { return nil }
        self.init(pid: pid, started: started)
    }

    /// True where it is the calling process, which may not be able to read its own start for want of descriptors.
    package var isOwn: Bool { pid == getpid() }

    /// True while it runs; one that has ended and was not waited for does not.
    package var isAlive: Bool { Self.started(pid) == started }

    private static func started(_ pid: Int32) -> Int64? {
        guard let bytes = try? Root.host.bytes(ProcessStat.path(pid), expecting: 1024) else {
            return nil
        }
        return ProcessStat.start(bytes.span)
    }
}
