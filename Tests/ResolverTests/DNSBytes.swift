@testable import Resolver

/// Messages as a server may send them, put together byte by byte.
enum DNSBytes {
    static func header(
        id: UInt16 = 7, flags: UInt16 = 0x8180, questions: UInt16 = 1, answers: UInt16 = 0,
        authorities: UInt16 = 0, additional: UInt16 = 0
    ) -> [UInt8] {
        [id, flags, questions, answers, authorities, additional].flatMap(number)
    }

    static func number(_ value: UInt16) -> [UInt8] { [UInt8(value >> 8), UInt8(value & 0xFF)] }

    static func name(_ text: String) -> [UInt8] {
        text.split(separator: ".").flatMap { [UInt8($0.utf8.count)] + Array($0.utf8) } + [0]
    }

    static func pointer(_ place: UInt16) -> [UInt8] { number(0xC000 | place) }

    /// In the class of the internet.
    static func question(_ text: String, _ type: DNSType = .a) -> [UInt8] {
        name(text) + number(type.rawValue) + number(1)
    }

    static func record(
        _ owner: [UInt8], _ type: DNSType, life: UInt32 = 60, kind: UInt16 = 1, _ data: [UInt8],
        length: UInt16? = nil
    ) -> [UInt8] {
        owner + number(type.rawValue) + number(kind) + number(UInt16(life >> 16))
            + number(UInt16(life & 0xFFFF)) + number(length ?? UInt16(data.count)) + data
    }
}
