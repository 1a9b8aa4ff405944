/// A message of the DNS, taken apart (RFC 1035 §4).
///
/// Nothing in it is believed before it was looked at: every offset is checked, a name that leads in circles ends the
/// reading, and a number of records larger than there are bytes for does, too.
package struct DNSMessage: Sendable, Hashable {
    package var id: UInt16
    package var isResponse: Bool
    package var code: DNSCode
    package var authoritative: Bool
    package var truncated: Bool
    package var recursionDesired: Bool
    package var recursionAvailable: Bool
    package var question: Question?
    package var answers: [DNSRecord] = []
    package var authorities: [DNSRecord] = []
    package var additional: [DNSRecord] = []
    package var size: Int

    package struct Question: Sendable, Hashable {
        package var name: DNSName
        package var type: DNSType

        package init(_ name: DNSName, _ type: DNSType) {
            self.name = name
            self.type = type
        }
    }

    /// Nil where the bytes are no message.
    ///
    /// One that says it was cut is taken as far as it goes: all of it comes by TCP.
    package init?(_ bytes: [UInt8]) {
        var reader = DNSReader(bytes)
        guard let id = reader.number16(), let flags = reader.number16(),
            let counts = Self.counts(&reader)
        else { return nil }
        self.id = id
        isResponse = flags & 0x8000 != 0
        authoritative = flags & 0x0400 != 0
        truncated = flags & 0x0200 != 0
        recursionDesired = flags & 0x0100 != 0
        recursionAvailable = flags & 0x0080 != 0
        code = DNSCode(rawValue: flags & 0x000F)
        size = bytes.count

        // One question is asked at a time; nobody answers several (RFC 9619).
        guard counts[0] <= 1 else { return nil }
        if counts[0] == 1 {
            guard let name = reader.name(), let type = reader.number16(),
                reader.number16() == DNSReader.internet
            else { return nil }
            question = Question(name, DNSType(rawValue: type))
        }
        for (section, count) in zip(
            [\DNSMessage.answers, \.authorities, \.additional], counts.dropFirst())
        {
            for _ in 0..<count {
                guard let record = reader.record() else {
                    if truncated { return }
                    return nil
                }
                switch record {
                case .record(let record): self[keyPath: section].append(record)
                case .extension(let upper):
                    code = DNSCode(rawValue: code.rawValue | UInt16(upper) << 4)
                case .foreign: break
                }
            }
        }
    }

    private static func counts(_ reader: inout DNSReader) -> [UInt16]? {
        var counts: [UInt16] = []
        for _ in 0..<4 {
            guard let count = reader.number16() else { return nil }
            counts.append(count)
        }
        return counts
    }
}
