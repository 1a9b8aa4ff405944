import Model

extension KernelCounter {
    /// Datagrams of UDP over IPv4.
    static let udp: [KernelCounter] = [
        KernelCounter(
            "Udp", "InDatagrams",
            meaning: "Datagrams that programs read.",
            reading: "The measure for the errors.",
            source: ["net/ipv4/udp.c:udp_recvmsg"]),
        KernelCounter(
            "Udp", "NoPorts",
            meaning: "Datagrams for a port that no socket has.",
            reading: "A service is down, or a scan.",
            source: [
                "net/ipv4/udp.c:__udp4_lib_rcv",
                "net/ipv4/udp.c:udp_rcv",
            ]),
        KernelCounter(
            "Udp", "InErrors",
            meaning: "Datagrams dropped on the way in: no room, wrong checksum, memory.",
            reading: "See RcvbufErrors, InCsumErrors and MemErrors.",
            source: ["net/ipv4/udp.c:__udp_queue_rcv_skb"]),
        KernelCounter(
            "Udp", "OutDatagrams",
            meaning: "Datagrams sent.",
            reading: "The measure for SndbufErrors.",
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
            meaning: "Datagrams dropped for a wrong checksum.",
            reading: "Broken hardware or offload.",
            source: ["net/ipv4/udp.c:udp_recvmsg"]),
        KernelCounter(
            "Udp", "IgnoredMulti",
            meaning: "Multicast or broadcast datagrams that no socket wanted.",
            reading: "No fault.",
            source: ["net/ipv4/udp.c:__udp4_lib_mcast_deliver"]),
        KernelCounter(
            "Udp", "MemErrors",
            meaning: "Datagrams dropped because udp_mem was used up.",
            reading: "Sockets of the whole host hold too much: udp_mem.",
            since: KernelRelease(5, 11),
            source: ["net/ipv4/udp.c:__udp_queue_rcv_skb"]),
    ]
}
