import CNetlink
import Glibc
import Kernel
package import Model

/// What the kernel tells of a connection (TCP_INFO), read by place: its length is its version.
///
/// Source: `include/uapi/linux/tcp.h`, struct tcp_info. Fields that this kernel does not send are nil.
package struct TCPInfo: Sendable, Hashable {
    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    private func byte(at place: Int) -> UInt8? { place < bytes.count ? bytes[place] : nil }

    private func word(at place: Int) -> UInt32? {
        guard place + 4 <= bytes.count else { return nil }
        return bytes[place..<place + 4].reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// tcpi_state.
    package var state: TCPState? { byte(at: 0).flatMap { TCPState(rawValue: $0) } }

    /// The TCPI_OPT_ bits.
    private func option(_ bit: UInt8) -> Bool? { byte(at: 5).map { $0 & bit != 0 } }

    package var timestamps: Bool? { option(1) }
    package var selectiveAcknowledgements: Bool? { option(2) }
    package var windowScaling: Bool? { option(4) }
    /// Whether data that went with the SYN was acknowledged by the SYN-ACK.
    package var synData: Bool? { option(32) }
    /// tcpi_snd_mss, in bytes.
    package var sendSegment: UInt32? { word(at: 16) }
    /// tcpi_rtt in seconds; nil where none was measured yet.
    package var roundTrip: Double? {
        word(at: 68).flatMap { $0 > 0 ? Double($0) / 1e6 : nil }
    }
    /// tcpi_total_retrans: of a connection that has just come about, its SYNs.
    package var retransmits: UInt32? { word(at: 100) }
}

extension TCPSocket {
    /// Nil where the kernel does not tell.
    package func info() -> TCPInfo? {
        var bytes = [UInt8](repeating: 0, count: 512)
        var length = socklen_t(bytes.count)
        let result = unsafe getsockopt(descriptor, CInt(IPPROTO_TCP), TCP_INFO, &bytes, &length)
        guard result == 0, Int(length) <= bytes.count else { return nil }
        return TCPInfo(Array(bytes.prefix(Int(length))))
    }
}
