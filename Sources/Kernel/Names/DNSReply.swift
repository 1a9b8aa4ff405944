package import HostState

/// Answers as a server gives them.
package enum DNSReply {
    /// The addresses of the right family, as the answer of an authority; nil where the bytes ask nothing.
    ///
    /// - Parameter life: seconds for which it may be kept.
    package static func addresses(
        _ addresses: [IPAddress], life: UInt32, to question: [UInt8]
    ) -> [UInt8]? {
        guard let asked = DNSMessage(question), !asked.isResponse, let wanted = asked.question,
            var bytes = DNSQuestion(
                wanted.name, wanted.type, recursionDesired: asked.recursionDesired
            ).message(id: asked.id)
        else { return nil }
        let records = addresses.filter { wanted.type == ($0.isIPv4 ? .a : .aaaa) }.map(data)
        // A response, with authority and with recursion.
        bytes[2] |= 0x84
        bytes[3] |= 0x80
        bytes[7] = UInt8(records.count & 0xFF)
        for data in records {
            // The name of the question, which is behind the header.
            bytes += [0xC0, 12, 0, UInt8(wanted.type.rawValue), 0, 1]
            bytes += [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: life >> $0) }
            bytes += [0, UInt8(data.count)] + data
        }
        return bytes
    }

    private static func data(_ address: IPAddress) -> [UInt8] {
        let bytes = [address.high, address.low].flatMap { half in
            (0..<8).map { UInt8(truncatingIfNeeded: half >> (56 - 8 * UInt64($0))) }
        }
        return address.isIPv4 ? Array(bytes.suffix(4)) : bytes
    }
}
