import Kernel
import Model
import Synchronization
import Testbed

/// A server at one address that answers each datagram by a body of its own, one after the other, on a thread of its own.
final class NameService: Sendable {
    private let socket: UDPSocket
    private let isOver = Atomic<Bool>(false)
    private let thread = Mutex<SystemThread<Bool>?>(nil)

    private init(_ socket: UDPSocket) { self.socket = socket }

    /// Starts it in the namespace of the calling thread, which the thread it runs on is in, too.
    ///
    /// - Parameter answer: what is sent back to whoever sent the bytes; nil for nothing.
    static func start(
        at address: SocketAddress,
        _ answer: @escaping @Sendable (_ bytes: [UInt8], _ sender: SocketAddress) -> [UInt8]?
    ) throws(KernelError) -> NameService {
        let service = NameService(try UDPSocket.open(at: address))
        let thread = try SystemThread.start { () throws(KernelError) in
            service.serve(answer)
            return true
        }
        service.thread.withLock { $0 = thread }
        return service
    }

    private func serve(_ answer: ([UInt8], SocketAddress) -> [UInt8]?) {
        var buffer = [UInt8](repeating: 0, count: 4096)
        while !isOver.load(ordering: .acquiring) {
            guard socket.awaitInput(milliseconds: 20),
                let (count, sender) = socket.receiveAny(into: &buffer),
                let reply = answer(Array(buffer[..<count]), sender)
            else { continue }
            _ = socket.send(reply.span, to: sender)
        }
    }

    /// Ends it, and closes its socket.
    func end() {
        isOver.store(true, ordering: .releasing)
        guard let thread = thread.withLock({ $0.take() }) else { return }
        _ = try? thread.join()
        socket.close()
    }
}
