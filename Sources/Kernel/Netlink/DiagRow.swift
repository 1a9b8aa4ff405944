import CNetlink
import Glibc
import Model

/// struct inet_diag_msg, read in place.
///
/// Offsets: `include/uapi/linux/inet_diag.h`. 0 family, 1 state, 2 timer, 3 retransmits; the socket's identity from 4:
/// ports 4 and 6, addresses 8 and 24, interface 40, cookie 44; then expires 52, queues 56 and 60, uid 64, inode 68;
/// attributes from 72.
enum DiagRow {
    static let size = 72

    /// Reads the fixed part; nil for a message that is too short or of a family or state that is not TCP's.
    @inline(__always)
    static func parse(_ message: RawSpan) -> SocketRow? {
        guard message.byteCount >= size else { return nil }
        let head = word(at: 0, of: message)
        let family = CInt(truncatingIfNeeded: head & 0xff)
        let number = UInt8(truncatingIfNeeded: head >> 8)
        guard var state = TCPState(rawValue: number) else { return nil }
        if state == .newSynReceived { state = .synReceived }
        let source: IPAddress
        let destination: IPAddress
        if family == AF_INET {
            source = IPAddress(v4: UInt32(bigEndian: word(at: 8, of: message)))
            destination = IPAddress(v4: UInt32(bigEndian: word(at: 24, of: message)))
        } else if family == AF_INET6 {
            let ends = (message.words(at: 8), message.words(at: 24))
            source = IPAddress(high: ends.0.high, low: ends.0.low)
            destination = IPAddress(high: ends.1.high, low: ends.1.low)
        } else {
            return nil
        }
        let ports = word(at: 4, of: message)
        return SocketRow(
            state: state, isFamilyIPv6: family == AF_INET6,
            timer: UInt8(truncatingIfNeeded: head >> 16),
            retransmits: UInt8(truncatingIfNeeded: head >> 24),
            sourcePort: UInt16(bigEndian: UInt16(truncatingIfNeeded: ports)),
            destinationPort: UInt16(bigEndian: UInt16(truncatingIfNeeded: ports >> 16)),
            source: source, destination: destination, expires: word(at: 52, of: message),
            receiveQueue: word(at: 56, of: message), sendQueue: word(at: 60, of: message),
            uid: word(at: 64, of: message), inode: word(at: 68, of: message),
            interface: word(at: 40, of: message),
            cookie: UInt64(word(at: 44, of: message)) | UInt64(word(at: 48, of: message)) << 32)
    }

    /// Four bytes in host order; the caller has checked the length.
    @inline(__always)
    private static func word(at offset: Int, of message: RawSpan) -> UInt32 {
        unsafe message.unsafeLoadUnaligned(
            fromUncheckedByteOffset: offset, as: UInt32.self)
    }

    /// SK_MEMINFO_DROPS (`include/uapi/linux/sock_diag.h`): the ninth of its numbers.
    private static let dropsPlace = 8

    /// Whether the socket has IP_TRANSPARENT, which is always sent of a full one (struct inet_diag_sockopt, Linux 5.10).
    static func isTransparent(_ message: RawSpan) -> Bool {
        let attributes = NetlinkAttributes(message, from: size)
        guard let place = attributes[CInt(INET_DIAG_SOCKOPT)]?.lowerBound,
            let flags: UInt8 = message.integer(at: place)
        else { return false }
        return flags & 1 << 5 != 0
    }

    /// Whether the connection uses timestamps: `tcpi_options` of its struct tcp_info; nil where that was not sent.
    static func usesTimestamps(_ message: RawSpan) -> Bool? {
        // TCPI_OPT_TIMESTAMPS is 1.
        infoByte(at: 5, of: message).map { $0 & 1 != 0 }
    }

    /// `tcpi_bytes_sent` of its struct tcp_info (Linux 4.19); nil where that was not sent.
    static func bytesSent(_ message: RawSpan) -> UInt64? { infoInteger(at: 200, of: message) }

    /// Seconds since the last acknowledgement from the peer (`tcpi_last_ack_recv`); nil where that was not sent.
    ///
    /// A FIN takes the slow path and acknowledges (`net/ipv4/tcp_input.c:tcp_ack`): in CLOSE_WAIT that is since the FIN, or since
    /// an acknowledgement after it.
    static func lastAcknowledged(_ message: RawSpan) -> Double? {
        let milliseconds: UInt32? = infoInteger(at: 56, of: message)
        return milliseconds.map { Double($0) / 1000 }
    }

    /// Seconds, at least, for which a connection is open: both times are set when it opens; nil where they were not sent.
    ///
    /// `tcpi_last_data_recv`, `tcpi_last_ack_recv`; `net/ipv4/tcp_minisocks.c:tcp_create_openreq_child`.
    static func open(_ message: RawSpan) -> Double? {
        guard let data: UInt32 = infoInteger(at: 52, of: message),
            let acknowledgement: UInt32 = infoInteger(at: 56, of: message)
        else { return nil }
        return Double(max(data, acknowledgement)) / 1000
    }

    /// Seconds, at least, since the segment that it retransmits was sent first; nil where nothing is retransmitted.
    ///
    /// Each time-out doubles the next (`tcpi_rto`, `tcpi_backoff`; `net/ipv4/tcp_timer.c:tcp_retransmit_timer`), up to a most:
    /// those that are over make up the present one less the first. An acknowledgement sets both back.
    static func unanswered(_ row: SocketRow, _ message: RawSpan) -> Double? {
        guard row.timer == 1, row.retransmits > 0,
            let microseconds: UInt32 = infoInteger(at: 8, of: message),
            let backoff = infoByte(at: 4, of: message)
        else { return nil }
        let timeout = Double(microseconds) / 1e6
        let past = timeout * (1 - exp2(-Double(backoff)))
        return past + max(0, timeout - Double(row.expires) / 1000)
    }

    private static func infoInteger<Value: FixedWidthInteger & BitwiseCopyable>(
        at place: Int, of message: RawSpan
    ) -> Value? {
        guard let info = NetlinkAttributes(message, from: size)[CInt(INET_DIAG_INFO)],
            info.count >= place + MemoryLayout<Value>.size
        else { return nil }
        return message.integer(at: info.lowerBound + place)
    }

    /// One of the first bytes of its struct tcp_info: state, ca_state, retransmits, probes, backoff, options.
    static func infoByte(at place: Int, of message: RawSpan) -> UInt8? {
        guard let info = NetlinkAttributes(message, from: size)[CInt(INET_DIAG_INFO)],
            info.count > place
        else { return nil }
        return message.integer(at: info.lowerBound + place)
    }

    /// Adds what the attributes tell: the control group, IPV6_V6ONLY, and a listener's drops where they were asked for.
    static func addAttributes(of message: RawSpan, to row: inout SocketRow) {
        var offset = size
        while let length16: UInt16 = message.integer(at: offset),
            let type: UInt16 = message.integer(at: offset + 2)
        {
            let length = Int(length16)
            guard length >= 4, offset + length <= message.byteCount else { return }
            switch UInt32(type) {
            case UInt32(INET_DIAG_CGROUP_ID) where length >= 12:
                row.cgroup = message.integer(at: offset + 4) ?? 0
            case UInt32(INET_DIAG_SKMEMINFO) where length >= 4 + 4 * (dropsPlace + 1):
                row.drops = message.integer(at: offset + 4 + 4 * dropsPlace)
            case UInt32(INET_DIAG_SKV6ONLY) where length >= 5:
                row.onlyIPv6 = message.integer(at: offset + 4, as: UInt8.self) == 1
            default: break
            }
            offset += (length + 3) & ~3
        }
    }
}
