package import Model

/// The network namespaces of a host: those in which a process lives, those with a name in `/run/netns`, and those that
/// a mount keeps elsewhere, as Docker's do.
///
/// One that is kept by nothing but an open descriptor is not found. A process counts with its first thread.
package enum NetworkNamespaces {
    /// Lists them: init's first, then by name, as people count.
    package static func list(root: Root) -> ([NetworkNamespace], [Unseen]) {
        var survey = NamespaceSurvey(root: root)
        survey.readProcesses()
        return (survey.namespaces(), survey.unseen)
    }

    /// The namespace of the calling thread, without a look at other processes.
    package static func current(root: Root) throws(KernelError) -> NetworkNamespace {
        guard root.isHost else {
            // A captured tree holds the files of one namespace; its number may have been captured too.
            let inode = try? NamespaceLink.read("self", root: root)
            let initial = try? InitialNamespace.read(root: root).inode
            return NetworkNamespace(
                namespace: Namespace(
                    inode: inode ?? 0, name: "captured",
                    isInit: inode.flatMap { own in initial.map { $0 == own } }, entry: .elsewhere),
                path: nil)
        }
        let inode = try NamespaceLink.read("thread-self", root: root)
        let initial = try? InitialNamespace.read(root: root)
        // What /proc/sys holds tells also where no link may be read, and where process 1 is a container's.
        let isInit = initial.map { $0.inode == inode } ?? InitialNamespace.holdsCallingThread()
        let named =
            isInit == true ? nil : NamedNamespaces.read(root: root).first { $0.inode == inode }
        let name = isInit == true ? "init" : named?.name ?? unnamed(inode, root: root)
        return NetworkNamespace(
            namespace: Namespace(inode: inode, name: name, isInit: isInit, entry: .here),
            path: isInit == true
                ? initial?.path : named?.path ?? NamespaceLink.path("thread-self"))
    }

    /// `container` for the one that a container's process 1 lives in.
    private static func unnamed(_ inode: UInt64, root: Root) -> String {
        let isContainers =
            Container.hidesProcesses(root: root)
            && (try? NamespaceLink.read("1", root: root)) == inode
        return isContainers ? "container" : "net:[\(inode)]"
    }
}
