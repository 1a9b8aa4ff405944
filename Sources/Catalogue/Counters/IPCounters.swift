import Model

extension KernelCounter {
    /// Packets of IPv4: the groups `Ip` and `IpExt`.
    static let ip: [KernelCounter] = [
        KernelCounter(
            "Ip", "Forwarding",
            meaning: "1: this namespace forwards packets; 2: it does not.",
            reading: "The setting ip_forward.",
            source: ["net/ipv4/proc.c:snmp_seq_show_ipstats"]),
        KernelCounter(
            "Ip", "DefaultTTL",
            meaning: "The TTL of packets that this host sends.",
            reading: "The setting ip_default_ttl.",
            source: ["net/ipv4/proc.c:snmp_seq_show_ipstats"]),
        KernelCounter(
            "Ip", "InReceives",
            meaning: "Packets received.",
            reading: "The measure for the errors.",
            source: ["net/ipv4/ip_input.c:ip_rcv_core"]),
        KernelCounter(
            "Ip", "InHdrErrors",
            meaning: "Packets dropped for a broken header, or for a TTL that ran out here.",
            reading: "Broken senders, or a routing loop.",
            source: ["net/ipv4/ip_input.c:ip_rcv_core", "net/ipv4/ip_forward.c:ip_forward"]),
        KernelCounter(
            "Ip", "InAddrErrors",
            meaning: "Packets dropped because they are not for this host and it does not forward.",
            reading: "Wrong routes, or ip_forward is off.",
            source: ["net/ipv4/route.c:ip_error"]),
        KernelCounter(
            "Ip", "ForwDatagrams",
            meaning: "Packets forwarded.",
            reading: "This host is a router, or has containers or NAT.",
            source: ["net/ipv4/ip_forward.c:ip_forward"]),
        KernelCounter(
            "Ip", "InUnknownProtos",
            meaning: "Packets of a protocol that nobody here takes.",
            reading: "Tunnels or probes that end here.",
            source: ["net/ipv4/ip_input.c:ip_protocol_deliver_rcu"]),
        KernelCounter(
            "Ip", "InDiscards",
            meaning: "Packets dropped for want of memory.",
            reading: "The host is short of memory.",
            source: ["net/ipv4/ip_input.c:ip_rcv_core"]),
        KernelCounter(
            "Ip", "InDelivers",
            meaning: "Packets given to TCP, UDP or another protocol.",
            reading: "The measure for what this host itself takes in.",
            source: ["net/ipv4/ip_input.c:ip_protocol_deliver_rcu"]),
        KernelCounter(
            "Ip", "OutRequests",
            meaning: "Packets that this host made.",
            reading: "The measure for what it sends.",
            source: ["net/ipv4/ip_output.c:__ip_local_out"]),
        KernelCounter(
            "Ip", "OutDiscards",
            meaning: "Packets dropped on the way out.",
            reading: "Socket buffers, a full device queue, or memory.",
            source: ["net/ipv4/ip_output.c:ip_send_skb"]),
        KernelCounter(
            "Ip", "OutNoRoutes",
            meaning: "Packets or connections without a route.",
            reading: "connect() fails with ENETUNREACH.",
            source: ["net/ipv4/tcp_ipv4.c:tcp_v4_connect", "net/ipv4/ip_output.c:__ip_queue_xmit"]),
        KernelCounter(
            "Ip", "ReasmTimeout",
            meaning: "Fragments given up because others did not come.",
            reading: "Loss, or a firewall that drops fragments.",
            source: ["net/ipv4/ip_fragment.c:ip_expire"]),
        KernelCounter(
            "Ip", "ReasmReqds",
            meaning: "Fragments received.",
            reading: "TCP does not need them: tunnels, UDP, or an MTU that is wrong.",
            source: ["net/ipv4/ip_fragment.c:ip_defrag"]),
        KernelCounter(
            "Ip", "ReasmOKs",
            meaning: "Packets put together again.",
            reading: "See ReasmReqds.",
            source: ["net/ipv4/ip_fragment.c:ip_frag_reasm"]),
        KernelCounter(
            "Ip", "ReasmFails",
            meaning: "Packets that could not be put together.",
            reading: "Loss of fragments, or ipfrag_high_thresh.",
            source: ["net/ipv4/ip_fragment.c:ip_frag_queue"]),
        KernelCounter(
            "Ip", "FragOKs",
            meaning: "Packets that were divided.",
            reading: "Larger than the MTU of the next link.",
            source: ["net/ipv4/ip_output.c:ip_do_fragment"]),
        KernelCounter(
            "Ip", "FragFails",
            meaning: "Packets too large for the next link that must not be divided.",
            reading: "Path MTU discovery at work; with ICMP filtered, connections hang.",
            source: ["net/ipv4/ip_output.c:ip_fragment", "net/ipv4/ip_forward.c:ip_forward"]),
        KernelCounter(
            "Ip", "FragCreates",
            meaning: "Fragments made.",
            reading: "See FragOKs.",
            source: ["net/ipv4/ip_output.c:ip_do_fragment"]),
        KernelCounter(
            "Ip", "OutTransmits",
            meaning: "Packets given to the link layer, forwarded ones too.",
            reading: "The measure for all that leaves.",
            since: KernelRelease(6, 7),
            source: ["net/ipv4/ip_output.c:ip_finish_output2"]),
        KernelCounter(
            "IpExt", "InNoRoutes",
            meaning: "Packets received for which there is no route on.",
            reading: "Wrong routes of this router.",
            source: ["net/ipv4/route.c:ip_error"]),
        KernelCounter(
            "IpExt", "InTruncatedPkts",
            meaning: "Packets shorter than their header says.",
            reading: "A broken link, driver or tunnel.",
            source: ["net/ipv4/ip_input.c:ip_rcv_core"]),
        KernelCounter(
            "IpExt", "InMcastPkts",
            meaning: "Multicast packets received.",
            reading: "No fault.",
            source: ["net/ipv4/ip_input.c:ip_rcv_finish_core"]),
        KernelCounter(
            "IpExt", "OutMcastPkts",
            meaning: "Multicast packets sent.",
            reading: "No fault.",
            source: ["net/ipv4/ip_output.c:ip_finish_output2"]),
        KernelCounter(
            "IpExt", "InBcastPkts",
            meaning: "Broadcast packets received.",
            reading: "No fault; very many: a loop in the network.",
            source: ["net/ipv4/ip_input.c:ip_rcv_finish_core"]),
        KernelCounter(
            "IpExt", "OutBcastPkts",
            meaning: "Broadcast packets sent.",
            reading: "No fault.",
            source: ["net/ipv4/ip_output.c:ip_finish_output2"]),
        KernelCounter(
            "IpExt", "InOctets",
            meaning: "Bytes received, with IP headers.",
            reading: "The volume of this namespace.",
            source: ["net/ipv4/ip_input.c:ip_rcv_core"]),
        KernelCounter(
            "IpExt", "OutOctets",
            meaning: "Bytes sent, with IP headers.",
            reading: "The volume of this namespace.",
            source: ["net/ipv4/ip_output.c:ip_finish_output2"]),
        KernelCounter(
            "IpExt", "InMcastOctets",
            meaning: "Bytes of multicast received.",
            reading: "No fault.",
            source: ["net/ipv4/ip_input.c:ip_rcv_finish_core"]),
        KernelCounter(
            "IpExt", "OutMcastOctets",
            meaning: "Bytes of multicast sent.",
            reading: "No fault.",
            source: ["net/ipv4/ip_output.c:ip_finish_output2"]),
        KernelCounter(
            "IpExt", "InBcastOctets",
            meaning: "Bytes of broadcast received.",
            reading: "No fault.",
            source: ["net/ipv4/ip_input.c:ip_rcv_finish_core"]),
        KernelCounter(
            "IpExt", "OutBcastOctets",
            meaning: "Bytes of broadcast sent.",
            reading: "No fault.",
            source: ["net/ipv4/ip_output.c:ip_finish_output2"]),
        KernelCounter(
            "IpExt", "InCsumErrors",
            meaning: "Packets dropped for a wrong checksum of the IP header.",
            reading: "Broken hardware or offload.",
            source: ["net/ipv4/ip_input.c:ip_rcv_core"]),
        KernelCounter(
            "IpExt", "InNoECTPkts",
            meaning: "Packets received that do not use ECN.",
            reading: "Normal.",
            source: ["net/ipv4/ip_input.c:ip_rcv_core"]),
        KernelCounter(
            "IpExt", "InECT1Pkts",
            meaning: "Packets received with the mark ECT(1).",
            reading: "Senders of L4S, such as Prague.",
            source: ["net/ipv4/ip_input.c:ip_rcv_core"]),
        KernelCounter(
            "IpExt", "InECT0Pkts",
            meaning: "Packets received with the mark ECT(0).",
            reading: "Senders that use ECN.",
            source: ["net/ipv4/ip_input.c:ip_rcv_core"]),
        KernelCounter(
            "IpExt", "InCEPkts",
            meaning: "Packets received with a congestion mark.",
            reading: "A router or a switch on the path is congested.",
            source: ["net/ipv4/ip_input.c:ip_rcv_core"]),
        KernelCounter(
            "IpExt", "ReasmOverlaps",
            meaning: "Fragments that overlap others; the whole packet was dropped.",
            reading: "Broken or hostile senders.",
            source: ["net/ipv4/ip_fragment.c:ip_frag_queue"]),
    ]
}
