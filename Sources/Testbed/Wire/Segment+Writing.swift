import CNetlink
import Glibc
import Kernel
import Model

extension Segment {
    /// An Ethernet frame with it, its checksums right.
    func frame(from source: HardwareAddress, to destination: HardwareAddress) -> [UInt8] {
        let words = options.bytes
        let length = 20 + words.count + payload.count
        var frame = destination.bytes + source.bytes
        frame.reserveCapacity(Place.packet + 40 + length)
        let isIPv4 = self.source.address.isIPv4
        if isIPv4 {
            frame.append16(UInt16(ETH_P_IP))
            // Version and header length, service; length; identification; do not fragment; life, protocol; checksum; ends.
            frame += [0x45, 0]
            frame.append16(UInt16(clamping: 20 + length))
            frame += [0, 0, 0x40, 0, 64, UInt8(IPPROTO_TCP), 0, 0]
        } else {
            frame.append16(UInt16(ETH_P_IPV6))
            // RFC 8200 §3: version, class and flow label; length of what follows; its protocol, hops; ends.
            frame += [0x60, 0, 0, 0]
            frame.append16(UInt16(clamping: length))
            frame += [UInt8(IPPROTO_TCP), 64]
        }
        frame += self.source.address.networkBytes + self.destination.address.networkBytes
        // TCP: ports; sequence; acknowledgement; length and flags; window; checksum; urgent.
        frame.append16(self.source.port)
        frame.append16(self.destination.port)
        frame.append32(sequence)
        frame.append32(acknowledgement)
        frame += [UInt8((20 + words.count) / 4) << 4, flags.rawValue]
        frame.append16(window)
        frame += [0, 0, 0, 0]
        frame += words + payload
        let header = Place.packet
        if isIPv4 {
            frame.set16(InternetChecksum.of(frame[header..<(header + 20)]), at: header + 10)
        }
        InternetChecksum.complete(&frame)
        return frame
    }
}

extension Segment.Options {
    /// As they stand in a segment, filled up to words of four bytes.
    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        if let maximumSegment {
            bytes += [2, 4]
            bytes.append16(maximumSegment)
        }
        if allowsSelectiveAcknowledgement { bytes += [4, 2] }
        if let timestamps {
            bytes += [8, 10]
            bytes.append32(timestamps.value)
            bytes.append32(timestamps.echo)
        }
        if let windowScale { bytes += [3, 3, windowScale] }
        while bytes.count % 4 != 0 { bytes.append(1) }
        return bytes
    }
}
