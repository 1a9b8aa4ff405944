/// What kind of record is asked for, or given.
package struct DNSType: Sendable, Hashable, RawRepresentable {
    package let rawValue: UInt16

    package init(rawValue: UInt16) { self.rawValue = rawValue }

    package static let a = DNSType(rawValue: 1)
    package static let ns = DNSType(rawValue: 2)
    package static let cname = DNSType(rawValue: 5)
    package static let soa = DNSType(rawValue: 6)
    package static let ptr = DNSType(rawValue: 12)
    package static let mx = DNSType(rawValue: 15)
    package static let txt = DNSType(rawValue: 16)
    package static let aaaa = DNSType(rawValue: 28)
    package static let dname = DNSType(rawValue: 39)
    /// What the extension of the protocol is carried in (RFC 6891).
    package static let opt = DNSType(rawValue: 41)

    private static let names: [UInt16: String] = [
        1: "A", 2: "NS", 5: "CNAME", 6: "SOA", 12: "PTR", 15: "MX", 16: "TXT", 28: "AAAA",
        33: "SRV", 35: "NAPTR", 39: "DNAME", 41: "OPT", 43: "DS", 46: "RRSIG", 47: "NSEC",
        48: "DNSKEY", 50: "NSEC3", 52: "TLSA", 64: "SVCB", 65: "HTTPS", 255: "ANY", 257: "CAA",
    ]
}

extension DNSType: CustomStringConvertible {
    /// `A`; `TYPE65280` for one that has no name here (RFC 3597 §5).
    package var description: String { Self.names[rawValue] ?? "TYPE\(rawValue)" }
}

/// How a server says that all went well, or what went wrong.
package struct DNSCode: Sendable, Hashable, RawRepresentable {
    package let rawValue: UInt16

    package init(rawValue: UInt16) { self.rawValue = rawValue }

    package static let noError = DNSCode(rawValue: 0)
    package static let formatError = DNSCode(rawValue: 1)
    package static let serverFailure = DNSCode(rawValue: 2)
    package static let noSuchName = DNSCode(rawValue: 3)
    package static let notImplemented = DNSCode(rawValue: 4)
    package static let refused = DNSCode(rawValue: 5)

    private static let names: [String] = [
        "NOERROR", "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP", "REFUSED", "YXDOMAIN", "YXRRSET",
        "NXRRSET", "NOTAUTH", "NOTZONE",
    ]
}

extension DNSCode: CustomStringConvertible {
    package var description: String {
        let number = Int(rawValue)
        if Self.names.indices.contains(number) { return Self.names[number] }
        return number == 16 ? "BADVERS" : "RCODE\(number)"
    }
}
