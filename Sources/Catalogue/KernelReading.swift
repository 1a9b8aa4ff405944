/// What the kernel makes of a text that is written to a sysctl; each case measured on 6.18.
///
/// Numbers take the base of their prefix (`kernel/sysctl.c:proc_get_long`, `strtoul_lenient` with base 0), the kernel
/// ignores what follows the last number wanted, leaves missing ones unchanged, and refuses anything else with EINVAL.
package enum KernelReading: Sendable, Hashable {
    /// These numbers, from the first on; there may be fewer than the sysctl has.
    case numbers([Int64], remarks: [Remark])
    case ports(PortRanges, remarks: [Remark])
    case word(String)
    /// EINVAL; numbers before the faulty one are stored nevertheless.
    case refused(String, stored: [Int64])

    /// Something that its author hardly meant.
    package enum Remark: Sendable, Hashable {
        /// `010` is 8.
        case octal(String, value: Int64)
        /// Fewer numbers than the sysctl has.
        case short(wanted: Int)
        /// Text behind the last number.
        case ignored(String)
    }

    /// The form of a sysctl's value, as far as it is known.
    package enum Form: Sendable, Hashable {
        case numbers(count: Int, range: ClosedRange<Int64>?)
        /// `ip_local_port_range`: two ports, the low one not above the high one and not below the
        /// privileged ones.
        case portRange(lowest: Int64)
        case ports
        case word

        /// From the catalogue, or else from the sysctl's current value.
        ///
        /// - Parameters:   - present: its current value.   - lowestPort: `ip_unprivileged_port_start`.
        package init?(_ knob: Knob?, present: String?, lowestPort: Int64? = nil) {
            if knob?.key == "net.ipv4.ip_local_port_range" {
                self = .portRange(lowest: lowestPort ?? 1024)
                return
            }
            switch knob?.type {
            case .integer(let range): self = .numbers(count: 1, range: range)
            case .vector(let count, let range): self = .numbers(count: count, range: range)
            case .ports: self = .ports
            case .word: self = .word
            case nil:
                guard let count = present.flatMap(Self.numbers) else { return nil }
                self = .numbers(count: count, range: nil)
            }
        }

        /// How many numbers a text is made of; nil if it holds anything else.
        private static func numbers(_ text: String) -> Int? {
            let words = text.split { $0 == " " || $0 == "\t" || $0 == "\n" }
            return words.isEmpty || words.contains { Int64($0) == nil } ? nil : words.count
        }
    }

    package init(_ text: String, form: Form) {
        let words = text.split { $0 == " " || $0 == "\t" || $0 == "\n" }
        switch form {
        case .numbers(let count, let range):
            self = Self.numbers(words, count: max(1, count), range: range)
        case .portRange(let lowest): self = Self.portRange(words, lowest: lowest)
        case .ports: self = Self.ports(words)
        case .word:
            let isQuoted = text.first == "\"" || text.first == "'"
            self =
                words.count == 1 && !isQuoted
                ? .word(String(words[0]))
                : words.isEmpty || isQuoted
                    || words.contains { $0.hasPrefix("#") || $0.hasPrefix(";") }
                    ? .refused(words.isEmpty ? "it is empty" : "there is no such name", stored: [])
                    : .word(words.joined(separator: " "))
        }
    }

    /// What is stored, remarks aside; nil if it is refused.
    package var stored: Stored? {
        switch self {
        case .numbers(let numbers, _): .numbers(numbers)
        case .ports(let ports, _): .ports(ports)
        case .word(let word): .word(word)
        case .refused: nil
        }
    }

    package enum Stored: Sendable, Hashable {
        case numbers([Int64])
        case ports(PortRanges)
        case word(String)

        /// As it would be written.
        package var text: String {
            switch self {
            case .numbers(let numbers): numbers.map(String.init).joined(separator: " ")
            case .ports(let ports):
                ports.description
            case .word(let word): word
            }
        }
    }

    private static func numbers(
        _ words: [Substring], count: Int, range: ClosedRange<Int64>?
    ) -> KernelReading {
        guard !words.isEmpty else { return .refused("it is empty", stored: []) }
        var values: [Int64] = []
        var remarks: [Remark] = []
        for word in words.prefix(count) {
            guard let (value, octal) = number(word) else {
                return .refused("\(word) is not a number for the kernel", stored: values)
            }
            // A u8 takes no minus, not even before 0 (measured).
            if word.hasPrefix("-"), let range, range.lowerBound >= 0, range.upperBound <= 255 {
                return .refused("\(word) is negative", stored: values)
            }
            if let range, !range.contains(value) {
                return .refused(
                    "\(value) is outside \(range.lowerBound) … \(range.upperBound)", stored: values)
            }
            if octal { remarks.append(.octal(String(word), value: value)) }
            values.append(value)
        }
        if words.count < count {
            remarks.append(.short(wanted: count))
        } else if words.count > count {
            remarks.append(.ignored(words[count...].joined(separator: " ")))
        }
        return .numbers(values, remarks: remarks)
    }

    /// Both ends or none: this sysctl checks before it stores.
    private static func portRange(_ words: [Substring], lowest: Int64) -> KernelReading {
        let reading = numbers(words, count: 2, range: 1...65535)
        switch reading {
        case .refused(let why, _): return .refused(why, stored: [])
        case .numbers(let ends, _):
            if let low = ends.first, low < lowest {
                return .refused("\(low) is below ip_unprivileged_port_start, \(lowest)", stored: [])
            }
            if ends.count == 2, ends[0] > ends[1] {
                return .refused("\(ends[0]) is above \(ends[1])", stored: [])
            }
            return reading
        default: return reading
        }
    }

    private static func ports(_ words: [Substring]) -> KernelReading {
        guard words.count <= 1 else {
            return .refused("blanks between ports are not allowed", stored: [])
        }
        var ranges: [ClosedRange<UInt16>] = []
        var remarks: [Remark] = []
        var parts = words.first?.split(separator: ",", omittingEmptySubsequences: false) ?? []
        // One comma at the end is taken, none at the front or beside another (measured).
        if parts.count > 1, parts.last?.isEmpty == true { parts.removeLast() }
        for part in parts {
            let ends = part.split(separator: "-", omittingEmptySubsequences: false)
            let values = ends.compactMap { number($0) }
            guard values.count == ends.count, 1...2 ~= values.count,
                values.allSatisfy({ 0...65535 ~= $0.value }),
                values[0].value <= values[values.count - 1].value
            else { return .refused("\(part) is not a port or port range", stored: []) }
            for (end, value) in zip(ends, values) where value.octal {
                remarks.append(.octal(String(end), value: value.value))
            }
            ranges.append(
                UInt16(
                    clamping: values[0].value)...UInt16(
                        clamping: values[values.count - 1].value))
        }
        return .ports(PortRanges(ranges), remarks: remarks)
    }

    /// Bytes of a number that the kernel looks at (`kernel/sysctl.c:TMPBUFLEN`, less the closing
    /// zero).
    private static let longestNumber = 21

    /// A number with its sign and base prefix, whole or not at all; `octal` where that changes its
    /// value.
    package static func number(_ word: Substring) -> (value: Int64, octal: Bool)? {
        guard word.utf8.count <= longestNumber else { return nil }
        let isNegative = word.hasPrefix("-")
        let digits = isNegative ? word.dropFirst() : word
        guard let first = digits.utf8.first, UInt8(ascii: "0")...UInt8(ascii: "9") ~= first else {
            return nil
        }
        let isHexadecimal = digits.hasPrefix("0x") || digits.hasPrefix("0X")
        let isOctal = !isHexadecimal && first == UInt8(ascii: "0") && digits.utf8.count > 1
        let body = isHexadecimal ? digits.dropFirst(2) : digits
        guard let start = body.utf8.first, start != UInt8(ascii: "+"), start != UInt8(ascii: "-"),
            let magnitude = Int64(body, radix: isHexadecimal ? 16 : isOctal ? 8 : 10)
        else { return nil }
        return (isNegative ? -magnitude : magnitude, isOctal && magnitude >= 8)
    }
}
