package import Model

/// Which addresses are looked for.
package enum AddressFamily: String, Sendable, Hashable, CaseIterable {
    /// A and AAAA.
    case any
    case v4
    case v6

    package func has(_ address: IPAddress) -> Bool {
        switch self {
        case .any: true
        case .v4: address.isIPv4
        case .v6: !address.isIPv4
        }
    }

    /// What is asked for.
    var types: [DNSType] {
        switch self {
        case .any: [.a, .aaaa]
        case .v4: [.a]
        case .v6: [.aaaa]
        }
    }

    /// In words: `address`, `IPv6 address`.
    package var noun: String {
        switch self {
        case .any: "address"
        case .v4: "IPv4 address"
        case .v6: "IPv6 address"
        }
    }
}
