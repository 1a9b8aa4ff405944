import CNetlink
import Glibc
package import Model

/// Word of ICMP that a TCP segment could not be delivered: RFC 792, and RFC 4443 §3.1 for IPv6.
package struct UnreachableNotice: Sendable, Hashable {
    /// Where the segment came from, and where it was to go.
    package var source: Segment.End
    package var destination: Segment.End
    package var family: InternetFamily
    /// Why, by the protocol's number.
    package var code: UInt8

    /// Reads an Ethernet frame; nil where it holds anything else.
    package init?(frame: [UInt8]) {
        let packet = Segment.Place.packet
        guard frame.count >= packet + 40 else { return nil }
        let message: Int
        switch (frame.number16(12), frame[packet] >> 4) {
        case (UInt16(ETH_P_IP), 4) where frame[packet + 9] == UInt8(IPPROTO_ICMP):
            message = packet + Int(frame[packet] & 0x0F) * 4
            // Type 3: destination unreachable.
            guard frame.count >= message + 8 + 20 + 4, frame[message] == 3 else { return nil }
            family = .v4
        case (UInt16(ETH_P_IPV6), 6) where frame[packet + 6] == UInt8(IPPROTO_ICMPV6):
            message = packet + 40
            guard frame.count >= message + 8 + 40 + 4, frame[message] == 1 else { return nil }
            family = .v6
        default: return nil
        }
        code = frame[message + 1]
        // Behind eight bytes is the beginning of the packet that was not delivered.
        let quoted = message + 8
        let (header, first, protocolNumber, length) =
            family == .v4
            ? (Int(frame[quoted] & 0x0F) * 4, quoted + 12, frame[quoted + 9], 4)
            : (40, quoted + 8, frame[quoted + 6], 16)
        guard protocolNumber == UInt8(IPPROTO_TCP), frame.count >= quoted + header + 4 else {
            return nil
        }
        let ports = quoted + header
        source = Segment.End(frame.address(first, length: length), frame.number16(ports))
        destination = Segment.End(
            frame.address(first + length, length: length), frame.number16(ports + 2))
    }

    /// As it is drawn: `ICMP host unreachable`.
    package var label: String {
        "ICMP " + (Self.reasons[family]?[code] ?? "destination unreachable, code \(code)")
    }

    private static let reasons: [InternetFamily: [UInt8: String]] = [
        .v4: [
            0: "net unreachable", 1: "host unreachable", 3: "port unreachable",
            9: "net prohibited", 10: "host prohibited", 13: "communication prohibited",
        ],
        .v6: [
            0: "no route to destination", 1: "communication prohibited",
            3: "address unreachable", 4: "port unreachable", 6: "route rejects",
        ],
    ]
}
