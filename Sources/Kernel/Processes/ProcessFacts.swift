import CNetlink
import Glibc
package import Model

/// What is told of a process that owns sockets.
package enum ProcessFacts {
    /// Its name, unit and open files; nil for a process that has gone.
    package static func read(_ pid: Int32, root: Root) -> ProcessInUse? {
        guard let name = name(of: pid, root: root) else { return nil }
        return ProcessInUse(
            pid: pid, name: name, unit: unit(of: pid, root: root),
            openFiles: openFiles(of: pid, root: root),
            openFilesLimit: (try? root.bytes(ProcessLimits.path(pid))).flatMap {
                ProcessLimits.openFiles($0.span)
            })
    }

    /// The program's name: untrusted text.
    package static func name(of pid: Int32, root: Root) -> String? {
        (try? root.bytes(ProcessComm.path(pid), expecting: 64)).map { ProcessComm.parse($0.span) }
    }

    /// The systemd unit or the container.
    package static func unit(of pid: Int32, root: Root) -> String? {
        (try? root.bytes(ProcessCgroup.path(pid), expecting: 1024)).flatMap {
            ProcessCgroup.unit($0.span)
        }
    }

    /// How many descriptors are open.
    ///
    /// Linux 6.2 tells it as the size of `/proc/PID/fd`, to every user (`fs/proc/fd.c:proc_fd_getattr`); before, the
    /// size is 0 and the entries are counted, which takes rights over the process.
    static func openFiles(of pid: Int32, root: Root) -> Int? {
        let path = "/proc/\(pid)/fd"
        var status = stat()
        if root.isHost, unsafe lstat(path, &status) == 0, status.st_size > 0 {
            return Int(status.st_size)
        }
        guard let directory = try? root.open(path, flags: DirectoryFlags.open) else {
            return nil
        }
        var block = DirectoryBlock(room: 32768)
        var count = 0
        while (try? block.read(directory)) == true {
            block.forEach { entry in
                if block.number(of: entry) != nil { count += 1 }
                return true
            }
        }
        return count
    }
}
