import Testing

@testable import Kernel

/// The tree under `Fixtures`, laid out as a captured host: `/proc/net/snmp` and the like.
enum ProcFixtures {
    static let root = Root(path: directory)

    private static let directory: String = {
        let file = #filePath
        return String(file[..<(file.lastIndex(of: "/") ?? file.endIndex)]) + "/Fixtures"
    }()
}

/// A generator whose numbers a failing run can repeat (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}

/// Damages a text the way a torn read, a foreign kernel or malice would.
struct TextMutation {
    private var generator: SeededGenerator

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    private static let interesting: [UInt8] =
        Array("\n\n :0f-9,[]/.\t\0\u{1b}".utf8) + [0xff, 0x80]

    mutating func damage(_ text: [UInt8]) -> [UInt8] {
        var text = text
        for _ in 0..<Int.random(in: 1...6, using: &generator) {
            guard !text.isEmpty else { return text }
            let place = Int.random(in: 0..<text.count, using: &generator)
            let length = Int.random(
                in: 0...min(40, text.count - place), using: &generator)
            switch Int.random(in: 0..<6, using: &generator) {
            case 0: text[place] = UInt8.random(in: 0...255, using: &generator)
            case 1: text[place] = Self.interesting.randomElement(using: &generator) ?? 0
            case 2: text.removeSubrange(place..<place + length)
            case 3: text.insert(contentsOf: text[place..<place + length], at: place)
            case 4: text.removeSubrange(place...)
            default:
                text.insert(
                    contentsOf: repeatElement(UInt8(ascii: "9"), count: length), at: place)
            }
        }
        return text
    }
}
