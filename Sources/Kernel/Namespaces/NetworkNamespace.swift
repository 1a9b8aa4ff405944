package import Model

/// A network namespace, and the file by which a thread enters it.
package struct NetworkNamespace: Sendable, Hashable {
    package var namespace: Namespace
    /// `/run/netns/NAME` or `/proc/PID/ns/net`; nil for the namespace of a captured tree.
    package var path: String?

    package init(namespace: Namespace, path: String?) {
        self.namespace = namespace
        self.path = path
    }
}
