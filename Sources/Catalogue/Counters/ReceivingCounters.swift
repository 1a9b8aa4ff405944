import Model

extension KernelCounter {
    /// Segments merged, delayed or refused on the way in, and signatures.
    static let receiving: [KernelCounter] = [
        KernelCounter(
            "TcpExt", "OutOfWindowIcmps",
            meaning: """
                An ICMP error quoted a sequence number that is not under way; it was ignored.
                """,
            reading: "Late or forged ICMP.",
            source: ["net/ipv4/tcp_ipv4.c:tcp_v4_err"]),
        KernelCounter(
            "TcpExt", "LockDroppedIcmps",
            meaning: "An ICMP error met a socket that a program was using; it was ignored.",
            reading: "Harmless: the error comes again.",
            source: ["net/ipv4/tcp_ipv4.c:tcp_v4_err"]),
        KernelCounter(
            "TcpExt", "ArpFilter",
            meaning: "An ARP request was left unanswered because of arp_filter.",
            reading: "Addresses of one subnet on several interfaces.",
            source: ["net/ipv4/arp.c:arp_filter"]),
        KernelCounter(
            "TcpExt", "TCPBacklogCoalesce",
            meaning: "A segment was merged with one that waits for a socket in use.",
            reading: "A program holds its socket while much data comes; saves memory.",
            since: KernelRelease(5, 0),
            source: ["net/ipv4/tcp_ipv4.c:tcp_add_backlog"]),
        KernelCounter(
            "TcpExt", "TCPRcvCoalesce",
            meaning: "A segment was merged with the one before it in the receive queue.",
            reading: "Saves memory; no fault.",
            source: ["net/ipv4/tcp_input.c:tcp_try_coalesce"]),
        KernelCounter(
            "TcpExt", "TCPOFODrop",
            meaning: """
                A segment out of order was dropped: no room in the receive buffer or in tcp_mem.
                """,
            reading: "Loss that this host makes; raise tcp_rmem or read faster.",
            source: ["net/ipv4/tcp_input.c:tcp_data_queue_ofo"]),
        KernelCounter(
            "TcpExt", "TCPOFOMerge",
            meaning: """
                Of two segments out of order one covered the other whole; the other was dropped.
                """,
            reading: "The peer sends again what has arrived.",
            source: ["net/ipv4/tcp_input.c:tcp_data_queue_ofo"]),
        KernelCounter(
            "TcpExt", "TCPWantZeroWindowAdv",
            meaning: """
                The buffer was full and the window would have been closed, but an open window may \
                not shrink.
                """,
            reading: "Programs read too slowly for what comes in.",
            source: ["net/ipv4/tcp_output.c:tcp_select_window"]),
        KernelCounter(
            "TcpExt", "PFMemallocDrop",
            meaning: "A segment was dropped: it lay in memory kept for emergencies.",
            reading: "The host is short of memory.",
            source: ["net/core/filter.c:sk_filter_trim_cap"]),
        KernelCounter(
            "TcpExt", "TCPMinTTLDrop",
            meaning: "A segment was dropped because its TTL was below IP_MINTTL of the socket.",
            reading: "GTSM of a BGP session: forged, or a peer farther away than set.",
            source: ["net/ipv4/tcp_ipv4.c:tcp_v4_rcv"]),
        KernelCounter(
            "TcpExt", "IPReversePathFilter",
            meaning: "A packet was dropped by rp_filter: the route back goes elsewhere.",
            reading: """
                Asymmetric routes, VPN, several interfaces: connections time out; see rp_filter.
                """,
            source: ["net/ipv4/ip_input.c:ip_rcv_finish_core"]),
        KernelCounter(
            "TcpExt", "BusyPollRxPackets",
            meaning: "A packet was taken in by busy polling.",
            reading: "See net.core.busy_poll.",
            source: ["net/core/dev.c:__napi_busy_loop"]),
        KernelCounter(
            "TcpExt", "TCPMD5NotFound",
            meaning: "A segment without an MD5 signature was dropped where one is required.",
            reading: "BGP: the peer has no key set.",
            source: [
                "net/ipv4/tcp.c:tcp_inbound_hash",
                "net/ipv4/tcp.c:tcp_inbound_md5_hash",
            ]),
        KernelCounter(
            "TcpExt", "TCPMD5Unexpected",
            meaning: "A segment with an MD5 signature was dropped where none is set.",
            reading: "BGP: this side has no key for the peer.",
            source: ["net/ipv4/tcp.c:tcp_inbound_md5_hash"]),
        KernelCounter(
            "TcpExt", "TCPMD5Failure",
            meaning: "A segment was dropped because its MD5 signature is wrong.",
            reading: "BGP: the keys differ.",
            source: ["net/ipv4/tcp.c:tcp_inbound_md5_hash"]),
        KernelCounter(
            "TcpExt", "TCPAORequired",
            meaning: "A segment without TCP-AO was dropped where it is required.",
            reading: "The peer has no key set.",
            since: KernelRelease(6, 7),
            source: ["include/net/tcp.h:tcp_ao_required"]),
        KernelCounter(
            "TcpExt", "TCPAOBad",
            meaning: "A segment was dropped because its TCP-AO signature is wrong.",
            reading: "The keys differ.",
            since: KernelRelease(6, 7),
            source: ["net/ipv4/tcp_ao.c:tcp_ao_verify_hash"]),
        KernelCounter(
            "TcpExt", "TCPAOKeyNotFound",
            meaning: "A segment was dropped because its TCP-AO key is unknown here.",
            reading: "Keys were changed on one side only.",
            since: KernelRelease(6, 7),
            source: ["net/ipv4/tcp_ao.c:tcp_inbound_ao_hash"]),
        KernelCounter(
            "TcpExt", "TCPAOGood",
            meaning: "A segment had a valid TCP-AO signature.",
            reading: "Normal where TCP-AO is in use.",
            since: KernelRelease(6, 7),
            source: ["net/ipv4/tcp_ao.c:tcp_ao_verify_hash"]),
        KernelCounter(
            "TcpExt", "TCPAODroppedIcmps",
            meaning: "An ICMP error for a connection with TCP-AO was ignored.",
            reading: "Forged ICMP, or a path that really changed.",
            since: KernelRelease(6, 7),
            source: ["net/ipv4/tcp_ao.c:tcp_ao_ignore_icmp"]),
    ]
}
