import CNetlink
import Glibc
import Kernel

/// A socket whose peer's segments are thrown away before TCP sees them.
///
/// So a handshake stays half open without a raw socket or a packet filter, and without any right: the peer has sent its
/// SYN-ACK, and the socket stays in SYN_SENT. Source: `net/ipv4/tcp_ipv4.c:tcp_v4_rcv`, `tcp_filter`.
extension TCPSocket {
    /// Drops whatever comes, from now on (SO_ATTACH_FILTER with a program that keeps 0 bytes); 0, or the errno below zero.
    package func dropIncoming() -> Int32 {
        var keepNothing = sock_filter(code: UInt16(BPF_RET), jt: 0, jf: 0, k: 0)
        return unsafe withUnsafeMutablePointer(to: &keepNothing) { instruction in
            var program = unsafe sock_fprog(len: 1, filter: instruction)
            return unsafe setsockopt(
                descriptor, SOL_SOCKET, SO_ATTACH_FILTER, &program,
                socklen_t(MemoryLayout<sock_fprog>.size)) == 0 ? 0 : -errno
        }
    }

    /// Accepts what comes again.
    package func acceptIncoming() -> Int32 {
        var none: CInt = 0
        return unsafe setsockopt(
            descriptor, SOL_SOCKET, SO_DETACH_FILTER, &none, socklen_t(MemoryLayout<CInt>.size))
            == 0 ? 0 : -errno
    }

    /// Sends a SYN that is not answered so many times again, whatever tcp_syn_retries says (TCP_SYNCNT); 0, or the errno.
    package func repeatSYN(times: CInt) -> Int32 {
        var times = times
        return unsafe setsockopt(
            descriptor, CInt(IPPROTO_TCP), TCP_SYNCNT, &times,
            socklen_t(MemoryLayout<CInt>.size)) == 0 ? 0 : -errno
    }

    /// Has the kernel ask after a silent peer (SO_KEEPALIVE); 0, or the errno below zero.
    package func keepAlive() -> Int32 {
        var one: CInt = 1
        return unsafe setsockopt(
            descriptor, SOL_SOCKET, SO_KEEPALIVE, &one, socklen_t(MemoryLayout<CInt>.size)) == 0
            ? 0 : -errno
    }
}
