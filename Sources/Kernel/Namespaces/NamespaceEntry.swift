import Model

/// How a command that is typed where tcptune runs gets into a namespace.
enum NamespaceEntry {
    /// - Parameters:
    ///   - own: the inode of the namespace that the command would be in anyway.
    ///   - process: one that lives in it.
    ///   - path: what leads to it, where neither a name nor a process does.
    static func of(
        _ inode: UInt64, own: UInt64?, named: NamedNamespaces.Entry?, process: Int32?,
        path: String?
    ) -> Namespace.Entry? {
        if inode == own { return .here }
        if let named {
            // ip-netns(8) looks into /var/run/netns alone, which is a directory of its own on some hosts.
            return Root.host.inode(of: NamedNamespaces.directoryOfIP + "/" + named.name) == inode
                ? .named(named.name) : .path(named.path)
        }
        if let process { return .process(process) }
        return path.map { .path($0) }
    }
}
