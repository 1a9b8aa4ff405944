package import HostState

/// One socket as the kernel reports it, a value without any heap storage.
package struct SocketRow {
    package var state: TCPState
    /// Local end; IPv4 and v4-mapped addresses are alike.
    package var source = IPAddress.unspecifiedV6
    package var destination = IPAddress.unspecifiedV6
    package var sourcePort: UInt16 = 0
    package var destinationPort: UInt16 = 0
    /// True for a socket of the IPv6 family, also where its addresses are v4-mapped.
    package var isFamilyIPv6 = false
    package var interface: UInt32 = 0
    /// 0 none, 1 retransmission or SYN-ACK, 2 keepalive, 3 TIME_WAIT, 4 zero-window probe.
    package var timer: UInt8 = 0
    package var retransmits: UInt8 = 0
    /// What is left of the timer, in milliseconds.
    package var expires: UInt32 = 0
    package var receiveQueue: UInt32 = 0
    package var sendQueue: UInt32 = 0
    package var uid: UInt32 = 0
    package var inode: UInt32 = 0
    package var cgroup: UInt64 = 0
    package var cookie: UInt64 = 0
    /// IPV6_V6ONLY; known for sock_diag only.
    package var onlyIPv6 = false

    package init(state: TCPState) { self.state = state }
}
