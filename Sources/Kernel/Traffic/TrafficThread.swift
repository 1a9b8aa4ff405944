/// A thread that makes traffic: inside a private network, or in the namespace of its starter.
package struct TrafficThread<Success: Sendable>: Sendable {
    private let thread: SystemThread<Success>

    /// Starts it; without a network in the namespace of the calling thread.
    package static func start(
        in network: PrivateNetwork? = nil, _ side: PrivateNetwork.Side = .client,
        _ body: @escaping @Sendable () throws(KernelError) -> Success
    ) throws(KernelError) -> TrafficThread {
        guard let network else { return TrafficThread(thread: try SystemThread.start(body)) }
        return TrafficThread(thread: try network.start(in: side, body))
    }

    /// Waits for its end and gives what it made.
    package func join() throws(KernelError) -> Success { try thread.join() }
}
