/// What handshakes came to.
public struct TLSTally: Sendable, Hashable {
    /// Those that came to their end in the counted time, and the ones of them that resumed a session.
    public var handshakes = 0
    public var resumed = 0
    /// By what was agreed upon: `TLSv1.3 TLS_AES_256_GCM_SHA384`.
    public var agreed: [String: Int] = [:]
    /// By what the library found of the server's certificate: `ok` where it is trusted.
    public var verified: [String: Int] = [:]
    /// What failed in TLS, by the library's words or the alert's.
    public var failures: [String: Int] = [:]

    public init() {}

    /// So many kinds of failures are told apart: the words are partly the server's.
    public static let mostKinds = 64

    public mutating func add(_ other: TLSTally) {
        handshakes += other.handshakes
        resumed += other.resumed
        agreed.merge(other.agreed, uniquingKeysWith: +)
        verified.merge(other.verified, uniquingKeysWith: +)
        failures.merge(other.failures, uniquingKeysWith: +)
    }

    /// Handshakes after which the certificate was not trusted, and the words for most of them; nil where there are none.
    public var untrusted: (count: Int, words: String)? {
        let others = verified.filter { $0.key != "ok" }
        guard let most = others.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }) else {
            return nil
        }
        return (others.values.reduce(0, +), most.key)
    }
}
