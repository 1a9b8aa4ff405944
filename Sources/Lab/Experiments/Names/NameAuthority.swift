import HostState
import Kernel
import Synchronization

/// A name server in a namespace of the lab, which has an answer to every question and counts who asks.
final class NameAuthority: Sendable {
    private let socket: UDPSocket
    private let life: UInt32
    private let isOver = Atomic<Bool>(false)
    private let seen = Mutex(Seen())
    private let thread = Mutex<TrafficThread<Bool>?>(nil)

    struct Seen: Sendable {
        var questions = 0
        /// Addresses and ports from which they came.
        var senders: Set<String> = []
    }

    private init(_ socket: UDPSocket, life: UInt32) {
        self.socket = socket
        self.life = life
    }

    /// Starts it in the namespace of the calling thread.
    ///
    /// - Parameter life: seconds for which its answers may be kept.
    static func start(
        at address: SocketAddress, life: UInt32
    ) throws(KernelError) -> NameAuthority {
        let server = NameAuthority(try UDPSocket.open(at: address), life: life)
        let thread = try TrafficThread.start { () throws(KernelError) in
            server.serve()
            return true
        }
        server.thread.withLock { $0 = thread }
        return server
    }

    private static let addresses = [
        IPAddress(v4: 0xC000_0201), IPAddress(high: 0x2001_0DB8_0000_0000, low: 1),
    ]

    private func serve() {
        var buffer = [UInt8](repeating: 0, count: 4096)
        while !isOver.load(ordering: .acquiring) {
            guard socket.awaitInput(milliseconds: 20),
                let (count, sender) = socket.receiveAny(into: &buffer),
                let reply = DNSReply.addresses(
                    Self.addresses, life: life, to: Array(buffer[..<count]))
            else { continue }
            seen.withLock {
                $0.questions += 1
                $0.senders.insert(sender.description)
            }
            _ = socket.send(reply.span, to: sender)
        }
    }

    /// What it saw until now.
    var account: Seen { seen.withLock { $0 } }

    /// Ends it, and closes its socket.
    func end() {
        isOver.store(true, ordering: .releasing)
        guard let thread = thread.withLock({ $0.take() }) else { return }
        _ = try? thread.join()
        socket.close()
    }
}
