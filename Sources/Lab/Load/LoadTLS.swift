import Kernel

/// How a load speaks TLS.
package struct LoadTLS: Sendable {
    /// The name that the server is told, and that its certificate should have; nil for its address.
    package var name: String?
    /// Whether a connection offers the session of an earlier one; otherwise each makes a full handshake.
    package var resumes = false

    package init(name: String? = nil, resumes: Bool = false) {
        self.name = name
        self.resumes = resumes
    }

    func peer(_ destination: SocketAddress) -> TLSPeer {
        name.map { TLSPeer(name: $0) } ?? TLSPeer(destination.address)
    }
}

/// What handshakes came to.
package struct TLSTally: Sendable, Hashable {
    /// Those that came to their end in the counted time, and the ones of them that resumed a session.
    package var handshakes = 0
    package var resumed = 0
    /// By what was agreed upon: `TLSv1.3 TLS_AES_256_GCM_SHA384`.
    package var agreed: [String: Int] = [:]
    /// By what the library found of the server's certificate: `ok` where it is trusted.
    package var verified: [String: Int] = [:]
    /// What failed in TLS, by the library's words or the alert's.
    package var failures: [String: Int] = [:]

    package init() {}

    /// So many kinds of failures are told apart: the words are partly the server's.
    private static let mostKinds = 64

    /// Notes a handshake that came to its end.
    mutating func note(_ engine: TLSEngine) {
        handshakes += 1
        if engine.isResumed { resumed += 1 }
        agreed["\(engine.version) \(engine.cipher ?? "without a cipher")", default: 0] += 1
        verified[engine.verification.words, default: 0] += 1
    }

    mutating func note(_ failure: TLSFailure) {
        let words = failure.kind == .alert ? "alert: \(failure.words)" : failure.words
        guard failures[words] != nil || failures.count < Self.mostKinds else { return }
        failures[words, default: 0] += 1
    }

    mutating func add(_ other: TLSTally) {
        handshakes += other.handshakes
        resumed += other.resumed
        agreed.merge(other.agreed, uniquingKeysWith: +)
        verified.merge(other.verified, uniquingKeysWith: +)
        failures.merge(other.failures, uniquingKeysWith: +)
    }

    /// Handshakes after which the certificate was not trusted, and the words for most of them; nil where there are none.
    package var untrusted: (count: Int, words: String)? {
        let others = verified.filter { $0.key != "ok" }
        guard let most = others.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }) else {
            return nil
        }
        return (others.values.reduce(0, +), most.key)
    }
}
