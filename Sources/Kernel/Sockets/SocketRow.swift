package import Model

/// One socket as the kernel reports it, a value without any heap storage.
package struct SocketRow: Sendable {
    package var state: TCPState
    /// True for a socket of the IPv6 family, also where its addresses are v4-mapped.
    package var isFamilyIPv6: Bool
    /// 0 none, 1 retransmission or SYN-ACK, 2 keepalive, 3 TIME_WAIT, 4 zero-window probe.
    package var timer: UInt8
    package var retransmits: UInt8
    package var sourcePort: UInt16
    package var destinationPort: UInt16
    /// Local end; IPv4 and v4-mapped addresses are alike.
    package var source: IPAddress
    package var destination: IPAddress
    /// What is left of the timer, in milliseconds.
    package var expires: UInt32
    package var receiveQueue: UInt32
    package var sendQueue: UInt32
    package var uid: UInt32
    package var inode: UInt32
    package var interface: UInt32 = 0
    package var cgroup: UInt64 = 0
    package var cookie: UInt64 = 0
    /// IPV6_V6ONLY; known for sock_diag only.
    package var onlyIPv6 = false
    /// `sk_drops` of a listener, where it was asked for.
    var drops: UInt32?

    /// Whether it sends something again and has no answer: keepalive probes, which are counted in the same place, aside.
    ///
    /// Probes of a closed window count here once three are unanswered: the peer answers no more than one in 500 ms
    /// (`net/ipv4/tcp_input.c:tcp_oow_rate_limited`), and an answer sets the count back (`tcp_ack`).
    /// Source: `net/ipv4/inet_diag.c:inet_sk_diag_fill`.
    var isRetransmitting: Bool { timer == 1 ? retransmits > 0 : timer == 4 && retransmits >= 3 }

    /// Whether its peer has no room for what is to be sent, and answers probes: the persist timer runs.
    var isProbing: Bool { timer == 4 && retransmits < 3 }
}
