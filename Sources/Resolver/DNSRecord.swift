package import Model

/// A record of a message.
package struct DNSRecord: Sendable, Hashable {
    package enum Content: Sendable, Hashable {
        case address(IPAddress)
        /// Of a CNAME, a DNAME, an NS, a PTR.
        case name(DNSName)
        /// Of an SOA: for how long a cache may keep that there is nothing, in seconds.
        case authority(negativeLife: UInt32)
        case other
    }

    package var name: DNSName
    package var type: DNSType
    /// Seconds for which it may be kept.
    package var life: UInt32
    package var content: Content
    /// As a zone file writes its data.
    package var text: String

    /// The name that it leads to.
    package var target: DNSName? {
        guard case .name(let name) = content else { return nil }
        return name
    }

    package var address: IPAddress? {
        guard case .address(let address) = content else { return nil }
        return address
    }

    /// For those who look at it.
    package var shown: NameResolution.Record {
        NameResolution.Record(
            name: name.text, type: type.description, life: life, data: text)
    }
}
