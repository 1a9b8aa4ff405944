public import HostState

/// The network namespaces of a host: those in which a process lives, and those with a name in `/run/netns`.
///
/// One that is kept by nothing but an open descriptor or a mount elsewhere is not found. A process counts with its first
/// thread.
public enum NetworkNamespaces {
    /// Lists them: init's first, then by name and number.
    public static func list(root: Root) -> ([NetworkNamespace], [Unseen]) {
        var survey = NamespaceSurvey(root: root)
        survey.readProcesses()
        return (survey.namespaces(), survey.unseen)
    }

    /// The namespace of the calling thread, without a look at other processes.
    public static func current(root: Root) throws(KernelError) -> NetworkNamespace {
        guard root.isHost else {
            // A captured tree holds the files of one namespace; its number may have been captured too.
            let inode = try? NamespaceLink.read("self", root: root)
            let initial = try? InitialNamespace.read(root: root).inode
            return NetworkNamespace(
                namespace: Namespace(
                    inode: inode ?? 0, name: "captured",
                    isInit: inode.flatMap { own in initial.map { $0 == own } }), path: nil)
        }
        let inode = try NamespaceLink.read("thread-self", root: root)
        let initial = try? InitialNamespace.read(root: root)
        let isInit = initial.map { $0.inode == inode }
        let named =
            isInit == true ? nil : NamedNamespaces.read(root: root).first { $0.inode == inode }
        let name = isInit == true ? "init" : named?.name ?? "net:[\(inode)]"
        return NetworkNamespace(
            namespace: Namespace(inode: inode, name: name, isInit: isInit),
            path: isInit == true
                ? initial?.path : named?.path ?? NamespaceLink.path("thread-self"))
    }
}
