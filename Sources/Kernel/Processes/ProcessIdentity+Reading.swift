import Glibc
package import Model

extension ProcessIdentity {
    /// The calling process.
    package static var own: ProcessIdentity {
        ProcessIdentity(
            pid: getpid(), started: started(getpid()) ?? 0, namespace: ProcessNamespace.name)
    }

    /// False where its number is of another PID namespace than the caller's: nothing here tells whether it lives.
    package var isVisible: Bool {
        guard let namespace, let own = ProcessNamespace.name else { return true }
        return namespace == own
    }

    /// The same, with the PID namespace that its number is of: the caller's.
    package var located: ProcessIdentity {
        ProcessIdentity(pid: pid, started: started, namespace: ProcessNamespace.name)
    }

    /// The process of that number, nil where there is none.
    package init?(pid: Int32) {
        guard let started = Self.started(pid) else { return nil }
        self.init(pid: pid, started: started)
    }

    /// True where it is the calling process, which may not be able to read its own start for want of descriptors.
    package var isOwn: Bool { pid == getpid() && isVisible }

    /// True while it runs; one that has ended and was not waited for does not.
    ///
    /// In a time namespace the start is rounded to a tick after it was set apart: one read elsewhere may be one tick off.
    package var isAlive: Bool { Self.started(pid).map { abs($0 - started) <= 1 } ?? false }

    private static func started(_ pid: Int32) -> Int64? {
        guard let bytes = try? Root.host.bytes(ProcessStat.path(pid), expecting: 1024) else {
            return nil
        }
        return ProcessStat.start(bytes.span).map { $0 - ticksAhead }
    }

    /// What the kernel has added for the reader's time namespace (fs/proc/array.c:do_task_stat): USER_HZ is 100 everywhere.
    private static let ticksAhead = (TimeNamespace.bootOffset ?? 0) / 10_000_000
}
