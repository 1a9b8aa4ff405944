package import Model

/// An answer as a server gives it.
package struct DNSReply: Sendable, Hashable {
    package var code = DNSCode.noError
    /// The server speaks for the zone itself.
    package var isAuthoritative: Bool
    package var offersRecursion: Bool
    package var answers: [DNSRecord] = []
    package var authorities: [DNSRecord] = []
    package var additional: [DNSRecord] = []

    package init(isAuthoritative: Bool = false, offersRecursion: Bool = false) {
        self.isAuthoritative = isAuthoritative
        self.offersRecursion = offersRecursion
    }

    /// The addresses of the right family, as the answer of an authority that recurses, too; nil where the bytes ask nothing.
    ///
    /// - Parameter life: seconds for which it may be kept.
    package static func addresses(
        _ addresses: [IPAddress], life: UInt32, to question: [UInt8]
    ) -> [UInt8]? {
        guard let wanted = DNSMessage(question)?.question else { return nil }
        var reply = DNSReply(isAuthoritative: true, offersRecursion: true)
        reply.answers = addresses.filter { wanted.type == ($0.isIPv4 ? .a : .aaaa) }
            .map { .address(wanted.name, $0, life: life) }
        return reply.message(to: question)
    }

    /// The bytes that answer a question; nil where the bytes ask nothing.
    ///
    /// No name is shortened (RFC 1035 §4.1.4 allows it, and does not ask for it).
    package func message(to question: [UInt8]) -> [UInt8]? {
        guard let asked = DNSMessage(question), !asked.isResponse, let wanted = asked.question,
            var bytes = DNSQuestion(
                wanted.name, wanted.type, recursionDesired: asked.recursionDesired
            ).message(id: asked.id)
        else { return nil }
        bytes[2] |= 0x80 | (isAuthoritative ? 0x04 : 0)
        bytes[3] |= (offersRecursion ? 0x80 : 0) | UInt8(code.rawValue & 0x0F)
        for (place, records) in [answers, authorities, additional].enumerated() {
            bytes[6 + 2 * place] = UInt8(truncatingIfNeeded: records.count >> 8)
            bytes[7 + 2 * place] = UInt8(truncatingIfNeeded: records.count)
            for record in records { bytes += record.bytes }
        }
        return bytes
    }
}
