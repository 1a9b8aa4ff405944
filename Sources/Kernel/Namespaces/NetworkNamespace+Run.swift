import Model

extension NetworkNamespace {
    /// Runs the body in this namespace: on the calling thread where that is in it already, else on one of its own.
    package func run<Result: Sendable>(
        _ body: @escaping @Sendable () throws(KernelError) -> Result
    ) throws(KernelError) -> Result {
        guard let path,
            namespace.inode != (try? NamespaceLink.read("thread-self", root: .host))
        else { return try body() }
        return try NamespaceThread.run(inside: path, body)
    }
}
