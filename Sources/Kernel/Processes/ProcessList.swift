/// The processes of `/proc`, lowest number first.
enum ProcessList {
    static func read(root: Root) throws(KernelError) -> [Int32] {
        let directory = try root.open("/proc", flags: DirectoryFlags.open)
        var block = DirectoryBlock(room: 32768)
        var pids: [Int32] = []
        while try block.read(directory) {
            block.forEach { entry in
                if let pid = block.number(of: entry) { pids.append(pid) }
                return true
            }
        }
        // The kernel lists them in this order (fs/proc/base.c:proc_pid_readdir); a captured tree need not.
        for (one, next) in zip(pids, pids.dropFirst()) where one > next { return pids.sorted() }
        return pids
    }
}
