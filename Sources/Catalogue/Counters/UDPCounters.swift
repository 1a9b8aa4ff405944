import Model

extension KernelCounter {
    /// UDP datagrams over IPv4.
    static let udp: [KernelCounter] = [
        KernelCounter(
            "Udp", "InDatagrams",
            meaning: "Datagrams that programs read.",
            reading: "Compare the errors with it.",
            source: ["net/ipv4/udp.c:udp_recvmsg"]),
        KernelCounter(
            "Udp", "NoPorts",
            meaning: "Datagrams for a port that no socket has.",
            reading: "A service is down, or someone scans ports.",
            source: [
                "net/ipv4/udp.c:__udp4_lib_rcv",
                "net/ipv4/udp.c:udp_rcv",
            ]),
        KernelCounter(
            "Udp", "InErrors",
            meaning: "Received datagrams dropped: no room, wrong checksum, or no memory.",
            reading: "See RcvbufErrors, InCsumErrors and MemErrors.",
            source: ["net/ipv4/udp.c:__udp_queue_rcv_skb"]),
        KernelCounter(
            "Udp", "OutDatagrams",
            meaning: "Datagrams sent.",
            reading: "Compare SndbufErrors with it.",
            source: ["net/ipv4/udp.c:udp_send_skb"]),
        KernelCounter(
            "Udp", "RcvbufErrors",
            meaning: "Datagrams dropped because the receive buffer of a socket was full.",
            reading: "The program reads too slowly: rmem_default, rmem_max, SO_RCVBUF.",
            source: ["net/ipv4/udp.c:__udp_queue_rcv_skb"]),
        KernelCounter(
            "Udp", "SndbufErrors",
            meaning: "Datagrams not sent because the send buffer or the device queue was full.",
            reading: "wmem_default, wmem_max, or a slow link.",
            source: ["net/ipv4/udp.c:udp_send_skb"]),
        KernelCounter(
            "Udp", "InCsumErrors",
            meaning: "Datagrams dropped because of a wrong checksum.",
            reading: "Hardware or offload is broken.",
            source: ["net/ipv4/udp.c:udp_recvmsg"]),
        KernelCounter(
            "Udp", "IgnoredMulti",
            meaning: "Multicast or broadcast datagrams that no socket wanted.",
            reading: "Not a fault.",
            source: ["net/ipv4/udp.c:__udp4_lib_mcast_deliver"]),
        KernelCounter(
            "Udp", "MemErrors",
            meaning: "Datagrams dropped because UDP memory reached udp_mem.",
            reading: "UDP sockets on the whole host use too much memory; see udp_mem.",
            since: KernelRelease(5, 11),
            source: ["net/ipv4/udp.c:__udp_queue_rcv_skb"]),
    ]
}
