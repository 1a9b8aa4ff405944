package import Model
import Resolver

/// Addresses of a host and port that are given in place of those that would be looked up, as `--resolve` of curl has them.
package struct FixedAddresses: Sendable, Hashable {
    /// In small letters; `*` of every host.
    package let host: String
    package let port: UInt16
    package let addresses: [IPAddress]

    /// `HOST:PORT:ADDRESS[,ADDRESS]…`, IPv6 addresses in brackets; nil of what is none.
    package init?(_ text: String) {
        // The host is a name: an address has no other.
        let parts = text.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, !parts[0].isEmpty, let port = UInt16(parts[1]), port > 0 else {
            return nil
        }
        var addresses: [IPAddress] = []
        for part in parts[2].split(separator: ",", omittingEmptySubsequences: false) {
            let hasBrackets = part.hasPrefix("[") && part.hasSuffix("]")
            let bare = hasBrackets ? part.dropFirst().dropLast() : part
            guard let address = IPAddress(String(bare)), hasBrackets ? !address.isIPv4 : true else {
                return nil
            }
            addresses.append(address)
        }
        guard !addresses.isEmpty else { return nil }
        host = Self.bare(parts[0].lowercased())
        self.port = port
        self.addresses = addresses
    }

    func isFor(_ url: TraceURL) -> Bool {
        port == url.port && (host == "*" || host == Self.bare(url.host.lowercased()))
    }

    /// The final dot of a name makes it no other one.
    private static func bare(_ name: String) -> String {
        name.count > 1 && name.hasSuffix(".") ? String(name.dropLast()) : name
    }
}

extension [FixedAddresses] {
    /// What is given for an address, the last that fits; nil where nothing is.
    func resolution(of url: TraceURL, family: AddressFamily) -> NameResolution? {
        guard let fixed = last(where: { $0.isFor(url) }) else { return nil }
        let usable = fixed.addresses.filter(family.has)
        guard !usable.isEmpty else {
            return NameResolution(
                name: url.host,
                failure: NameResolution.Failure(
                    .noData, "--resolve gives \(url.host) no \(family.noun)"))
        }
        return NameResolution(
            name: url.host, asked: url.host, answeredBy: .given, addresses: usable)
    }
}
