import Glibc

/// The processes of a network namespace that may hold sockets, this one aside.
enum NamespaceMembers {
    /// - Parameter namespace: the inode of its `ns/net`; a process whose namespace may not be read counts as a member.
    static func read(of namespace: UInt64, root: Root) throws(KernelError) -> [Int32] {
        try ProcessList.read(root: root).filter { pid in
            guard pid != getpid() else { return false }
            let inode = try? NamespaceLink.read("\(pid)", root: root)
            return inode == nil || inode == namespace
        }
    }
}
