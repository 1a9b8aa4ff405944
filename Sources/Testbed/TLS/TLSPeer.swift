package import Model

/// Whom a TLS client wants to reach: a name, which the server is told and its certificate must have, or an address.
package struct TLSPeer: Sendable, Hashable {
    /// In ASCII, without a final dot; nil of an address.
    package let name: String?
    /// In place of a name: the server is told nothing of it (RFC 6066 §3), and its certificate must have it.
    package let address: IPAddress?

    package init(name: String) {
        self.name = name.hasSuffix(".") ? String(name.dropLast()) : name
        address = nil
    }

    package init(_ address: IPAddress) {
        name = nil
        self.address = address
    }

    /// The name, or the address.
    package var description: String { name ?? address?.description ?? "" }

    /// Four bytes or sixteen, as a certificate has them; nil of a name.
    var addressBytes: [UInt8]? {
        guard let address else { return nil }
        if let v4 = address.v4 { return Self.bytes(v4) }
        return Self.bytes(address.high) + Self.bytes(address.low)
    }

    private static func bytes<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
        stride(from: Number.bitWidth - 8, through: 0, by: -8).map {
            UInt8(truncatingIfNeeded: number >> $0)
        }
    }
}
