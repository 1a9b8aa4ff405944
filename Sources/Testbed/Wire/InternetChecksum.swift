import CNetlink
import Glibc

/// The checksum of IP, TCP and UDP: RFC 1071.
enum InternetChecksum {
    static func of(_ bytes: ArraySlice<UInt8>, beginning sum: UInt32 = 0) -> UInt16 {
        var sum = sum
        var place = bytes.startIndex
        while place + 1 < bytes.endIndex {
            sum += UInt32(bytes[place]) << 8 | UInt32(bytes[place + 1])
            place += 2
        }
        if place < bytes.endIndex { sum += UInt32(bytes[place]) << 8 }
        while sum >> 16 != 0 { sum = sum & 0xFFFF + sum >> 16 }
        return ~UInt16(truncatingIfNeeded: sum)
    }

    /// Writes the checksum of the TCP segment in an Ethernet frame; leaves other frames alone.
    ///
    /// A packet socket is handed what a network card would have been: a veth has the checksum left to the card
    /// (CHECKSUM_PARTIAL), and nobody ever does it.
    static func complete(_ frame: inout [UInt8]) {
        guard let place = Segment.Place(in: frame) else { return }
        frame.set16(0, at: place.header + 16)
        // The pseudo-header: both addresses, the protocol, the length.
        var sum = UInt32(IPPROTO_TCP) + UInt32(place.end - place.header)
        for offset in stride(
            from: place.addresses.lowerBound, to: place.addresses.upperBound, by: 2)
        {
            sum += UInt32(frame.number16(offset))
        }
        frame.set16(
            of(frame[place.header..<place.end], beginning: sum), at: place.header + 16)
    }

    /// Whether the TCP segment in an Ethernet frame arrived as it was sent.
    static func isRight(_ frame: [UInt8]) -> Bool {
        var other = frame
        complete(&other)
        return other == frame
    }
}
