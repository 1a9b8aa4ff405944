import Model

/// A pcapng file of what wires saw, as Wireshark and tshark read it: a link for each wire, a comment at what was lost or late.
///
/// Format: draft-ietf-opsawg-pcapng.
package struct CaptureFile: Sendable {
    package private(set) var bytes: [UInt8] = []
    private var links: UInt32 = 0

    /// - Parameter program: `tcptune 1.0`.
    package init(program: String) {
        // Section header: byte order, version 1.0, length not known.
        var body: [UInt8] = []
        body.append(little: 0x1A2B_3C4D as UInt32)
        body.append(little: 1 as UInt16)
        body.append(little: 0 as UInt16)
        body.append(little: UInt64.max)
        body.appendOption(4, Array(program.utf8))
        body.appendOption(0, [])
        append(block: 0x0A0D_0D0A, body)
    }

    /// Adds what a wire saw.
    ///
    /// - Parameters:
    ///   - name: of the link, for those who read it: `handshake, late SYN, run 1`.
    ///   - clock: nanoseconds from CLOCK_MONOTONIC to the time of day.
    package mutating func append(_ record: WireRecord, named name: String, clock: Int64) {
        var body: [UInt8] = []
        // LINKTYPE_ETHERNET, reserved, no limit of a packet.
        body.append(little: 1 as UInt16)
        body.append(little: 0 as UInt16)
        body.append(little: 0 as UInt32)
        body.appendOption(2, Array("wire\(links)".utf8))
        body.appendOption(3, Array(name.utf8))
        // Times in units of 10⁻⁹ s.
        body.appendOption(9, [9])
        body.appendOption(0, [])
        append(block: 1, body)
        let segments = record.passages.map { (at: $0.sent, frame: $0.frame, comment: $0.comment) }
        let notices = record.notices.map { (at: $0.sent, frame: $0.frame, comment: String?.none) }
        for packet in (segments + notices).sorted(by: { $0.at < $1.at }) {
            append(packet.frame, at: packet.at + clock, packet.comment)
        }
        links += 1
    }

    /// - Parameter time: of day, in nanoseconds.
    private mutating func append(_ frame: [UInt8], at time: Int64, _ comment: String?) {
        var body: [UInt8] = []
        let time = UInt64(bitPattern: time)
        body.append(little: links)
        body.append(little: UInt32(truncatingIfNeeded: time >> 32))
        body.append(little: UInt32(truncatingIfNeeded: time))
        body.append(little: UInt32(frame.count))
        body.append(little: UInt32(frame.count))
        body.appendPadded(frame)
        if let comment { body.appendOption(1, Array(comment.utf8)) }
        body.appendOption(0, [])
        append(block: 6, body)
    }

    private mutating func append(block kind: UInt32, _ body: [UInt8]) {
        let length = UInt32(body.count + 12)
        bytes.append(little: kind)
        bytes.append(little: length)
        bytes += body
        bytes.append(little: length)
    }
}

extension WireRecord.Passage {
    /// What a capture cannot show by itself; nil for a segment that a kernel sent and that arrived.
    var comment: String? {
        if isDelayed {
            return arrived.map {
                "delayed on the way: it arrived \(Double($0 - sent) / 1e9) s after it was sent"
            } ?? "delayed on the way: it has not arrived yet"
        }
        return switch (origin, isLost) {
        case (.duplicate, _): "an old duplicate: a copy of an earlier segment, delayed until now"
        case (.crafted, _): "crafted by the experiment"
        case (_, true): "lost: it never arrived"
        default: nil
        }
    }
}

extension [UInt8] {
    fileprivate mutating func append<Number: FixedWidthInteger>(little number: Number) {
        for index in 0..<(Number.bitWidth / 8) {
            append(UInt8(truncatingIfNeeded: number >> (8 * index)))
        }
    }

    /// Filled up to words of four bytes.
    fileprivate mutating func appendPadded(_ bytes: [UInt8]) {
        self += bytes
        while count % 4 != 0 { append(0) }
    }

    fileprivate mutating func appendOption(_ code: UInt16, _ value: [UInt8]) {
        append(little: code)
        append(little: UInt16(clamping: value.count))
        appendPadded(value)
    }
}
