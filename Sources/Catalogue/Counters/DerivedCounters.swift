import Model

extension KernelCounter {
    /// UDP-Lite and IPv6 count by the names of UDP and IPv4.
    ///
    /// `/proc/net/snmp6` has no groups: the protocol is a part of each name. Source: `net/ipv6/proc.c`.
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

    /// IPv6 has no header checksum, no broadcast packets, and drops fragments that overlap without a word.
    private static let onlyOfIPv4 = [
        "Forwarding", "DefaultTTL", "InCsumErrors", "ReasmOverlaps", "InBcastPkts", "OutBcastPkts",
    ]

    private static let ipOfIPv6Group = "Ip6"

    /// What IPv6 counts otherwise, or sets by other names.
    private static let ipOfIPv6: [KernelCounter] = [
        KernelCounter(
            ipOfIPv6Group, "InTooBigErrors",
            meaning: "Packets that were too large for the next link and could not be forwarded.",
            reading: "Path MTU discovery at work; with ICMPv6 filtered, connections hang.",
            source: ["net/ipv6/ip6_output.c:ip6_forward"]),
        KernelCounter(
            ipOfIPv6Group, "InHdrErrors",
            meaning: "Packets dropped for a broken header, or for a hop limit that ran out here.",
            reading: "Broken senders, or a routing loop.",
            source: ["net/ipv6/ip6_input.c:ip6_rcv_core", "net/ipv6/ip6_output.c:ip6_forward"]),
        KernelCounter(
            ipOfIPv6Group, "InAddrErrors",
            meaning: """
                Packets dropped because they are not for this host and it does not forward, or for an \
                address that may not be used so.
                """,
            reading: "Wrong routes elsewhere, or net.ipv6.conf.all.forwarding is off.",
            source: ["net/ipv6/ip6_output.c:ip6_forward", "net/ipv6/route.c:ip6_pkt_drop"]),
        KernelCounter(
            ipOfIPv6Group, "InNoRoutes",
            meaning: "Packets received for which there is no route.",
            reading: "Wrong routes, or packets for an address that this host no longer has.",
            source: ["net/ipv6/route.c:ip6_pkt_drop"]),
        KernelCounter(
            ipOfIPv6Group, "InUnknownProtos",
            meaning: "Packets of a next header that nobody here takes; answered by ICMPv6.",
            reading: "Tunnels or probes that end here.",
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
                connect() fails with ENETUNREACH. Without an IPv6 route, programs that try IPv6 first \
                count here, and go on with IPv4.
                """,
            source: ["net/ipv6/ip6_output.c:ip6_dst_lookup_tail", "net/ipv6/route.c:ip6_pkt_drop"]),
        KernelCounter(
            ipOfIPv6Group, "ReasmFails",
            meaning: "Packets that could not be put together.",
            reading: "Loss of fragments, or ip6frag_high_thresh.",
            source: ["net/ipv6/reassembly.c:ip6_frag_queue"]),
        KernelCounter(
            ipOfIPv6Group, "FragOKs",
            meaning: "Packets that this host divided; routers never do in IPv6.",
            reading: "Larger than the MTU of the path.",
            source: ["net/ipv6/ip6_output.c:ip6_fragment"]),
        KernelCounter(
            ipOfIPv6Group, "FragFails",
            meaning: "Packets too large for the next link that could not be divided.",
            reading: "Path MTU discovery at work; with ICMPv6 filtered, connections hang.",
            source: ["net/ipv6/ip6_output.c:ip6_fragment"]),
    ]

    private func moved(to group: String, named name: String, of protocolName: String)
        -> KernelCounter
    {
        var counter = self
        counter.group = group
        counter.name = name
        counter.meaning = "\(protocolName): \(meaning)"
        // Functions of IPv4 count nothing of IPv6's.
        if group == "snmp6", !source.allSatisfy({ $0.hasPrefix("net/ipv6/") }) {
            counter.source = ["net/ipv6/proc.c:snmp6_seq_show"]
        }
        if protocolName.hasPrefix("UDP-Lite") { counter.until = KernelRelease(7, 1) }
        return counter
    }
}
