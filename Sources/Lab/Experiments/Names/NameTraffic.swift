import Kernel
import Model
import Resolver
import Synchronization

/// The questions that servers of names took and the answers that they gave, in order.
final class NameTraffic: Sendable {
    struct Passed: Sendable {
        /// CLOCK_MONOTONIC, in nanoseconds: when the server took the question, or gave the answer.
        let at: Int64
        let from: IPAddress
        let to: IPAddress
        let message: DNSMessage
    }

    private let passed = Mutex<[Passed]>([])

    /// Starts a server in the namespace of the calling thread, whose questions and answers are put down.
    func serve(
        at address: IPAddress,
        _ answer: @escaping @Sendable (_ bytes: [UInt8]) -> [UInt8]?
    ) throws(KernelError) -> NameService {
        try NameService.start(at: SocketAddress(address, port: 53)) { [self] bytes, sender in
            note(bytes, from: sender.address, to: address)
            let reply = answer(bytes)
            if let reply { note(reply, from: address, to: sender.address) }
            return reply
        }
    }

    private func note(_ bytes: [UInt8], from: IPAddress, to: IPAddress) {
        let now = LoadClock.now
        guard let message = DNSMessage(bytes) else { return }
        passed.withLock { $0.append(Passed(at: now, from: from, to: to, message: message)) }
    }

    /// All of it until now.
    var record: [Passed] { passed.withLock { $0 } }

    /// Begins anew.
    func forget() { passed.withLock { $0 = [] } }
}
