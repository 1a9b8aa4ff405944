/// The network namespace of process 1, and the link to enter it by.
struct InitialNamespace {
    var inode: UInt64
    var path: String

    /// Reads the link of process 1, or that of the first kernel thread where process 1 refuses.
    ///
    /// A security module may protect process 1 even from root. Kernel threads keep the namespace that the kernel booted
    /// with (`init/init_task.c`), in which process 1 lives; within a PID namespace there are none.
    static func read(root: Root) throws(KernelError) -> InitialNamespace {
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
}
