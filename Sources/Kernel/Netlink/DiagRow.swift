import CNetlink
import Glibc
import HostState

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
        let head = unsafe message.unsafeLoadUnaligned(fromByteOffset: 0, as: UInt32.self)
        let family = CInt(truncatingIfNeeded: head & 0xff)
        let number = UInt8(truncatingIfNeeded: head >> 8)
        guard var state = TCPState(rawValue: number) else { return nil }
        if state == .newSynReceived { state = .synReceived }
        var row = SocketRow(state: state)
        row.timer = UInt8(truncatingIfNeeded: head >> 16)
        row.retransmits = UInt8(truncatingIfNeeded: head >> 24)
        let ports = unsafe message.unsafeLoadUnaligned(fromByteOffset: 4, as: UInt32.self)
        row.sourcePort = UInt16(bigEndian: UInt16(truncatingIfNeeded: ports))
        row.destinationPort = UInt16(bigEndian: UInt16(truncatingIfNeeded: ports >> 16))
        if family == AF_INET {
            let source = unsafe message.unsafeLoadUnaligned(fromByteOffset: 8, as: UInt32.self)
            let destination = unsafe message.unsafeLoadUnaligned(
                fromByteOffset: 24, as: UInt32.self)
            row.source = IPAddress(v4: UInt32(bigEndian: source))
            row.destination = IPAddress(v4: UInt32(bigEndian: destination))
        } else if family == AF_INET6 {
            let source = message.words(at: 8)
            let destination = message.words(at: 24)
            row.source = IPAddress(high: source.high, low: source.low)
            row.destination = IPAddress(high: destination.high, low: destination.low)
            row.isFamilyIPv6 = true
        } else {
            return nil
        }
        row.interface = unsafe message.unsafeLoadUnaligned(fromByteOffset: 40, as: UInt32.self)
        row.cookie = unsafe message.unsafeLoadUnaligned(fromByteOffset: 44, as: UInt64.self)
        row.expires = unsafe message.unsafeLoadUnaligned(fromByteOffset: 52, as: UInt32.self)
        row.receiveQueue = unsafe message.unsafeLoadUnaligned(fromByteOffset: 56, as: UInt32.self)
        row.sendQueue = unsafe message.unsafeLoadUnaligned(fromByteOffset: 60, as: UInt32.self)
        row.uid = unsafe message.unsafeLoadUnaligned(fromByteOffset: 64, as: UInt32.self)
        row.inode = unsafe message.unsafeLoadUnaligned(fromByteOffset: 68, as: UInt32.self)
        return row
    }

    /// Adds what the attributes tell: the control group and IPV6_V6ONLY.
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
            case UInt32(INET_DIAG_SKV6ONLY) where length >= 5:
                row.onlyIPv6 = message.integer(at: offset + 4, as: UInt8.self) == 1
            default: break
            }
            offset += (length + 3) & ~3
        }
    }
}
