import Model

extension KernelCounter {
    /// UDP-Lite and IPv6 use the counter names of UDP and IPv4.
    ///
    /// `/proc/net/snmp6` has no groups: the protocol is part of each name. Source: `net/ipv6/proc.c`.
    static let derived: [KernelCounter] =
        udp.map { $0.moved(to: "UdpLite", named: $0.name, of: "UDP-Lite") }
        + (ip + ipOfIPv6).filter { counter in
            !onlyOfIPv4.contains(counter.name)
                && (counter.group == ipOfIPv6Group
                    || !ipOfIPv6.contains { $0.name == counter.name })
        }.map {
            $0.moved(
                to: "snmp6",
                named: "Ip6" + ($0.name == "ForwDatagrams" ? "OutForwDatagrams" : $0.name),
                of: "IPv6")
        }
        + udp.map { $0.moved(to: "snmp6", named: "Udp6" + $0.name, of: "IPv6") }
        + udp.filter { $0.name != "IgnoredMulti" }.map {
            $0.moved(to: "snmp6", named: "UdpLite6" + $0.name, of: "UDP-Lite over IPv6")
        }

    /// IPv6 has no header checksum and no broadcast packets, and drops overlapping fragments without counting them.
    private static let onlyOfIPv4 = [
        "Forwarding", "DefaultTTL", "InCsumErrors", "ReasmOverlaps", "InBcastPkts", "OutBcastPkts",
    ]

    private static let ipOfIPv6Group = "Ip6"

    /// What IPv6 counts differently, or controls by other settings.
    private static let ipOfIPv6: [KernelCounter] = [
        KernelCounter(
            ipOfIPv6Group, "InTooBigErrors",
            meaning: "Packets too large for the next link, which this host could not forward.",
            reading:
                "Path MTU discovery is working; if a firewall filters ICMPv6, connections hang.",
            source: ["net/ipv6/ip6_output.c:ip6_forward"]),
        KernelCounter(
            ipOfIPv6Group, "InHdrErrors",
            meaning: """
                Packets dropped because of a broken header, or because the hop limit reached 0 \
                here.
                """,
            reading: "Broken senders, or a routing loop.",
            source: ["net/ipv6/ip6_input.c:ip6_rcv_core", "net/ipv6/ip6_output.c:ip6_forward"]),
        KernelCounter(
            ipOfIPv6Group, "InAddrErrors",
            meaning: """
                Packets dropped because they are not for this host and it does not forward, or \
                because the address may not be used that way.
                """,
            reading: "Other hosts have wrong routes, or net.ipv6.conf.all.forwarding is off.",
            source: ["net/ipv6/ip6_output.c:ip6_forward", "net/ipv6/route.c:ip6_pkt_drop"]),
        KernelCounter(
            ipOfIPv6Group, "InNoRoutes",
            meaning: "Packets received that have no route.",
            reading: "Routes are wrong, or packets go to an address that this host no longer has.",
            source: ["net/ipv6/route.c:ip6_pkt_drop"]),
        KernelCounter(
            ipOfIPv6Group, "InUnknownProtos",
            meaning: """
                Packets with a next header that nothing here handles; the kernel answers with \
                ICMPv6.
                """,
            reading: "Tunnels or probes end here.",
            source: ["net/ipv6/ip6_input.c:ip6_protocol_deliver_rcu"]),
        KernelCounter(
            ipOfIPv6Group, "ForwDatagrams",
            meaning: "Packets forwarded.",
            reading: "This host is a router, or has containers.",
            source: ["net/ipv6/ip6_output.c:ip6_forward"]),
        KernelCounter(
            ipOfIPv6Group, "OutNoRoutes",
            meaning: "Packets or connections without a route.",
            reading: """
                connect() fails with ENETUNREACH. Without an IPv6 route, programs that try IPv6 \
                first add to this counter and then use IPv4.
                """,
            source: ["net/ipv6/ip6_output.c:ip6_dst_lookup_tail", "net/ipv6/route.c:ip6_pkt_drop"]),
        KernelCounter(
            ipOfIPv6Group, "ReasmFails",
            meaning: "Packets that could not be reassembled.",
            reading: "Fragments are lost, or ip6frag_high_thresh is too low.",
            source: ["net/ipv6/reassembly.c:ip6_frag_queue"]),
        KernelCounter(
            ipOfIPv6Group, "FragOKs",
            meaning: "Packets that this host fragmented; IPv6 routers never do.",
            reading: "The packets are larger than the path MTU.",
            source: ["net/ipv6/ip6_output.c:ip6_fragment"]),
        KernelCounter(
            ipOfIPv6Group, "FragFails",
            meaning: "Packets too large for the next link that could not be fragmented.",
            reading:
                "Path MTU discovery is working; if a firewall filters ICMPv6, connections hang.",
            source: ["net/ipv6/ip6_output.c:ip6_fragment"]),
    ]

    private func moved(to group: String, named name: String, of protocolName: String)
        -> KernelCounter
    {
        var counter = self
        counter.group = group
        counter.name = name
        counter.meaning = "\(protocolName): \(meaning)"
        // IPv4 functions count nothing for IPv6.
        if group == "snmp6", !source.allSatisfy({ $0.hasPrefix("net/ipv6/") }) {
            counter.source = ["net/ipv6/proc.c:snmp6_seq_show"]
        }
        if protocolName.hasPrefix("UDP-Lite") { counter.until = KernelRelease(7, 1) }
        return counter
    }
}
