import Glibc

/// The processes of a network namespace, by the user they run as: those among whom a socket's holder is sought first.
struct ProcessCandidates: Sendable {
    private var byUser: [UInt32: [Int32]] = [:]

    /// None.
    init() {}

    /// Lists them.
    ///
    /// - Parameter namespace: the inode of its `ns/net`; a process whose namespace may not be read counts as a member.
    init(in namespace: UInt64, root: Root) throws(KernelError) {
        for pid in try ProcessList.read(root: root) {
            if let inode = try? NamespaceLink.read("\(pid)", root: root), inode != namespace {
                continue
            }
            guard let user = (try? root.identity(of: "/proc/\(pid)"))?.user else { continue }
            byUser[user, default: []].append(pid)
        }
    }

    /// Those of the users, then root's: a process that gave up its rights shows as root's (`fs/proc/base.c:task_dump_owner`).
    func processes(of users: Set<UInt32>) -> [Int32] {
        users.union([0]).sorted(by: >).flatMap { byUser[$0] ?? [] }
    }
}
