import Kernel
import Model
import Resolver
import Synchronization

/// The least of a caching stub, as systemd-resolved, dnsmasq and unbound are one: it listens at a loopback address, keeps answers
/// as long as they may be kept, and asks the server for the others.
enum CachingStub {
    /// Where systemd-resolved's stub listens.
    static let address = SocketAddress(IPAddress(v4: 0x7F00_0035), port: 53)

    private struct Kept {
        var addresses: [IPAddress]
        /// CLOCK_MONOTONIC, in nanoseconds.
        var until: Int64
    }

    private final class Cache: Sendable { let kept = Mutex<[DNSMessage.Question: Kept]>([:]) }

    /// Starts it in the namespace of the calling thread.
    static func start(server: SocketAddress) throws(KernelError) -> NameService {
        let cache = Cache()
        return try NameService.start(at: address) { bytes, _ in
            guard let question = DNSMessage(bytes)?.question,
                let kept = cache.kept.withLock({ find(question, at: server, in: &$0) })
            else { return nil }
            let left = UInt32(clamping: max(kept.until - LoadClock.now, 0) / 1_000_000_000)
            return DNSReply.addresses(kept.addresses, life: left, to: bytes)
        }
    }

    /// Out of the cache, or from the server; nil where that does not answer.
    private static func find(
        _ question: DNSMessage.Question, at server: SocketAddress,
        in cache: inout [DNSMessage.Question: Kept]
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
}
