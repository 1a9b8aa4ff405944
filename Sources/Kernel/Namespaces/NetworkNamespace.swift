public import Model

/// A network namespace, and the file by which a thread enters it.
public struct NetworkNamespace: Sendable, Hashable {
    public var namespace: Namespace
    /// `/run/netns/NAME` or `/proc/PID/ns/net`; nil for the namespace of a captured tree.
    public var path: String?

    public init(namespace: Namespace, path: String?) {
        self.namespace = namespace
        self.path = path
    }
}
