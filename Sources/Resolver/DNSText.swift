import Model
import Text

/// Data of records as zone files write it.
enum DNSText {
    /// The strings of a TXT record, in quotes; nil where their lengths do not fit.
    static func strings(_ data: ArraySlice<UInt8>) -> String? {
        var words: [String] = []
        var rest = data
        while let length = rest.popFirst() {
            guard rest.count >= Int(length) else { return nil }
            words.append("\"" + rest.prefix(Int(length)).map(escaped).joined() + "\"")
            rest = rest.dropFirst(Int(length))
        }
        return words.joined(separator: " ")
    }

    private static func escaped(_ byte: UInt8) -> String {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): "\\" + String(UnicodeScalar(byte))
        case 0x20...0x7E: String(UnicodeScalar(byte))
        default: "\\" + String(String(1000 + Int(byte)).dropFirst())
        }
    }

    /// Data of a type whose words are not known here (RFC 3597 §5).
    static func unknown(_ data: ArraySlice<UInt8>) -> String {
        data.isEmpty ? "\\# 0" : "\\# \(data.count) \(data.hexadecimal)"
    }
}
