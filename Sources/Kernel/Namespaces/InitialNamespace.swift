import Glibc

/// The network namespace that the kernel booted with, and the link to enter it by.
struct InitialNamespace {
    var inode: UInt64
    var path: String

    /// Its inode since Linux 6.18 (`include/uapi/linux/nsfs.h:NET_NS_INIT_INO`); before, any may have been given to it.
    ///
    /// Numbers that are given out begin at 0xF0000000 (`fs/proc/generic.c:PROC_DYNAMIC_FIRST`), so no other has this one.
    static let fixedInode: UInt64 = 0xEFFF_FFF9

    /// Finds it by process 1, by a kernel thread, or by what the caller's own namespace holds.
    ///
    /// In a container process 1 is the container's, and its namespace mostly another: then only the caller's own
    /// namespace can be told to be the initial one, as with Docker's `--network host`.
    static func read(root: Root) throws(KernelError) -> InitialNamespace {
        if root.isHost, holdsCallingThread() == true {
            return InitialNamespace(
                inode: try NamespaceLink.read("thread-self", root: root),
                path: NamespaceLink.path("self"))
        }
        guard ProcessNamespace.isInitial(root: root) != false else {
            throw KernelError(
                "find", "the host's network namespace", code: ENOENT,
                detail: "it is not visible in a container; run tcptune on the host")
        }
        return try ofProcessOne(root: root)
    }

    /// Whether the calling thread is in it, told by a file that is there alone; nil where /proc/sys tells nothing.
    ///
    /// `tcp_max_orphans` is one value for the host and registered for `init_net` only, the range of ports for every
    /// namespace (`net/ipv4/sysctl_net_ipv4.c:ipv4_table, ipv4_net_table`).
    static func holdsCallingThread() -> Bool? {
        if Root.host.exists("/proc/sys/net/ipv4/tcp_max_orphans") { return true }
        return Root.host.exists("/proc/sys/net/ipv4/ip_local_port_range") ? false : nil
    }

    /// Whether a namespace is the initial one; nil where that is not known.
    static func holds(_ inode: UInt64, knowing initial: UInt64?) -> Bool? {
        inode == fixedInode ? true : initial.map { $0 == inode }
    }

    /// Reads the link of process 1, or that of the first kernel thread where process 1 refuses.
    ///
    /// A security module may protect process 1 even from root. Kernel threads keep the namespace that the kernel booted
    /// with (`init/init_task.c`), in which process 1 lives; within a PID namespace there are none.
    private static func ofProcessOne(root: Root) throws(KernelError) -> InitialNamespace {
        do throws(KernelError) {
            return try InitialNamespace(process: "1", root: root)
        } catch {
            guard error.isDenied else { throw error }
            if let stat = try? root.bytes(ProcessStat.path(2), expecting: 1024),
                ProcessStat.isKernelThread(stat.span) == true,
                let initial = try? InitialNamespace(process: "2", root: root)
            {
                return initial
            }
            var error = error
            error.detail = MissingRights.remedy
            throw error
        }
    }

    private init(process: String, root: Root) throws(KernelError) {
        inode = try NamespaceLink.read(process, root: root)
        path = NamespaceLink.path(process)
    }

    private init(inode: UInt64, path: String) {
        self.inode = inode
        self.path = path
    }
}
