package import Kernel

extension SystemThread {
    /// Starts a thread that makes traffic: inside a private network, or without one in the namespace of its starter.
    package static func start(
        in network: PrivateNetwork?, _ side: PrivateNetwork.Side, ownDescriptors: Bool = false,
        _ body: @escaping @Sendable () throws(KernelError) -> Success
    ) throws(KernelError) -> SystemThread {
        guard let network else { return try start(ownDescriptors: ownDescriptors, body) }
        return try network.start(in: side, ownDescriptors: ownDescriptors, body)
    }
}
