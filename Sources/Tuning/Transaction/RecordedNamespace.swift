import HostState
import Kernel

/// The network namespace that a record's values belong to.
enum RecordedNamespace {
    /// Runs the body there; nil where it is gone, and its values with it.
    static func run<Result: Sendable>(
        _ name: NamespaceName, _ body: @escaping @Sendable () throws(KernelError) -> Result
    ) throws(KernelError) -> Result? {
        if try NetworkNamespaces.current(root: .host).namespace.inode == name.inode {
            return try body()
        }
        let (all, _) = NetworkNamespaces.list(root: .host)
        guard let path = all.first(where: { $0.namespace.inode == name.inode })?.path else {
            return nil
        }
        return try NamespaceThread.run(inside: path, body)
    }
}
