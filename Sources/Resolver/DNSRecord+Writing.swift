package import Model

extension DNSRecord {
    package static func address(
        _ name: DNSName, _ address: IPAddress, life: UInt32
    ) -> DNSRecord {
        DNSRecord(
            name: name, type: address.isIPv4 ? .a : .aaaa, life: life, content: .address(address),
            text: address.description)
    }

    /// A server of a zone.
    package static func server(
        _ server: DNSName, of zone: DNSName, life: UInt32
    ) -> DNSRecord {
        DNSRecord(name: zone, type: .ns, life: life, content: .name(server), text: server.text)
    }

    /// What comes with the word that there is nothing: for how long that may be kept (RFC 2308 §3).
    package static func authority(of zone: DNSName, negativeLife: UInt32) -> DNSRecord {
        let numbers = soaNumbers(negativeLife).map { String($0) }
        return DNSRecord(
            name: zone, type: .soa, life: negativeLife,
            content: .authority(negativeLife: negativeLife),
            text: (soaNames(zone).map(\.text) + numbers).joined(separator: " "))
    }

    /// The first server, and the mailbox of whoever keeps it.
    private static func soaNames(_ zone: DNSName) -> [DNSName] {
        ["ns", "hostmaster"].map { DNSName($0).below(zone) }
    }

    /// Serial number, refresh, retry, expire, and the life of what is not there.
    private static func soaNumbers(_ negativeLife: UInt32) -> [UInt32] {
        [1, 3600, 600, 86_400, negativeLife]
    }

    /// As it stands in a message.
    var bytes: [UInt8] {
        let data = data
        return name.bytes + Self.big(type.rawValue) + Self.big(DNSReader.internet)
            + Self.big(life) + Self.big(UInt16(truncatingIfNeeded: data.count)) + data
    }

    private var data: [UInt8] {
        switch content {
        case .address(let address):
            address.v4.map(Self.big) ?? Self.big(address.high) + Self.big(address.low)
        case .name(let name): name.bytes
        case .authority(let life):
            Self.soaNames(name).flatMap(\.bytes) + Self.soaNumbers(life).flatMap(Self.big)
        case .other: []
        }
    }

    private static func big<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
        (1...Number.bitWidth / 8).map {
            UInt8(truncatingIfNeeded: number >> (Number.bitWidth - 8 * $0))
        }
    }
}

extension DNSName {
    /// As it stands in a message, with nothing shortened; for names without escaped characters.
    var bytes: [UInt8] {
        isRoot
            ? [0]
            : text.split(separator: ".").flatMap { [UInt8($0.utf8.count & 0x3F)] + $0.utf8 } + [0]
    }
}
