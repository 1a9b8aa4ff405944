import Kernel
package import Model

/// In which order addresses are to be tried: by RFC 6724 §6, as far as its rules apply to a host without Mobile IP.
///
/// Rule 9, the longest prefix in common, is left out among IPv4 addresses, which the RFC allows: a server that hands them out in
/// turns would be made of no use.
package enum AddressOrder {
    /// A destination, and what the kernel would send from.
    struct Candidate: Sendable, Hashable {
        var address: IPAddress
        /// Nil where no route leads there.
        var source: IPAddress?
        /// Whether new connections are better not made from it (RFC 4862 §5.5.4).
        var isDeprecated = false
        /// Of the source: beyond it nothing is in common.
        var prefix = 128
    }

    /// Asks the kernel for the source of each.
    package static func sorted(_ addresses: [IPAddress]) -> [IPAddress] {
        guard addresses.count > 1 else { return addresses }
        let own = addresses.contains { !$0.isIPv4 } ? OwnAddress.all() : [:]
        return sorted(
            addresses.map { address in
                let source = source(for: address)
                let known = source.flatMap { own[$0] }
                return Candidate(
                    address: address, source: source, isDeprecated: known?.isDeprecated ?? false,
                    prefix: known?.prefix ?? 128)
            })
    }

    static func sorted(_ candidates: [Candidate]) -> [IPAddress] {
        let ranked = candidates.enumerated().map { place, candidate in
            (rank: rank(candidate) + [place], address: candidate.address)
        }
        return ranked.sorted { $0.rank.lexicographicallyPrecedes($1.rank) }.map(\.address)
    }

    /// What decides, in the order of the rules; less is better.
    private static func rank(_ candidate: Candidate) -> [Int] {
        let policy = AddressPolicy(candidate.address)
        let scope = candidate.address.scope
        guard let source = candidate.source else {
            return [1, 0, 0, 0, -policy.precedence, scope.rawValue, 0]
        }
        let common =
            candidate.address.isIPv4
            ? 0 : min(candidate.address.bitsInCommon(with: source), candidate.prefix)
        return [
            0, scope == source.scope ? 0 : 1, candidate.isDeprecated ? 1 : 0,
            AddressPolicy(source).label == policy.label ? 0 : 1, -policy.precedence,
            scope.rawValue, -common,
        ]
    }

    /// Asks the kernel, by the connect() of a UDP socket, which sends nothing; nil where no route leads there.
    private static func source(for address: IPAddress) -> IPAddress? {
        let descriptor = UDPSocket.open(isIPv6: !address.isIPv4)
        guard descriptor >= 0 else { return nil }
        let socket = UDPSocket(descriptor: descriptor)
        defer { socket.close() }
        guard socket.connect(to: SocketAddress(address, port: 53)) == 0 else { return nil }
        return socket.localAddress()?.address
    }

    /// Whether a route leads there.
    package static func isRouted(_ address: IPAddress) -> Bool { source(for: address) != nil }
}

/// What RFC 6724 §2.1 thinks of an address: a higher precedence is preferred, and a source of the same label.
struct AddressPolicy {
    let precedence: Int
    let label: Int

    private struct Row {
        let address: IPAddress
        let bits: Int
        let precedence: Int
        let label: Int

        init(_ text: String, _ bits: Int, _ precedence: Int, _ label: Int) {
            address = IPAddress(text) ?? .unspecifiedV6
            self.bits = bits
            self.precedence = precedence
            self.label = label
        }
    }

    /// The default policy table, the longest prefixes first.
    private static let rows = [
        Row("::1", 128, 50, 0), Row("::ffff:0.0.0.0", 96, 35, 4), Row("::", 96, 1, 3),
        Row("2001::", 32, 5, 5), Row("2002::", 16, 30, 2), Row("3ffe::", 16, 1, 12),
        Row("fec0::", 10, 1, 11), Row("fc00::", 7, 3, 13), Row("::", 0, 40, 1),
    ]

    init(_ address: IPAddress) {
        let row = Self.rows.first { address.bitsInCommon(with: $0.address) >= $0.bits }
        precedence = row?.precedence ?? 40
        label = row?.label ?? 1
    }
}

/// How far an address reaches, by the numbers of RFC 4291 §2.7.
enum AddressScope: Int {
    case link = 2
    case site = 5
    case global = 14
}

extension IPAddress {
    /// RFC 6724 §3.1 and §3.2: loopback reaches as far as a link, and private IPv4 addresses as far as any.
    var scope: AddressScope {
        if let v4 { return isLoopback || v4 >> 16 == 0xA9FE ? .link : .global }
        if isLoopback || high >> 54 == 0x3FA { return .link }
        return high >> 54 == 0x3FB ? .site : .global
    }

    /// How many bits are the same from the first on.
    func bitsInCommon(with other: IPAddress) -> Int {
        let upper = (high ^ other.high).leadingZeroBitCount
        return upper < 64 ? upper : 64 + (low ^ other.low).leadingZeroBitCount
    }
}
