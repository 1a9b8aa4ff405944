/// Changes one value of a JSON text into another of its kind: the extreme ones, or one from elsewhere in the text.
enum JSONMutation {
    private static let numbers: [String] = [
        "0", "-1", "1", "2", "60", "65535", "65536", "2147483647", "-2147483648", "4294967295",
        "268435456", "1099511627776", "4611686018427387904", "9223372036854773759",
        "9223372036854775807", "-9223372036854775808", "18446744073709551615", "0.5", "-0.0",
        "1e-320", "1e11", "1e12", "1e308", "1e400", "null",
    ]
    private static let strings: [String] = [
        "", "0", "-1", "1", "2", "61", "65535", "4294967296", "9223372036854775807",
        "-9223372036854775808", "9223372036854775807 9223372036854775807 9223372036854775807",
        "-9223372036854775808\\t-9223372036854775808\\t-9223372036854775808",
        "4611686018427387904 4611686018427387904 4611686018427387904", "1 65535", "65535 65535",
        "0 0", "0-65535", "1,2,3", "\\u001b[31m", "\\u202e<script>", "a\\nb\\u0000", "|`*_[x](y)",
        "x y", "\\\"", "0x7fffffffffffffff", "0777777777777777777777", "6.99", "999999999.1",
        "😀\\u0301\\u200d", "::1", "127.0.0.1", "init",
    ]

    static func mutated(_ text: [UInt8], by random: inout SplitMix) -> [UInt8] {
        let tokens = tokens(of: text)
        guard let token = tokens.randomElement(using: &random) else { return text }
        let isString = text[token.lowerBound] == UInt8(ascii: "\"")
        var new: [UInt8]
        if Int.random(in: 0..<3, using: &random) == 0,
            let other = tokens.randomElement(using: &random)
        {
            new = Array(text[other])
        } else if isString {
            new = Array("\"\(strings.randomElement(using: &random) ?? "")\"".utf8)
        } else {
            new = Array((numbers.randomElement(using: &random) ?? "0").utf8)
        }
        // Whole elements are doubled, too, so that lists grow.
        if Int.random(in: 0..<12, using: &random) == 0 {
            new = Array(text[token]) + [UInt8(ascii: ",")] + new
        }
        return text[..<token.lowerBound] + new + text[token.upperBound...]
    }

    /// Strings with their quotes, and everything else that is no punctuation; keys now and then.
    private static func tokens(of text: [UInt8]) -> [Range<Int>] {
        var tokens: [Range<Int>] = []
        var index = 0
        while index < text.count {
            let start = index
            switch text[index] {
            case UInt8(ascii: "\""):
                index += 1
                while index < text.count, text[index] != UInt8(ascii: "\"") {
                    index += text[index] == UInt8(ascii: "\\") ? 2 : 1
                }
                index = min(index + 1, text.count)
                let isKey = index < text.count && text[index] == UInt8(ascii: ":")
                if !isKey || start % 16 == 0 { tokens.append(start..<index) }
            case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "a")...UInt8(ascii: "z"):
                while index < text.count, !",]}:\"".utf8.contains(text[index]) { index += 1 }
                tokens.append(start..<index)
            default: index += 1
            }
        }
        return tokens
    }
}

/// A generator that the fuzzer's seed makes repeatable (SplitMix64).
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
