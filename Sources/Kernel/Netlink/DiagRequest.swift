import CNetlink
import Glibc
import Model

/// A request for a dump of TCP sockets.
struct DiagRequest: Sendable {
    /// The states to dump, a bit each by the state's number.
    var states: UInt32
    var walk: Walk = .bothFamilies
    var filter: PortFilter?
    /// What is to be sent beside: a bit each by the attribute's number less one.
    var extensions: UInt8 = 0
    /// Whether MPTCP's own sockets are meant, and not those of TCP; of one family only.
    var isOfMPTCP = false

    /// Which families one walk through the kernel's table returns.
    enum Walk: Sendable {
        /// The older request (TCPDIAG_GETSOCK), which leaves the family open: one walk instead of two.
        ///
        /// Source: `net/ipv4/inet_diag.c:inet_diag_rcv_msg_compat`. Measured: 0.7 of the cost of two walks.
        case bothFamilies
        /// SOCK_DIAG_BY_FAMILY, which insists on one.
        case oneFamily(CInt)
    }

    /// INET_DIAG_REQ_PROTOCOL of `include/uapi/linux/inet_diag.h`.
    private static let protocolAttribute: CInt = 3
    /// IPPROTO_MPTCP of `include/uapi/linux/in.h`.
    private static let numberOfMPTCP: UInt32 = 262

    static func bit(_ state: TCPState) -> UInt32 { 1 << UInt32(state.rawValue) }

    /// INET_DIAG_SKMEMINFO: how many connections a listener dropped (`sk_drops`) is among its numbers.
    static let memoryOfSockets = UInt8(1 << (INET_DIAG_SKMEMINFO - 1))
    /// INET_DIAG_INFO: struct tcp_info.
    static let info = UInt8(1 << (INET_DIAG_INFO - 1))

    static let listening = bit(.listen)
    /// Every state but LISTEN, as `ss` asks for them; without BOUND_INACTIVE, which costs a second walk.
    static let connected: UInt32 = 0xffe & ~listening
    static let boundInactive = bit(.boundInactive)

    /// The message as the kernel expects it.
    var bytes: [UInt8] {
        let flags = NLM_F_REQUEST | NLM_F_ROOT | NLM_F_MATCH
        var message: NetlinkMessage
        switch walk {
        case .bothFamilies:
            message = NetlinkMessage(kind: UInt16(TCPDIAG_GETSOCK), flags: flags)
            // struct inet_diag_req: family, prefix lengths, extensions; identity 48; states; tables.
            message.append(UInt32(extensions) << 24)
            message.appendZeros(48)
            message.append(states)
            message.append(UInt32(0))
        case .oneFamily(let family):
            message = NetlinkMessage(kind: UInt16(SOCK_DIAG_BY_FAMILY), flags: flags)
            // struct inet_diag_req_v2: family, protocol, extensions, padding; states; identity 48.
            message.append(UInt8(truncatingIfNeeded: family))
            message.append(UInt8(IPPROTO_TCP))
            message.append(UInt16(extensions))
            message.append(states)
            message.appendZeros(48)
        }
        if isOfMPTCP {
            // Its number has more bits than the field of the fixed part (`net/ipv4/inet_diag.c:inet_diag_get_protocol`).
            let number = Self.numberOfMPTCP
            message.append(
                Self.protocolAttribute,
                (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) })
        }
        if let filter { message.append(filter) }
        return message.finished
    }
}

/// A filter that the kernel applies while it walks: sockets whose port compares so.
struct PortFilter: Sendable {
    enum Comparison: UInt8, Sendable {
        case sourceAtLeast = 2
        case sourceAtMost = 3
        case sourceIs = 11
        case destinationIs = 12
    }

    var comparison: Comparison
    var port: UInt16
    /// With it, and with `.sourceAtLeast`: local ports from `port` to this one.
    var upTo: UInt16?
}

extension NetlinkMessage {
    /// The program of `inet_diag_bc_op`s: each comparison has its port in a second one; accept jumps to the next or to the
    /// end, reject beyond it.
    fileprivate mutating func append(_ filter: PortFilter) {
        var comparisons = [(filter.comparison, filter.port)]
        if let last = filter.upTo { comparisons.append((.sourceAtMost, last)) }
        append(UInt16(4 + 8 * comparisons.count))
        append(UInt16(INET_DIAG_REQ_BYTECODE))
        for (place, comparison) in comparisons.enumerated() {
            append(comparison.0.rawValue)
            append(UInt8(8))
            append(UInt16(8 * (comparisons.count - place) + 4))
            append(UInt16(0))
            append(comparison.1)
        }
    }
}
