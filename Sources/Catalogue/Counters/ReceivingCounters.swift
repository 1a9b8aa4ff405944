import Model

extension KernelCounter {
    /// Received segments that were merged, delayed or refused, and signatures.
    static let receiving: [KernelCounter] = [
        KernelCounter(
            "TcpExt", "OutOfWindowIcmps",
            meaning: """
                The kernel ignored an ICMP error: it quotes a sequence number that is not in \
                flight.
                """,
            reading: "Late or forged ICMP.",
            source: ["net/ipv4/tcp_ipv4.c:tcp_v4_err"]),
        KernelCounter(
            "TcpExt", "LockDroppedIcmps",
            meaning: "The kernel ignored an ICMP error because a program was using the socket.",
            reading: "Harmless: the error comes again.",
            source: ["net/ipv4/tcp_ipv4.c:tcp_v4_err"]),
        KernelCounter(
            "TcpExt", "ArpFilter",
            meaning: "The kernel did not answer an ARP request because of arp_filter.",
            reading: "Several interfaces have addresses of one subnet.",
            source: ["net/ipv4/arp.c:arp_filter"]),
        KernelCounter(
            "TcpExt", "TCPBacklogCoalesce",
            meaning: "The kernel merged a segment with one that waits for a socket in use.",
            reading: "A program keeps its socket busy while much data comes; merging saves memory.",
            since: KernelRelease(5, 0),
            source: ["net/ipv4/tcp_ipv4.c:tcp_add_backlog"]),
        KernelCounter(
            "TcpExt", "TCPRcvCoalesce",
            meaning: "The kernel merged a segment with the one before it in the receive queue.",
            reading: "Saves memory; not a fault.",
            source: ["net/ipv4/tcp_input.c:tcp_try_coalesce"]),
        KernelCounter(
            "TcpExt", "TCPOFODrop",
            meaning: """
                The kernel dropped an out-of-order segment: no room in the receive buffer or in \
                tcp_mem.
                """,
            reading: "This host causes the loss; raise tcp_rmem, or make the program read faster.",
            source: ["net/ipv4/tcp_input.c:tcp_data_queue_ofo"]),
        KernelCounter(
            "TcpExt", "TCPOFOMerge",
            meaning: """
                One out-of-order segment covered another completely; the kernel dropped the \
                covered one.
                """,
            reading: "The peer resends data that has arrived.",
            source: ["net/ipv4/tcp_input.c:tcp_data_queue_ofo"]),
        KernelCounter(
            "TcpExt", "TCPWantZeroWindowAdv",
            meaning: """
                The buffer was full and the kernel wanted to close the window, but an open window \
                must not shrink.
                """,
            reading: "Programs read more slowly than data arrives.",
            source: ["net/ipv4/tcp_output.c:tcp_select_window"]),
        KernelCounter(
            "TcpExt", "PFMemallocDrop",
            meaning: "The kernel dropped a segment: it was in memory reserved for emergencies.",
            reading: "The host is short of memory.",
            source: ["net/core/filter.c:sk_filter_trim_cap"]),
        KernelCounter(
            "TcpExt", "TCPMinTTLDrop",
            meaning:
                "The kernel dropped a segment because its TTL was below IP_MINTTL of the socket.",
            reading: """
                GTSM of a BGP session: a forged segment, or a peer more hops away than configured.
                """,
            source: ["net/ipv4/tcp_ipv4.c:tcp_v4_rcv"]),
        KernelCounter(
            "TcpExt", "IPReversePathFilter",
            meaning: "rp_filter dropped a packet: the route back goes elsewhere.",
            reading: """
                Asymmetric routes, a VPN or several interfaces: connections time out; see \
                rp_filter.
                """,
            source: ["net/ipv4/ip_input.c:ip_rcv_finish_core"]),
        KernelCounter(
            "TcpExt", "BusyPollRxPackets",
            meaning: "Busy polling received a packet.",
            reading: "See net.core.busy_poll.",
            source: ["net/core/dev.c:__napi_busy_loop"]),
        KernelCounter(
            "TcpExt", "TCPMD5NotFound",
            meaning:
                "The kernel dropped a segment without the MD5 signature that the socket requires.",
            reading: "BGP: the peer has no key.",
            source: [
                "net/ipv4/tcp.c:tcp_inbound_hash",
                "net/ipv4/tcp.c:tcp_inbound_md5_hash",
            ]),
        KernelCounter(
            "TcpExt", "TCPMD5Unexpected",
            meaning:
                "The kernel dropped a segment with an MD5 signature because the socket has no key.",
            reading: "BGP: this host has no key for the peer.",
            source: ["net/ipv4/tcp.c:tcp_inbound_md5_hash"]),
        KernelCounter(
            "TcpExt", "TCPMD5Failure",
            meaning: "The kernel dropped a segment because its MD5 signature is wrong.",
            reading: "BGP: the keys differ.",
            source: ["net/ipv4/tcp.c:tcp_inbound_md5_hash"]),
        KernelCounter(
            "TcpExt", "TCPAORequired",
            meaning: """
                The kernel dropped a segment without the TCP-AO signature that the socket \
                requires.
                """,
            reading: "The peer has no key.",
            since: KernelRelease(6, 7),
            source: ["include/net/tcp.h:tcp_ao_required"]),
        KernelCounter(
            "TcpExt", "TCPAOBad",
            meaning: "The kernel dropped a segment because its TCP-AO signature is wrong.",
            reading: "The keys differ.",
            since: KernelRelease(6, 7),
            source: ["net/ipv4/tcp_ao.c:tcp_ao_verify_hash"]),
        KernelCounter(
            "TcpExt", "TCPAOKeyNotFound",
            meaning: "The kernel dropped a segment because its TCP-AO key is unknown here.",
            reading: "Only one end has changed its keys.",
            since: KernelRelease(6, 7),
            source: ["net/ipv4/tcp_ao.c:tcp_inbound_ao_hash"]),
        KernelCounter(
            "TcpExt", "TCPAOGood",
            meaning: "A segment had a valid TCP-AO signature.",
            reading: "Normal if TCP-AO is in use.",
            since: KernelRelease(6, 7),
            source: ["net/ipv4/tcp_ao.c:tcp_ao_verify_hash"]),
        KernelCounter(
            "TcpExt", "TCPAODroppedIcmps",
            meaning: "The kernel ignored an ICMP error for a connection with TCP-AO.",
            reading: "Forged ICMP errors, or a path that has changed.",
            since: KernelRelease(6, 7),
            source: ["net/ipv4/tcp_ao.c:tcp_ao_ignore_icmp"]),
    ]
}
