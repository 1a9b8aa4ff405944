import CNetlink

/// Where the attributes of a message, or of an attribute that holds others, have their values.
package struct NetlinkAttributes {
    private var places: [CInt: Range<Int>] = [:]

    package init(_ message: RawSpan, from offset: Int) {
        self.init(message, in: min(offset, message.byteCount)..<message.byteCount)
    }

    /// What contradicts its length ends the list.
    package init(_ message: RawSpan, in range: Range<Int>) {
        var offset = range.lowerBound
        while let length16: UInt16 = message.integer(at: offset),
            let type: UInt16 = message.integer(at: offset + 2)
        {
            let length = Int(length16)
            guard length >= 4, offset + length <= range.upperBound else { return }
            // Without the marks NLA_F_NESTED and NLA_F_NET_BYTEORDER.
            places[CInt(type & 0x3fff)] = (offset + 4)..<(offset + length)
            offset += (length + 3) & ~3
        }
    }

    package subscript(attribute: CInt) -> Range<Int>? { places[attribute] }
}
