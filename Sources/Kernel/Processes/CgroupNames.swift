/// The control groups of the unified hierarchy by the number that the kernel sends with a socket.
///
/// The number is the inode of the group's directory (`kernel/cgroup/cgroup.c:cgroup_id`, on 64-bit processors). The tree is
/// walked only when a number is asked for that was not met yet, and no further than needed; the inode comes with
/// the directory's entry, so nothing is opened but the directories themselves.
package struct CgroupNames {
    private let root: Root
    private var paths: [UInt64: String] = [:]
    /// Directories still to be listed, as paths below the mount.
    private var pending: [String]
    private var next = 0
    private let mount: String?
    private var directoriesLeft: Int

    /// - Parameter limit: How many directories are listed at most; about 10 µs each.
    package init(root: Root, limit: Int = 20_000) {
        self.root = root
        directoriesLeft = limit
        // Version 2 alone, or beside version 1 ("hybrid"); version 1 alone gives sockets no usable number.
        mount = ["/sys/fs/cgroup", "/sys/fs/cgroup/unified"].first {
            root.exists($0 + "/cgroup.controllers")
        }
        pending = [""]
    }

    /// Where in the tree a control group is: `/system.slice/nginx.service`; nil where it is not found.
    package mutating func path(of id: UInt64) -> String? {
        guard id != 0, let mount else { return nil }
        if next == 0, paths.isEmpty, let inode = root.inode(of: mount) { paths[inode] = "/" }
        while true {
            if let path = paths[id] { return path }
            guard next < pending.count, directoriesLeft > 0 else { return nil }
            list(pending[next])
            next += 1
            directoriesLeft -= 1
        }
    }

    /// The unit or container of a control group.
    package mutating func unit(of id: UInt64) -> String? {
        path(of: id).flatMap { ControlGroupPath.unit($0) }
    }

    /// A directory that has gone, or may not be read, has no children to tell of.
    private mutating func list(_ path: String) {
        guard let mount,
            let directory = try? root.open(mount + path, flags: DirectoryFlags.open)
        else { return }
        var block = DirectoryBlock(room: 8192)
        while (try? block.read(directory)) == true {
            block.forEach { entry in
                guard entry.isDirectory else { return true }
                let name = block.name(of: entry)
                guard name != ".", name != ".." else { return true }
                let child = path + "/" + name
                paths[entry.inode] = child
                pending.append(child)
                return true
            }
        }
    }
}
