import CNetlink
import Model

/// Reads a message from its first byte on; whatever it meets, it gives nil and never a trap.
struct DNSReader {
    private let bytes: [UInt8]
    private var offset = 0

    /// The class of all that is asked for here.
    static let internet: UInt16 = 1

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    enum Entry {
        case record(DNSRecord)
        /// The extension of the protocol, with the upper bits of the code (RFC 6891 §6.1.3).
        case `extension`(UInt8)
        /// Of another class.
        case foreign
    }

    mutating func number8() -> UInt8? {
        guard offset < bytes.count else { return nil }
        defer { offset += 1 }
        return bytes[offset]
    }

    mutating func number16() -> UInt16? {
        guard offset + 2 <= bytes.count else { return nil }
        defer { offset += 2 }
        return UInt16(bytes[offset]) << 8 | UInt16(bytes[offset + 1])
    }

    mutating func number32() -> UInt32? {
        guard let high = number16(), let low = number16() else { return nil }
        return UInt32(high) << 16 | UInt32(low)
    }

    /// A name at this place, which may lead to earlier ones (RFC 1035 §4.1.4).
    ///
    /// dn_expand(3) reads it: it gives up where pointers go in circles or out of the message, and escapes what is no plain
    /// character.
    mutating func name() -> DNSName? {
        guard offset < bytes.count else { return nil }
        let start = offset
        var used: CInt = -1
        let text = unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: room) {
            text -> String? in
            unsafe used = bytes.withUnsafeBufferPointer { message in
                guard let base = message.baseAddress else { return -1 }
                return unsafe tcptune_expand_name(
                    base, base + message.count, base + start, text.baseAddress, CInt(room))
            }
            guard used > 0, let first = text.baseAddress else { return nil }
            return unsafe String(cString: first)
        }
        guard let text else { return nil }
        offset += Int(used)
        return DNSName(text)
    }

    /// NS_MAXDNAME: 255 bytes, each of which may be written as four.
    private var room: Int { 1025 }

    mutating func record() -> Entry? {
        guard let name = name(), let type = number16(), let kind = number16(),
            let life = number32(), let length = number16(), offset + Int(length) <= bytes.count
        else { return nil }
        let data = offset..<(offset + Int(length))
        defer { offset = data.upperBound }
        if type == DNSType.opt.rawValue { return .extension(UInt8(life >> 24)) }
        guard kind == Self.internet else { return .foreign }
        var record = DNSRecord(
            name: name, type: DNSType(rawValue: type),
            // RFC 2181 §8: beyond 31 bits it is none.
            life: life >> 31 == 0 ? life : 0, content: .other, text: "")
        guard fill(&record, data) else { return nil }
        return .record(record)
    }

    /// False where the data is not what the type has.
    private mutating func fill(_ record: inout DNSRecord, _ data: Range<Int>) -> Bool {
        switch record.type {
        case .a:
            guard data.count == 4, let number = number32() else { return false }
            return set(&record, IPAddress(v4: number))
        case .aaaa:
            guard data.count == 16, let one = number32(), let two = number32(),
                let three = number32(), let four = number32()
            else { return false }
            return set(
                &record,
                IPAddress(
                    high: UInt64(one) << 32 | UInt64(two), low: UInt64(three) << 32 | UInt64(four)))
        case .cname, .dname, .ns, .ptr:
            guard let target = name(), offset == data.upperBound else { return false }
            record.content = .name(target)
            record.text = target.text
        case .soa:
            guard let primary = name(), let mailbox = name(),
                offset + 20 == data.upperBound
            else { return false }
            let numbers = (0..<5).compactMap { _ in number32() }
            guard numbers.count == 5 else { return false }
            // RFC 2308 §5: the lesser of the record's own life and its last field.
            record.content = .authority(negativeLife: min(record.life, numbers[4]))
            record.text =
                ([primary.text, mailbox.text] + numbers.map { String($0) })
                .joined(separator: " ")
        case .mx:
            guard let preference = number16(), let host = name(), offset == data.upperBound
            else { return false }
            record.text = "\(preference) \(host)"
        case .txt: record.text = DNSText.strings(bytes[data]) ?? DNSText.unknown(bytes[data])
        default: record.text = DNSText.unknown(bytes[data])
        }
        return true
    }

    private func set(_ record: inout DNSRecord, _ address: IPAddress) -> Bool {
        record.content = .address(address)
        record.text = address.description
        return true
    }
}
