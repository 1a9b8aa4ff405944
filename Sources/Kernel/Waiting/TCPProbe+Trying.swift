import CNetlink
import Glibc
package import Model
import Synchronization

extension TCPProbe {
    /// How long one attempt may take, in seconds.
    package static let patience = 2.0
    /// How long its name may take to be looked up, in seconds.
    package static let patienceForName = 10.0
    /// Of a name with more addresses the first ones are asked.
    static let mostAddresses = 8

    /// Makes a connection and closes it at once.
    ///
    /// - Parameter deadline: in seconds of `BootClock`; no attempt takes longer than `patience`.
    /// - Throws: the error of one of the addresses; ETIMEDOUT where none has answered in time.
    package func attempt(until deadline: Double = .infinity) throws(KernelError) {
        let attempt = ProbeAttempt(self, until: min(deadline, BootClock.now + Self.patience))
        while true {
            switch attempt.look() {
            case .reached: return
            case .failed(let error): throw error
            case .underWay:
                _ = try Waitable.wait(
                    for: attempt.waitables, atMost: max(attempt.end - BootClock.now, 0))
            }
        }
    }

    /// The same with the addresses that its name has now; it is not asked for again.
    ///
    /// - Throws: ETIMEDOUT where the name servers took longer than that many seconds.
    package func resolved(
        within seconds: Double = patienceForName
    ) throws(KernelError) -> TCPProbe {
        let host = host
        let port = port
        let answer = Answer()
        let signal = try EventSignal()
        // The resolver keeps its own time, five seconds a server and twice that, and cannot be interrupted.
        try SystemThread.detach {
            do throws(KernelError) {
                let found = try Self.addresses(of: host, port)
                answer.addresses.withLock { $0 = found }
            } catch {
                answer.failure.withLock { $0 = error }
            }
            signal.set()
        }
        guard signal.wait(nanoseconds: Int64(seconds * 1e9)) else {
            throw KernelError(
                "find", host, code: ETIMEDOUT,
                detail: "no name server answered within \(Int(seconds)) s")
        }
        if let failure = answer.failure.withLock({ $0 }) { throw failure }
        var probe = self
        probe.addresses = answer.addresses.withLock { $0 }
        return probe
    }

    /// Where the thread that looks a name up leaves what it found.
    private final class Answer: Sendable {
        let addresses = Mutex<[String]>([])
        let failure = Mutex<KernelError?>(nil)
    }

    private static func addresses(
        of host: String, _ port: String
    ) throws(KernelError) -> [String] {
        let list = try AddressList(host, port, flags: 0)
        var found: [String] = []
        unsafe list.forEach { address in
            guard let text = unsafe text(of: address), !found.contains(text) else { return }
            found.append(text)
        }
        return Array(found.prefix(mostAddresses))
    }

    /// With the scope of a link-local one.
    private static func text(of address: addrinfo) -> String? {
        var name = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        let code = unsafe getnameinfo(
            address.ai_addr, address.ai_addrlen, &name, socklen_t(name.count), nil, 0,
            NI_NUMERICHOST)
        guard code == 0 else { return nil }
        return String(
            decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
