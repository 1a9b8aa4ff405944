import CNetlink
import Glibc
package import Model
import Text

extension NetworkNamespaces {
    /// The namespaces that an argument means: `all`, `init`, a process's number, a name of `/run/netns`, or a path.
    package static func select(
        _ text: String, root: Root
    ) throws(KernelError) -> ([NetworkNamespace], [Unseen]) {
        guard root.isHost else {
            guard text == "all" || text == "init" else {
                throw KernelError(
                    "find", "network namespace \(text)", code: ENOENT,
                    detail: "a captured tree contains one namespace; leave out --netns")
            }
            return ([try current(root: root)], [])
        }
        if text == "all" { return list(root: root) }
        if text == "init" { return ([try initial(root: root)], []) }
        if text.contains("/") { return ([try atPath(text, root: root)], []) }
        if let named = NamedNamespaces.read(root: root).first(where: { $0.name == text }) {
            return ([try atPath(named.path, root: root)], [])
        }
        if let pid = Int32(text), pid > 0 { return ([try ofProcess(pid, root: root)], []) }
        return ([try listed(text, root: root)], [])
    }

    private static func initial(root: Root) throws(KernelError) -> NetworkNamespace {
        let initial = try InitialNamespace.read(root: root)
        return NetworkNamespace(
            namespace: Namespace(
                inode: initial.inode, name: "init", isInit: true,
                entry: entry(initial.inode, named: nil, process: 1, path: nil)),
            path: initial.path)
    }

    private static func entry(
        _ inode: UInt64, named: NamedNamespaces.Entry?, process: Int32?, path: String?
    ) -> Namespace.Entry? {
        NamespaceEntry.of(
            inode, own: try? NamespaceLink.read("thread-self", root: .host), named: named,
            process: process, path: path)
    }

    private static func ofProcess(
        _ pid: Int32, root: Root
    ) throws(KernelError) -> NetworkNamespace {
        do throws(KernelError) {
            let inode = try NamespaceLink.read("\(pid)", root: root)
            return described(inode, path: NamespaceLink.path("\(pid)"), pid: pid, root: root)
        } catch {
            var error = error
            if error.isDenied { error.detail = MissingRights.remedy }
            if error.isAbsent { error.detail = "there is no process \(pid)" }
            throw error
        }
    }

    private static func atPath(
        _ path: String, root: Root
    ) throws(KernelError) -> NetworkNamespace {
        var status = stat()
        var own = stat()
        _ = try systemCall("find network namespace", path) { unsafe stat(path, &status) }
        let ownPath = NamespaceLink.path("self")
        _ = try systemCall("find network namespace", ownPath) { unsafe stat(ownPath, &own) }
        // All kinds of namespace live on nsfs; whether this one is of the network shows when it is entered.
        guard status.st_dev == own.st_dev else {
            throw KernelError(
                "enter network namespace", path, code: EINVAL, detail: "it is not a namespace")
        }
        return described(UInt64(status.st_ino), path: path, pid: nil, root: root)
    }

    private static func described(
        _ inode: UInt64, path: String, pid: Int32?, root: Root
    ) -> NetworkNamespace {
        let initial = try? InitialNamespace.read(root: root).inode
        let named = NamedNamespaces.read(root: root).first { $0.inode == inode }
        let comm = pid.map { pid in
            ProcessFacts.name(of: pid, root: root).map { "\($0) \(pid)" } ?? "pid \(pid)"
        }
        let isInit = InitialNamespace.holds(inode, knowing: initial)
        let name = isInit == true ? "init" : named?.name ?? comm ?? path
        return NetworkNamespace(
            namespace: Namespace(
                inode: inode, name: name, isInit: isInit,
                entry: entry(
                    inode, named: isInit == true ? nil : named,
                    process: isInit == true ? 1 : pid, path: path)),
            path: path)
    }

    /// By a name as the list shows it (`nginx 1234`, `net:[4026532000]`); otherwise an error that names the nearest.
    private static func listed(
        _ text: String, root: Root
    ) throws(KernelError) -> NetworkNamespace {
        let (all, _) = list(root: root)
        if let match = all.first(where: { $0.namespace.name == text }) { return match }
        let names = ["all", "init"] + all.map(\.namespace.name)
        let near = NearMiss.nearest(to: text, among: names)
        let detail =
            near.isEmpty
            ? "give all, init, a process number, a path, or one of "
                + Set(all.map(\.namespace.name)).sorted().prefix(8)
                .map { "'\($0)'" }.joined(separator: ", ")
            : "did you mean " + near.joined(separator: " or ") + "?"
        throw KernelError("find", "network namespace \(text)", code: ENOENT, detail: detail)
    }
}
