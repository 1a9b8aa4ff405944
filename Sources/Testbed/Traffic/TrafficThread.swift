import CNetlink
package import Kernel

/// A thread that makes traffic: inside a private network, or in the namespace of its starter.
package struct TrafficThread<Success: Sendable>: Sendable {
    private let thread: SystemThread<Success>

    /// Starts it; without a network in the namespace of the calling thread.
    ///
    /// - Parameter ownDescriptors: gives it a table of descriptors of its own, a copy of the process's: RLIMIT_NOFILE holds for
    ///   each table, and a table that no other thread has is neither locked nor counted references in
    ///   (`fs/file.c:alloc_fd`, `__fget_light`).
    package static func start(
        in network: PrivateNetwork? = nil, _ side: PrivateNetwork.Side = .client,
        ownDescriptors: Bool = false, _ body: @escaping @Sendable () throws(KernelError) -> Success
    ) throws(KernelError) -> TrafficThread {
        let whole = { @Sendable () throws(KernelError) -> Success in
            if ownDescriptors {
                _ = try systemCall("have", "descriptors of its own") {
                    tcptune_unshare(CInt(TCPTUNE_CLONE_FILES))
                }
            }
            return try body()
        }
        guard let network else { return TrafficThread(thread: try SystemThread.start(whole)) }
        return TrafficThread(thread: try network.start(in: side, whole))
    }

    /// Waits for its end and gives what it made.
    package func join() throws(KernelError) -> Success { try thread.join() }
}
