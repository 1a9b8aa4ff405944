import HostState

/// What `/proc/*/ns/net` and `/run/netns` tell, gathered by inode.
struct NamespaceSurvey {
    private let root: Root
    private let initial: InitialNamespace?
    private var names: [UInt64: NamedNamespaces.Entry] = [:]
    private var members: [UInt64: Members] = [:]
    private(set) var unseen: [Unseen] = []

    private struct Members {
        var first: Int32
        var count: Int
    }

    init(root: Root) {
        self.root = root
        initial = try? InitialNamespace.read(root: root)
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
            unseen += UnreadableProcesses.unseen(
                "network namespaces", denied: denied, pids: pids, root: root)
        } catch {
            unseen.append(Unseen(what: "network namespaces of processes", why: error.description))
        }
    }

    /// Init's first, then by name and number.
    func namespaces() -> [NetworkNamespace] {
        let inodes = Set(members.keys).union(names.keys).union(initial.map { [$0.inode] } ?? [])
        return inodes.map(namespace).sorted {
            let (left, right) = ($0.namespace, $1.namespace)
            if left.isInit != right.isInit { return left.isInit == true }
            return (left.name, left.inode) < (right.name, right.inode)
        }
    }

    private func namespace(_ inode: UInt64) -> NetworkNamespace {
        let member = members[inode]
        let isInit = initial.map { $0.inode == inode }
        var name = "net:[\(inode)]"
        var path: String?
        if let member {
            path = NamespaceLink.path("\(member.first)")
            let comm = ProcessFacts.name(of: member.first, root: root)
            name = comm.map { "\($0) \(member.first)" } ?? "pid \(member.first)"
        }
        if let entry = names[inode] { (name, path) = (entry.name, entry.path) }
        if isInit == true { (name, path) = ("init", initial?.path) }
        return NetworkNamespace(
            namespace: Namespace(
                inode: inode, name: name, isInit: isInit, processes: member?.count ?? 0),
            path: root.isHost ? path : nil)
    }
}
