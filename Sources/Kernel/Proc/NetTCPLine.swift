import Model
import Text

/// One line of `/proc/net/tcp{,6}`, read digit by digit.
///
/// `sl: local:port remote:port st tx_queue:rx_queue tr:tm->when retrnsmt uid timeout inode` and more that is not needed.
package struct NetTCPLine {
    /// Whether this processor stores the highest byte first.
    package static let isHostBigEndian = 1.bigEndian == 1

    private var position: Int
    private let end: Int
    private let isBigEndian: Bool

    private init(_ line: Range<Int>, isBigEndian: Bool) {
        position = line.lowerBound
        end = line.upperBound
        self.isBigEndian = isBigEndian
    }

    static func isHeading(_ line: Range<Int>, of bytes: Span<UInt8>) -> Bool {
        var column = line.lowerBound
        guard let word = bytes.word(from: &column, to: line.upperBound) else { return true }
        return word.count == 2 && bytes.begins(word, with: "sl")
    }

    static func row(
        _ line: Range<Int>, of bytes: Span<UInt8>, isIPv6: Bool, isBigEndian: Bool
    ) -> SocketRow? {
        var columns = NetTCPLine(line, isBigEndian: isBigEndian)
        guard columns.decimal(in: bytes) != nil, columns.colon(in: bytes),
            let source = columns.address(in: bytes, isIPv6: isIPv6), columns.colon(in: bytes),
            let sourcePort = columns.hexadecimal(in: bytes),
            let destination = columns.address(in: bytes, isIPv6: isIPv6),
            columns.colon(in: bytes), let destinationPort = columns.hexadecimal(in: bytes),
            let number = columns.hexadecimal(in: bytes),
            let state = TCPState(rawValue: UInt8(truncatingIfNeeded: number)), number <= 13,
            let sendQueue = columns.hexadecimal(in: bytes), columns.colon(in: bytes),
            let receiveQueue = columns.hexadecimal(in: bytes),
            let timer = columns.hexadecimal(in: bytes), columns.colon(in: bytes),
            let ticks = columns.hexadecimal(in: bytes),
            let retransmits = columns.hexadecimal(in: bytes),
            let uid = columns.decimal(in: bytes), let probes = columns.decimal(in: bytes),
            let inode = columns.decimal(in: bytes), sourcePort <= 0xffff,
            destinationPort <= 0xffff
        else { return nil }

        // The kernel prints request sockets as SYN_RECV itself, as sock_diag does; other writers of this format may not.
        // sock_diag gives the probes sent where a probe is what the timer is for (inet_diag.c:inet_sk_diag_fill).
        return SocketRow(
            state: state == .newSynReceived ? .synReceived : state, isFamilyIPv6: isIPv6,
            timer: UInt8(clamping: timer),
            retransmits: UInt8(clamping: timer == 1 ? retransmits : probes),
            sourcePort: UInt16(truncatingIfNeeded: sourcePort),
            destinationPort: UInt16(truncatingIfNeeded: destinationPort), source: source,
            destination: destination,
            expires: UInt32(clamping: min(ticks, UInt64(UInt32.max)) * 10),
            receiveQueue: UInt32(clamping: receiveQueue), sendQueue: UInt32(clamping: sendQueue),
            uid: UInt32(clamping: uid), inode: UInt32(truncatingIfNeeded: inode))
    }

    /// IPv4 as one word of eight digits, IPv6 as four, each the memory's bytes read as a number of its processor.
    private mutating func address(in bytes: Span<UInt8>, isIPv6: Bool) -> IPAddress? {
        skipBlanks(in: bytes)
        guard isIPv6 else { return addressWord(in: bytes).map { IPAddress(v4: $0) } }
        guard let first = addressWord(in: bytes), let second = addressWord(in: bytes),
            let third = addressWord(in: bytes), let fourth = addressWord(in: bytes)
        else { return nil }
        return IPAddress(
            high: UInt64(first) << 32 | UInt64(second), low: UInt64(third) << 32 | UInt64(fourth))
    }

    private mutating func addressWord(in bytes: Span<UInt8>) -> UInt32? {
        guard position + 8 <= end else { return nil }
        var value: UInt32 = 0
        for index in position..<position + 8 {
            guard let digit = Span<UInt8>.hexadecimalDigit(bytes[index]) else { return nil }
            value = value << 4 | UInt32(digit)
        }
        position += 8
        return isBigEndian ? value : value.byteSwapped
    }

    private mutating func skipBlanks(in bytes: Span<UInt8>) {
        while position < end, bytes[position] == 32 { position += 1 }
    }

    private mutating func colon(in bytes: Span<UInt8>) -> Bool {
        guard position < end, bytes[position] == 58 else { return false }
        position += 1
        return true
    }

    /// At most 16 digits, after any blanks.
    private mutating func hexadecimal(in bytes: Span<UInt8>) -> UInt64? {
        skipBlanks(in: bytes)
        let start = position
        var value: UInt64 = 0
        while position < end, let digit = Span<UInt8>.hexadecimalDigit(bytes[position]) {
            value = value << 4 | UInt64(digit)
            position += 1
        }
        return 1...16 ~= position - start ? value : nil
    }

    /// At most 19 digits, after any blanks.
    private mutating func decimal(in bytes: Span<UInt8>) -> UInt64? {
        skipBlanks(in: bytes)
        let start = position
        var value: UInt64 = 0
        while position < end, bytes[position] &- 48 < 10 {
            value = value &* 10 &+ UInt64(bytes[position] &- 48)
            position += 1
        }
        return 1...19 ~= position - start ? value : nil
    }
}
