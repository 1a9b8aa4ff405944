/// What bytes begin with.
enum KeySequence {
    /// A key and how many bytes it has; nil where it is one that is not known, or no key at all.
    case key(Key?, length: Int)
    /// More must be read.
    case incomplete

    init(_ bytes: [UInt8]) {
        switch bytes[0] {
        case 0x1B: self = Self.escaped(bytes)
        case 0x0A, 0x0D: self = .key(.enter, length: 1)
        case 0x08, 0x7F: self = .key(.backspace, length: 1)
        case 0x09: self = .key(.tab, length: 1)
        case 0x00: self = .key(nil, length: 1)
        case 0x01...0x1A: self = .key(.control(Unicode.Scalar(bytes[0] | 0x60)), length: 1)
        case 0x1C...0x1F: self = .key(.control(Unicode.Scalar(bytes[0] | 0x40)), length: 1)
        case 0x20...0x7E: self = .key(.character(Unicode.Scalar(bytes[0])), length: 1)
        default: self = Self.scalar(bytes)
        }
    }

    /// A letter beyond ASCII; bytes that are no UTF-8 are passed over one by one.
    private static func scalar(_ bytes: [UInt8]) -> KeySequence {
        let length =
            switch bytes[0] {
            case 0xC2...0xDF: 2
            case 0xE0...0xEF: 3
            case 0xF0...0xF4: 4
            default: 1
            }
        guard length > 1 else { return .key(nil, length: 1) }
        let part = bytes.prefix(length)
        guard part.dropFirst().allSatisfy({ 0x80...0xBF ~= $0 }) else {
            return .key(nil, length: 1)
        }
        guard part.count == length else { return .incomplete }
        guard let text = String(validating: part, as: UTF8.self),
            let scalar = text.unicodeScalars.first
        else { return .key(nil, length: 1) }
        let isControl = scalar.properties.generalCategory == .control
        return .key(isControl ? nil : .character(scalar), length: length)
    }

    private static func escaped(_ bytes: [UInt8]) -> KeySequence {
        guard bytes.count > 1 else { return .incomplete }
        switch bytes[1] {
        case UInt8(ascii: "["): return control(bytes)
        case UInt8(ascii: "O"):
            guard bytes.count > 2 else { return .incomplete }
            // No letter: it was Alt and a capital O.
            guard 0x40...0x7E ~= bytes[2] else { return .key(nil, length: 2) }
            // The keypad's.
            return .key(bytes[2] == UInt8(ascii: "M") ? .enter : named(bytes[2]), length: 3)
        // What follows is a key of its own.
        default: return .key(.escape, length: 1)
        }
    }

    /// No terminal sends longer ones for a key.
    private static let longest = 32

    /// A control sequence (ECMA-48 §5.4): parameters, intermediate bytes, a final byte.
    private static func control(_ bytes: [UInt8]) -> KeySequence {
        // F1 to F5 on the console of Linux: a second bracket, and a letter.
        if bytes.count > 2, bytes[2] == UInt8(ascii: "[") {
            guard bytes.count > 3 else { return .incomplete }
            return .key(nil, length: 0x40...0x7E ~= bytes[3] ? 4 : 3)
        }
        let body = bytes.dropFirst(2).prefix(longest).prefix { 0x20...0x3F ~= $0 }
        guard body.endIndex < bytes.count else {
            return .incomplete
        }
        // Cut short by something else, or no key of this world: passed over.
        guard 0x40...0x7E ~= bytes[body.endIndex] else { return .key(nil, length: body.endIndex) }
        let length = body.endIndex + 1
        guard bytes[body.endIndex] == UInt8(ascii: "~") else {
            return .key(named(bytes[body.endIndex]), length: length)
        }
        let number = body.prefix { 0x30...0x39 ~= $0 }
        switch String(decoding: number, as: UTF8.self) {
        case "1", "7": return .key(.home, length: length)
        case "3": return .key(.delete, length: length)
        case "4", "8": return .key(.end, length: length)
        case "5": return .key(.pageUp, length: length)
        case "6": return .key(.pageDown, length: length)
        default: return .key(nil, length: length)
        }
    }

    /// The key of a final byte, whatever is held with it.
    private static func named(_ final: UInt8) -> Key? {
        switch final {
        case UInt8(ascii: "A"): .up
        case UInt8(ascii: "B"): .down
        case UInt8(ascii: "C"): .right
        case UInt8(ascii: "D"): .left
        case UInt8(ascii: "F"): .end
        case UInt8(ascii: "H"): .home
        default: nil
        }
    }
}
