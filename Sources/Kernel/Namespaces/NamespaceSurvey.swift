import Model
import Text

/// What `/proc/*/ns/net`, `/run/netns` and mounts tell, gathered by inode.
struct NamespaceSurvey {
    private let root: Root
    private let initial: InitialNamespace?
    /// That of the calling thread.
    private let own: UInt64?
    private var names: [UInt64: NamedNamespaces.Entry] = [:]
    private var mounts: [UInt64: String] = [:]
    private var members: [UInt64: Members] = [:]
    private(set) var unseen: [Unseen] = []

    private struct Members {
        var first: Int32
        var count: Int
    }

    init(root: Root) {
        self.root = root
        initial = try? InitialNamespace.read(root: root)
        own = root.isHost ? try? NamespaceLink.read("thread-self", root: root) : nil
        for entry in NamedNamespaces.read(root: root) where names[entry.inode] == nil {
            names[entry.inode] = entry
        }
    }

    mutating func readProcesses() {
        var denied = 0
        do throws(KernelError) {
            let pids = try ProcessList.read(root: root)
            for pid in pids {
                do throws(KernelError) {
                    let inode = try NamespaceLink.read("\(pid)", root: root)
                    members[inode, default: Members(first: pid, count: 0)].count += 1
                } catch {
                    // A process that ended in between has no namespace to miss.
                    if error.isDenied { denied += 1 }
                }
            }
            for mount in MountedNamespaces.read(of: pids, root: root) {
                mounts[mount.inode] = mounts[mount.inode] ?? mount.path
            }
            unseen += UnreadableProcesses.unseen(
                "network namespaces", denied: denied, pids: pids, root: root)
        } catch {
            unseen.append(Unseen(what: "network namespaces of processes", why: error.description))
        }
    }

    /// Init's first, then by name, as people count.
    func namespaces() -> [NetworkNamespace] {
        let inodes = Set(members.keys).union(names.keys).union(mounts.keys)
            .union(initial.map { [$0.inode] } ?? [])
        return inodes.map(namespace).sorted {
            let (left, right) = ($0.namespace, $1.namespace)
            if (left.isInit == true) != (right.isInit == true) { return left.isInit == true }
            return left.name == right.name
                ? left.inode < right.inode : NaturalOrder.isBefore(left.name, right.name)
        }
    }

    private func namespace(_ inode: UInt64) -> NetworkNamespace {
        let member = members[inode]
        let isInit = InitialNamespace.holds(inode, knowing: initial?.inode)
        var name = mounts[inode] ?? "net:[\(inode)]"
        var path = mounts[inode]
        if let member {
            path = NamespaceLink.path("\(member.first)")
            let comm = ProcessFacts.name(of: member.first, root: root)
            name = comm.map { "\($0) \(member.first)" } ?? "pid \(member.first)"
        }
        // As `NetworkNamespaces.current` calls it: where processes are a container's, its first one stands for it.
        if member?.first == 1, isInit != true, root.isHost { name = "container" }
        if let entry = names[inode] { (name, path) = (entry.name, entry.path) }
        if isInit == true { (name, path) = ("init", initial?.path ?? path) }
        let entry =
            root.isHost
            ? NamespaceEntry.of(
                inode, own: own, named: isInit == true ? nil : names[inode],
                process: isInit == true ? 1 : member?.first, path: path) : .elsewhere
        return NetworkNamespace(
            namespace: Namespace(
                inode: inode, name: name, isInit: isInit, processes: member?.count ?? 0,
                entry: entry),
            path: root.isHost ? path : nil)
    }
}
