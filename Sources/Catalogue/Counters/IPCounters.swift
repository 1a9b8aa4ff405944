import Model

extension KernelCounter {
    /// IPv4 packets: the groups `Ip` and `IpExt`.
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
            reading: "Compare the errors with it.",
            source: ["net/ipv4/ip_input.c:ip_rcv_core"]),
        KernelCounter(
            "Ip", "InHdrErrors",
            meaning:
                "Packets dropped because of a broken header, or because the TTL reached 0 here.",
            reading: "Broken senders, or a routing loop.",
            source: ["net/ipv4/ip_input.c:ip_rcv_core", "net/ipv4/ip_forward.c:ip_forward"]),
        KernelCounter(
            "Ip", "InAddrErrors",
            meaning: "Packets dropped because they are not for this host and it does not forward.",
            reading: "Routes are wrong, or ip_forward is off.",
            source: ["net/ipv4/route.c:ip_error"]),
        KernelCounter(
            "Ip", "ForwDatagrams",
            meaning: "Packets forwarded.",
            reading: "This host is a router, or has containers or NAT.",
            source: ["net/ipv4/ip_forward.c:ip_forward"]),
        KernelCounter(
            "Ip", "InUnknownProtos",
            meaning: "Packets of a protocol that nothing here handles.",
            reading: "Tunnels or probes end here.",
            source: ["net/ipv4/ip_input.c:ip_protocol_deliver_rcu"]),
        KernelCounter(
            "Ip", "InDiscards",
            meaning: "Packets dropped because memory was short.",
            reading: "The host is short of memory.",
            source: ["net/ipv4/ip_input.c:ip_rcv_core"]),
        KernelCounter(
            "Ip", "InDelivers",
            meaning: "Packets passed to TCP, UDP or another protocol.",
            reading: "The total that this host receives for itself.",
            source: ["net/ipv4/ip_input.c:ip_protocol_deliver_rcu"]),
        KernelCounter(
            "Ip", "OutRequests",
            meaning: "Packets that this host created.",
            reading: "The total that it sends.",
            source: ["net/ipv4/ip_output.c:__ip_local_out"]),
        KernelCounter(
            "Ip", "OutDiscards",
            meaning: "Packets dropped before they were sent.",
            reading: "Full socket buffers, a full device queue, or no memory.",
            source: ["net/ipv4/ip_output.c:ip_send_skb"]),
        KernelCounter(
            "Ip", "OutNoRoutes",
            meaning: "Packets or connections without a route.",
            reading: "connect() fails with ENETUNREACH.",
            source: ["net/ipv4/tcp_ipv4.c:tcp_v4_connect", "net/ipv4/ip_output.c:__ip_queue_xmit"]),
        KernelCounter(
            "Ip", "ReasmTimeout",
            meaning: "Fragments discarded because others did not arrive.",
            reading: "Fragments are lost, or a firewall drops them.",
            source: ["net/ipv4/ip_fragment.c:ip_expire"]),
        KernelCounter(
            "Ip", "ReasmReqds",
            meaning: "Fragments received.",
            reading: "TCP does not need fragments: look for tunnels, UDP, or a wrong MTU.",
            source: ["net/ipv4/ip_fragment.c:ip_defrag"]),
        KernelCounter(
            "Ip", "ReasmOKs",
            meaning: "Packets reassembled.",
            reading: "See ReasmReqds.",
            source: ["net/ipv4/ip_fragment.c:ip_frag_reasm"]),
        KernelCounter(
            "Ip", "ReasmFails",
            meaning: "Packets that could not be reassembled.",
            reading: "Fragments are lost, or ipfrag_high_thresh is too low.",
            source: ["net/ipv4/ip_fragment.c:ip_frag_queue"]),
        KernelCounter(
            "Ip", "FragOKs",
            meaning: "Packets that were fragmented.",
            reading: "The packets are larger than the MTU of the next link.",
            source: ["net/ipv4/ip_output.c:ip_do_fragment"]),
        KernelCounter(
            "Ip", "FragFails",
            meaning: "Packets too large for the next link that must not be fragmented.",
            reading: "Path MTU discovery is working; if a firewall filters ICMP, connections hang.",
            source: ["net/ipv4/ip_output.c:ip_fragment", "net/ipv4/ip_forward.c:ip_forward"]),
        KernelCounter(
            "Ip", "FragCreates",
            meaning: "Fragments created.",
            reading: "See FragOKs.",
            source: ["net/ipv4/ip_output.c:ip_do_fragment"]),
        KernelCounter(
            "Ip", "OutTransmits",
            meaning: "Packets passed to the link layer, including forwarded ones.",
            reading: "The total that leaves this host.",
            since: KernelRelease(6, 7),
            source: ["net/ipv4/ip_output.c:ip_finish_output2"]),
        KernelCounter(
            "IpExt", "InNoRoutes",
            meaning: "Packets received for forwarding that have no route.",
            reading: "The routes of this router are wrong.",
            source: ["net/ipv4/route.c:ip_error"]),
        KernelCounter(
            "IpExt", "InTruncatedPkts",
            meaning: "Packets shorter than their header says.",
            reading: "A link, driver or tunnel is broken.",
            source: ["net/ipv4/ip_input.c:ip_rcv_core"]),
        KernelCounter(
            "IpExt", "InMcastPkts",
            meaning: "Multicast packets received.",
            reading: "Not a fault.",
            source: ["net/ipv4/ip_input.c:ip_rcv_finish_core"]),
        KernelCounter(
            "IpExt", "OutMcastPkts",
            meaning: "Multicast packets sent.",
            reading: "Not a fault.",
            source: ["net/ipv4/ip_output.c:ip_finish_output2"]),
        KernelCounter(
            "IpExt", "InBcastPkts",
            meaning: "Broadcast packets received.",
            reading: "Not a fault; very many mean a loop in the network.",
            source: ["net/ipv4/ip_input.c:ip_rcv_finish_core"]),
        KernelCounter(
            "IpExt", "OutBcastPkts",
            meaning: "Broadcast packets sent.",
            reading: "Not a fault.",
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
            meaning: "Multicast bytes received.",
            reading: "Not a fault.",
            source: ["net/ipv4/ip_input.c:ip_rcv_finish_core"]),
        KernelCounter(
            "IpExt", "OutMcastOctets",
            meaning: "Multicast bytes sent.",
            reading: "Not a fault.",
            source: ["net/ipv4/ip_output.c:ip_finish_output2"]),
        KernelCounter(
            "IpExt", "InBcastOctets",
            meaning: "Broadcast bytes received.",
            reading: "Not a fault.",
            source: ["net/ipv4/ip_input.c:ip_rcv_finish_core"]),
        KernelCounter(
            "IpExt", "OutBcastOctets",
            meaning: "Broadcast bytes sent.",
            reading: "Not a fault.",
            source: ["net/ipv4/ip_output.c:ip_finish_output2"]),
        KernelCounter(
            "IpExt", "InCsumErrors",
            meaning: "Packets dropped because the checksum of the IP header was wrong.",
            reading: "Hardware or offload is broken.",
            source: ["net/ipv4/ip_input.c:ip_rcv_core"]),
        KernelCounter(
            "IpExt", "InNoECTPkts",
            meaning: "Packets received that do not use ECN.",
            reading: "Normal.",
            source: ["net/ipv4/ip_input.c:ip_rcv_core"]),
        KernelCounter(
            "IpExt", "InECT1Pkts",
            meaning: "Packets received with the mark ECT(1).",
            reading: "Senders use L4S, for example TCP Prague.",
            source: ["net/ipv4/ip_input.c:ip_rcv_core"]),
        KernelCounter(
            "IpExt", "InECT0Pkts",
            meaning: "Packets received with the mark ECT(0).",
            reading: "Senders use ECN.",
            source: ["net/ipv4/ip_input.c:ip_rcv_core"]),
        KernelCounter(
            "IpExt", "InCEPkts",
            meaning: "Packets received with a congestion mark.",
            reading: "A router or a switch on the path is congested.",
            source: ["net/ipv4/ip_input.c:ip_rcv_core"]),
        KernelCounter(
            "IpExt", "ReasmOverlaps",
            meaning: "Fragments that overlap others; the kernel dropped the whole packet.",
            reading: "Senders are broken or hostile.",
            source: ["net/ipv4/ip_fragment.c:ip_frag_queue"]),
    ]
}
