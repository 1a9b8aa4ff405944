import Text

/// Hashes that only this process can make (HMAC, RFC 2104): a password that was right is remembered as one of them.
struct KeyedHash {
    private let inner: [UInt8]
    private let outer: [UInt8]

    init() {
        var random = SystemRandomNumberGenerator()
        let key = (0..<64).map { _ in UInt8.random(in: .min ... .max, using: &random) }
        inner = key.map { $0 ^ 0x36 }
        outer = key.map { $0 ^ 0x5C }
    }

    /// Of some parts; where one ends and the next begins makes a difference.
    func hash(_ parts: [[UInt8]]) -> [UInt8] {
        var message = inner
        for part in parts {
            message += (0..<4).map { UInt8(truncatingIfNeeded: part.count >> (8 * $0)) } + part
        }
        return SHA256.hash(outer + SHA256.hash(message))
    }
}
