import CNetlink
import Glibc
import Model

extension Segment {
    /// Where its parts begin in an Ethernet frame.
    struct Place {
        /// Of the header of IP.
        static let packet = 14
        /// Of both addresses, the source's first.
        var addresses: Range<Int>
        var header: Int
        var payload: Int
        var end: Int

        /// Nil where the frame is no TCP segment over IP, is cut short, or is a fragment.
        ///
        /// One of IPv6 with headers between counts as none: no kernel here puts any there.
        init?(in frame: [UInt8]) {
            let packet = Self.packet
            guard frame.count >= packet + 40 else { return nil }
            switch (frame.number16(12), frame[packet] >> 4) {
            case (UInt16(ETH_P_IP), 4):
                // Neither more fragments nor an offset.
                guard frame[packet + 9] == UInt8(IPPROTO_TCP), frame[packet + 6] & 0x3F == 0,
                    frame[packet + 7] == 0
                else { return nil }
                header = packet + Int(frame[packet] & 0x0F) * 4
                end = packet + Int(frame.number16(packet + 2))
                addresses = (packet + 12)..<(packet + 20)
            case (UInt16(ETH_P_IPV6), 6):
                guard frame[packet + 6] == UInt8(IPPROTO_TCP) else { return nil }
                header = packet + 40
                end = header + Int(frame.number16(packet + 4))
                addresses = (packet + 8)..<(packet + 40)
            default: return nil
            }
            guard header >= packet + 20, end <= frame.count, header + 20 <= end else { return nil }
            payload = header + Int(frame[header + 12] >> 4) * 4
            guard payload >= header + 20, payload <= end else { return nil }
        }
    }

    /// Reads an Ethernet frame; nil where it holds no whole TCP segment.
    package init?(frame: [UInt8]) {
        guard let place = Place(in: frame) else { return nil }
        let header = place.header
        let half = place.addresses.count / 2
        let (source, destination) = (
            place.addresses.lowerBound, place.addresses.lowerBound + half
        )
        self.init(
            from: End(frame.address(source, length: half), frame.number16(header)),
            to: End(frame.address(destination, length: half), frame.number16(header + 2)),
            Flags(rawValue: frame[header + 13]), sequence: frame.number32(header + 4),
            acknowledgement: frame.number32(header + 8), window: frame.number16(header + 14),
            options: Options(frame[(header + 20)..<place.payload]),
            payload: Array(frame[place.payload..<place.end]))
    }
}

extension Segment.Options {
    /// Reads options up to the first that is cut short.
    init(_ bytes: ArraySlice<UInt8>) {
        self.init()
        let bytes = Array(bytes)
        var place = 0
        while place < bytes.count {
            // End of the list, and no operation: one byte each.
            if bytes[place] == 0 { return }
            if bytes[place] == 1 {
                place += 1
                continue
            }
            guard place + 1 < bytes.count, bytes[place + 1] >= 2,
                place + Int(bytes[place + 1]) <= bytes.count
            else { return }
            switch (bytes[place], bytes[place + 1]) {
            case (2, 4): maximumSegment = bytes.number16(place + 2)
            case (3, 3): windowScale = bytes[place + 2]
            case (4, 2): allowsSelectiveAcknowledgement = true
            case (8, 10):
                timestamps = Segment.Timestamps(
                    bytes.number32(place + 2), echo: bytes.number32(place + 6))
            default: break
            }
            place += Int(bytes[place + 1])
        }
    }
}

extension [UInt8] {
    /// In network order; the caller has checked the length.
    func number16(_ place: Int) -> UInt16 { UInt16(self[place]) << 8 | UInt16(self[place + 1]) }
    func number32(_ place: Int) -> UInt32 {
        UInt32(number16(place)) << 16 | UInt32(number16(place + 2))
    }

    /// Of 4 bytes or 16.
    func address(_ place: Int, length: Int) -> IPAddress {
        guard length == 16 else { return IPAddress(v4: number32(place)) }
        let words = (0..<4).map { UInt64(number32(place + 4 * $0)) }
        return IPAddress(high: words[0] << 32 | words[1], low: words[2] << 32 | words[3])
    }

    mutating func append16(_ number: UInt16) {
        append(UInt8(truncatingIfNeeded: number >> 8))
        append(UInt8(truncatingIfNeeded: number))
    }

    mutating func append32(_ number: UInt32) {
        append16(UInt16(truncatingIfNeeded: number >> 16))
        append16(UInt16(truncatingIfNeeded: number))
    }

    mutating func set16(_ number: UInt16, at place: Int) {
        self[place] = UInt8(truncatingIfNeeded: number >> 8)
        self[place + 1] = UInt8(truncatingIfNeeded: number)
    }
}
