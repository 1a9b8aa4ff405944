/// Bytes as letters, four for three (RFC 4648, 4).
enum Base64 {
    private static let letters = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// Nil for any other letter, and where letters are missing at the end.
    static func decoded(_ text: some Collection<UInt8>) -> [UInt8]? {
        guard text.count % 4 == 0 else { return nil }
        let padding = text.reversed().prefix { $0 == UInt8(ascii: "=") }.count
        guard padding <= 2 else { return nil }
        var bytes: [UInt8] = []
        var bits: UInt32 = 0
        for (place, letter) in text.enumerated() {
            let isPadding = place >= text.count - padding
            guard let value = isPadding ? 0 : letters.firstIndex(of: letter) else { return nil }
            bits = bits << 6 | UInt32(value)
            if place % 4 == 3 {
                bytes += [16, 8, 0].map { UInt8(truncatingIfNeeded: bits >> $0) }
                bits = 0
            }
        }
        return bytes.dropLast(padding)
    }
}
