import Kernel
import Model
import Resolver
import Synchronization

/// A name server in a namespace of the lab, which has an answer to every question and counts who asks.
final class NameAuthority: Sendable {
    private let seen: Seen
    private let service: NameService

    struct Account: Sendable {
        var questions = 0
        /// Addresses and ports from which they came.
        var senders: Set<String> = []
    }

    private final class Seen: Sendable { let account = Mutex(Account()) }

    /// Starts it in the namespace of the calling thread.
    ///
    /// - Parameter life: seconds for which its answers may be kept.
    init(at address: SocketAddress, life: UInt32) throws(KernelError) {
        let seen = Seen()
        self.seen = seen
        service = try NameService.start(at: address) { bytes, sender in
            guard let reply = DNSReply.addresses(Self.addresses, life: life, to: bytes) else {
                return nil
            }
            seen.account.withLock {
                $0.questions += 1
                $0.senders.insert(sender.description)
            }
            return reply
        }
    }

    private static let addresses = [
        IPAddress(v4: 0xC000_0201), IPAddress(high: 0x2001_0DB8_0000_0000, low: 1),
    ]

    /// What it saw until now.
    var account: Account { seen.account.withLock { $0 } }

    /// Ends it, and closes its socket.
    func end() { service.end() }
}
