import CNetlink
import Glibc

/// A message to netlink(7), put together from numbers and attributes.
package struct NetlinkMessage {
    /// Numbers in the machine's order of bytes, unless they are said to be in the network's.
    private(set) var bytes: [UInt8] = []

    package init(kind: UInt16, flags: CInt) {
        // struct nlmsghdr: length, type, flags, sequence, port.
        append(UInt32(0))
        append(kind)
        append(UInt16(truncatingIfNeeded: flags))
        append(UInt32(0))
        append(UInt32(0))
    }

    package mutating func append<Number: FixedWidthInteger>(_ number: Number) {
        var rest = number.littleEndian
        // Netlink is in the machine's order; every machine that Swift runs on is little-endian.
        for _ in 0..<(Number.bitWidth / 8) {
            bytes.append(UInt8(truncatingIfNeeded: rest))
            rest = Number.bitWidth > 8 ? rest >> 8 : 0
        }
    }

    mutating func appendZeros(_ count: Int) { bytes += repeatElement(0, count: count) }

    package mutating func append(_ attribute: CInt, _ value: [UInt8]) {
        append(UInt16(value.count + 4))
        append(UInt16(truncatingIfNeeded: attribute))
        bytes += value
        while bytes.count % 4 != 0 { bytes.append(0) }
    }

    package mutating func append(_ attribute: CInt, text: String) {
        append(attribute, Array(text.utf8) + [0])
    }

    /// A number in the network's order, as netfilter wants all of its own.
    package mutating func append<Number: FixedWidthInteger>(
        _ attribute: CInt, network number: Number
    ) {
        let width = Number.bitWidth
        append(
            attribute,
            (1...(width / 8)).map { UInt8(truncatingIfNeeded: number >> (width - 8 * $0)) })
    }

    /// An attribute that holds others.
    package mutating func nest(_ attribute: CInt, _ body: (inout NetlinkMessage) -> Void) {
        let start = bytes.count
        append(UInt16(0))
        append(UInt16(truncatingIfNeeded: attribute))
        body(&self)
        let length = UInt16(bytes.count - start)
        bytes[start] = UInt8(truncatingIfNeeded: length)
        bytes[start + 1] = UInt8(truncatingIfNeeded: length >> 8)
    }

    /// The whole message, with its length.
    package var finished: [UInt8] {
        var bytes = bytes
        let length = UInt32(bytes.count)
        for place in 0..<4 { bytes[place] = UInt8(truncatingIfNeeded: length >> (8 * place)) }
        return bytes
    }
}
