import Catalogue
import Model
import TOML
import TOMLKit
import Text

/// Why a value is none for its sysctl.
struct ValueRefusal: Error {
    let message: String

    init(_ message: String) { self.message = message }
}

extension WishedValue {
    /// Takes an integer, a string, or an array of integers.
    init(_ node: any TOMLValueConvertible, named word: String, for knob: Knob) throws(ValueRefusal)
    {
        switch node.type {
        case .int: self = try .text(KnobText.checked(String(node.int ?? 0), for: knob))
        case .string: self = try WishedValue(node.string ?? "", for: knob)
        case .array:
            let numbers = node.array?.map { $0.int } ?? []
            guard !numbers.contains(nil) else {
                throw ValueRefusal(
                    "'\(word)' must be an array of integers: \(word) = [4096, 131072]")
            }
            let words = numbers.compactMap { $0.map { String($0) } }
            self = try .text(
                KnobText.checked(
                    words.joined(separator: knob.type == .ports ? "," : " "), for: knob))
        case .bool:
            throw ValueRefusal(
                "\(knob.key) accepts a number: \(word) = \(node.bool == true ? 1 : 0)")
        case .double, .table, .date, .time, .dateTime:
            throw ValueRefusal(
                "'\(word)' must be an integer, a string or an array of integers, not \(node.kindWords)"
            )
        }
    }

    /// Takes the text of a value, or a computed one in braces.
    init(_ text: String, for knob: Knob) throws(ValueRefusal) {
        guard text.contains("{") || text.contains("}") else {
            self = try .text(KnobText.checked(text, for: knob))
            return
        }
        let quantity = try HostQuantity(text)
        switch (quantity, knob.type) {
        case (.listeners, .ports), (.memory, .integer), (.processors, .integer):
            self = .computed(quantity)
        case (.listeners, _):
            throw ValueRefusal("{listeners} is a list of ports; \(knob.key) does not accept one")
        default:
            throw ValueRefusal("\(text) is one number; \(knob.key) accepts \(knob.form)")
        }
    }
}

/// The text of a value against what the kernel takes.
enum KnobText {
    /// The canonical form, or why there is none.
    ///
    /// - Parameter ticksPerSecond: nil where it is not known, which allows the widest range.
    static func checked(
        _ text: String, for knob: Knob, ticksPerSecond: Int64? = nil
    ) throws(ValueRefusal) -> String {
        if let arity = knob.type.arity {
            let words = text.split { $0 == " " || $0 == "\t" || $0 == "\n" }
            for word in words { try checkNumber(word, of: knob) }
            guard words.count == arity else {
                throw ValueRefusal(
                    "\(knob.key) accepts \(knob.form), not \(words.count)"
                        + (words.count < arity && !words.isEmpty
                            ? ": the kernel would store a part of it without an error" : ""))
            }
        }
        guard let canonical = knob.canonical(text) else {
            throw ValueRefusal(
                "'\(text)' is not a value of \(knob.key), which accepts \(knob.form)")
        }
        let numbers = knob.numbers(canonical)
        let range = ticksPerSecond.flatMap { knob.range(ticksPerSecond: $0) } ?? knob.type.range
        if let range, let wrong = numbers.first(where: { !range.contains($0) }) {
            throw ValueRefusal(
                "\(knob.key) accepts \(range.lowerBound) to \(range.upperBound), not \(wrong)")
        }
        try checkOrder(numbers, of: knob)
        return canonical
    }

    private static func checkNumber(_ word: Substring, of knob: Knob) throws(ValueRefusal) {
        let digits = word.utf8.first == UInt8(ascii: "-") ? word.dropFirst() : word
        let isDecimal = !digits.isEmpty && digits.utf8.allSatisfy { (0x30...0x39).contains($0) }
        guard isDecimal else {
            if digits.hasPrefix("0x"), let number = Int64(digits.dropFirst(2), radix: 16) {
                throw ValueRefusal("'\(word)' is hexadecimal: write \(number)")
            }
            throw ValueRefusal("'\(word)' is not a number; \(knob.key) accepts \(knob.form)")
        }
        guard digits.utf8.count > 1, digits.utf8.first == UInt8(ascii: "0") else {
            guard Int64(word) != nil else {
                throw ValueRefusal("\(word) is larger than any number in the kernel")
            }
            return
        }
        throw ValueRefusal(LeadingZero.sentence(word))
    }

    /// The kernel checks the order of the port range only; the wrong order of a buffer's sizes it stores.
    private static func checkOrder(_ numbers: [Int64], of knob: Knob) throws(ValueRefusal) {
        guard zip(numbers, numbers.dropFirst()).contains(where: { $0 > $1 }) else { return }
        switch knob.name {
        case "ip_local_port_range":
            throw ValueRefusal(
                "the low end of \(knob.key), \(numbers[0]), is above the high end, \(numbers[1])")
        case "tcp_rmem", "tcp_wmem":
            throw ValueRefusal(
                "\(knob.key) is minimum, default and maximum, in ascending order; the kernel does not check the order"
            )
        case "tcp_mem":
            throw ValueRefusal(
                "\(knob.key) is minimum, pressure and maximum, in ascending order; the kernel does not check the order"
            )
        default: return
        }
    }
}

extension Knob {
    /// What it takes, in words: `3 numbers`.
    var form: String {
        switch type {
        case .integer: "one number"
        case .vector(let count, _): "\(count) numbers"
        case .ports: "ports and ranges of ports, such as 8080,9000-9010"
        case .word: "one word"
        }
    }
}
