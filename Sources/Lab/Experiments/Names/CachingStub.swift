import HostState
import Kernel
import Synchronization

/// The least of a caching stub, as systemd-resolved, dnsmasq and unbound are one: it listens at a loopback address, keeps answers
/// as long as they may be kept, and asks the server for the others.
final class CachingStub: Sendable {
    private let socket: UDPSocket
    private let server: SocketAddress
    private let isOver = Atomic<Bool>(false)
    private let thread = Mutex<TrafficThread<Bool>?>(nil)

    /// Where systemd-resolved's stub listens.
    static let address = SocketAddress(IPAddress(v4: 0x7F00_0035), port: 53)

    private struct Kept {
        var addresses: [IPAddress]
        /// CLOCK_MONOTONIC, in nanoseconds.
        var until: Int64
    }

    private init(_ socket: UDPSocket, server: SocketAddress) {
        self.socket = socket
        self.server = server
    }

    /// Starts it in the namespace of the calling thread, which the thread it runs on is in, too.
    static func start(server: SocketAddress) throws(KernelError) -> CachingStub {
        let stub = CachingStub(try UDPSocket.open(at: address), server: server)
        let thread = try TrafficThread.start { () throws(KernelError) in
            stub.serve()
            return true
        }
        stub.thread.withLock { $0 = thread }
        return stub
    }

    private func serve() {
        var cache: [DNSMessage.Question: Kept] = [:]
        var buffer = [UInt8](repeating: 0, count: 4096)
        while !isOver.load(ordering: .acquiring) {
            guard socket.awaitInput(milliseconds: 20),
                let (count, sender) = socket.receiveAny(into: &buffer)
            else { continue }
            let bytes = Array(buffer[..<count])
            guard let question = DNSMessage(bytes)?.question,
                let kept = find(question, in: &cache)
            else { continue }
            let left = UInt32(clamping: max(kept.until - LoadClock.now, 0) / 1_000_000_000)
            guard let reply = DNSReply.addresses(kept.addresses, life: left, to: bytes) else {
                continue
            }
            _ = socket.send(reply.span, to: sender)
        }
    }

    /// Out of the cache, or from the server; nil where that does not answer.
    private func find(
        _ question: DNSMessage.Question, in cache: inout [DNSMessage.Question: Kept]
    ) -> Kept? {
        if let kept = cache[question], kept.until > LoadClock.now { return kept }
        guard
            let answer = try? PlainLookup.ask(
                question.name, [question.type], at: server, within: DNSPorts.patience
            ).answers.first
        else { return nil }
        let life = answer.answers.map(\.life).min() ?? 0
        let kept = Kept(
            addresses: answer.answers.compactMap(\.address),
            until: LoadClock.now + Int64(life) * 1_000_000_000)
        if life > 0 { cache[question] = kept }
        return kept
    }

    /// Ends it, and closes its socket.
    func end() {
        isOver.store(true, ordering: .releasing)
        guard let thread = thread.withLock({ $0.take() }) else { return }
        _ = try? thread.join()
        socket.close()
    }
}
