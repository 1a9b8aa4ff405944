extension Knob {
    /// Settings of each IPv4 interface, `conf.all` and `conf.default` among them.
    static let interfaces4: [Knob] = [
        .other(
            "net.ipv4.conf.*.rp_filter", .routing, initial: [0],
            """
            1 drops a packet if the route back to its source does not use the interface it came in \
            on, 2 only if no interface leads back; the higher of conf.all and the interface \
            counts. TcpExt.IPReversePathFilter counts its drops: with two uplinks, 1 loses \
            connections without a trace.
            """,
            "net/ipv4/fib_frontend.c:fib_validate_source"),
        .other(
            "net.ipv4.conf.*.log_martians", .routing, initial: [0],
            "Logs packets with impossible source addresses, including those that rp_filter drops.",
            "net/ipv4/route.c:ip_handle_martian_source"),
        .other(
            "net.ipv4.conf.*.accept_redirects", .routing, initial: [1],
            """
            Whether ICMP redirects may change the route to a destination: on a host if conf.all or \
            the interface has 1, on a router if both have 1; ip_forward=1 sets conf.all to 0.
            """,
            "net/ipv4/route.c:__ip_do_redirect"),
        .other(
            "net.ipv4.conf.*.secure_redirects", .routing, initial: [1],
            """
            Accepts ICMP redirects only towards gateways in the routing table; it has no effect if \
            shared_media is 1, the default.
            """,
            "net/ipv4/route.c:__ip_do_redirect"),
        .other(
            "net.ipv4.conf.*.send_redirects", .routing, initial: [1],
            "Whether this host, as a router, tells senders about a better router.",
            "net/ipv4/route.c:ip_rt_send_redirect"),
        .other(
            "net.ipv4.conf.*.accept_source_route", .routing,
            """
            Whether the host accepts packets with a source-route option: only if conf.all (default \
            0) and the interface (default 1) both have 1.
            """,
            "net/ipv4/ip_input.c:ip_rcv_options"),
        .other(
            "net.ipv4.conf.*.forwarding", .routing, initial: [0],
            """
            Forwards packets that come in on this interface; conf.all is another name of \
            ip_forward.
            """,
            "net/ipv4/devinet.c:devinet_sysctl_forward"),
        .other(
            "net.ipv4.conf.*.mc_forwarding", .routing, initial: [0],
            "Shows whether a multicast router runs; only the kernel sets it.",
            "net/ipv4/devinet.c:devinet_sysctl"),
        .other(
            "net.ipv4.conf.*.bc_forwarding", .routing, initial: [0],
            "Forwards directed broadcasts.",
            "net/ipv4/devinet.c:devinet_sysctl"),
        .other(
            "net.ipv4.conf.*.shared_media", .routing, initial: [1],
            """
            Treats subnets on one medium as directly reachable when the host sends or accepts \
            redirects.
            """,
            "net/ipv4/devinet.c:devinet_sysctl"),
        .other(
            "net.ipv4.conf.*.route_localnet", .routing, initial: [0],
            """
            Allows packets for 127.0.0.0/8 to cross the network; kube-proxy sets it for node ports \
            on loopback.
            """,
            "net/ipv4/route.c:ip_route_input_slow"),
        .other(
            "net.ipv4.conf.*.accept_local", .routing, initial: [0],
            "Accepts packets from outside with a source address of this host.",
            "net/ipv4/fib_frontend.c:fib_validate_source"),
        .other(
            "net.ipv4.conf.*.src_valid_mark", .routing, initial: [0],
            "Takes the packet's mark into account when rp_filter looks up the route back.",
            "net/ipv4/fib_frontend.c:__fib_validate_source"),
        .other(
            "net.ipv4.conf.*.arp_announce", .neighbours, initial: [0],
            """
            Which address an ARP request names as its own: 2 always uses the best one for the \
            destination, as direct-routing balancers need.
            """,
            "net/ipv4/arp.c:arp_solicit"),
        .other(
            "net.ipv4.conf.*.arp_ignore", .neighbours, initial: [0],
            """
            Which ARP requests the host answers: 1 only those for addresses of the interface that \
            was asked.
            """,
            "net/ipv4/arp.c:arp_ignore"),
        .other(
            "net.ipv4.conf.*.arp_filter", .neighbours, initial: [0],
            "Answers ARP only on the interface that the route back to the asker uses.",
            "net/ipv4/arp.c:arp_process"),
        .other(
            "net.ipv4.conf.*.arp_accept", .neighbours, initial: [0],
            "Whether unsolicited ARP creates new entries.", "net/ipv4/arp.c:arp_process"),
        .other(
            "net.ipv4.conf.*.arp_notify", .neighbours, initial: [0],
            "Announces the address when the interface comes up or changes its hardware address.",
            "net/ipv4/devinet.c:inetdev_event"),
        .other(
            "net.ipv4.conf.*.arp_evict_nocarrier", .neighbours, initial: [1],
            "Drops the neighbours of an interface that loses its carrier.",
            "net/ipv4/arp.c:arp_netdev_event"),
        .other(
            "net.ipv4.conf.*.drop_gratuitous_arp", .neighbours, initial: [0],
            "Drops gratuitous ARP frames.",
            "net/ipv4/arp.c:arp_process"),
        .other(
            "net.ipv4.conf.*.proxy_arp", .neighbours, initial: [0],
            "Answers ARP for addresses that this host routes to.", "net/ipv4/arp.c:arp_fwd_proxy"),
        .other(
            "net.ipv4.conf.*.proxy_arp_pvlan", .neighbours, initial: [0],
            "Answers ARP also back out of the same interface, for private VLANs.",
            "net/ipv4/arp.c:arp_fwd_pvlan"),
        .other(
            "net.ipv4.conf.*.medium_id", .neighbours, initial: [0],
            "Distinguishes interfaces on one medium for proxy_arp.",
            "net/ipv4/arp.c:arp_fwd_proxy"),
        .other(
            "net.ipv4.conf.*.bootp_relay", .routing, initial: [0],
            "Meant for a BOOTP relay; the kernel does nothing with it.",
            "net/ipv4/devinet.c:devinet_sysctl"),
        .other(
            "net.ipv4.conf.*.tag", .routing, initial: [0],
            "A number for programs to keep; the kernel does nothing with it.",
            "net/ipv4/devinet.c:devinet_sysctl"),
        .other(
            "net.ipv4.conf.*.disable_policy", .ipsec, initial: [0],
            "Skips the IPsec policy check on this interface.",
            "net/ipv4/route.c:ip_route_input_slow"),
        .other(
            "net.ipv4.conf.*.disable_xfrm", .ipsec, initial: [0], "Skips IPsec on this interface.",
            "net/ipv4/route.c:__mkroute_output"),
        .other(
            "net.ipv4.conf.*.promote_secondaries", .routing, initial: [0],
            "Keeps secondary addresses when the primary one is removed.",
            "net/ipv4/devinet.c:__inet_del_ifa"),
        .other(
            "net.ipv4.conf.*.ignore_routes_with_linkdown", .routing, initial: [0],
            "Skips routes whose interface has no carrier.",
            "net/ipv4/fib_semantics.c:fib_select_multipath"),
        .other(
            "net.ipv4.conf.*.drop_unicast_in_l2_multicast", .routing, initial: [0],
            "Drops unicast packets that came in a multicast or broadcast frame.",
            "net/ipv4/ip_input.c:ip_rcv_finish_core"),
        .other(
            "net.ipv4.conf.*.force_igmp_version", .multicast, initial: [0],
            "Speaks only this IGMP version; 0 follows the router.",
            "net/ipv4/igmp.c:igmp_heard_query"),
        .other(
            "net.ipv4.conf.*.igmpv2_unsolicited_report_interval", .multicast, initial: [10000],
            unit: .milliseconds, "The pause between unsolicited IGMPv2 reports.",
            "net/ipv4/igmp.c:unsolicited_report_interval"),
        .other(
            "net.ipv4.conf.*.igmpv3_unsolicited_report_interval", .multicast, initial: [1000],
            unit: .milliseconds, "The pause between unsolicited IGMPv3 reports.",
            "net/ipv4/igmp.c:unsolicited_report_interval"),
    ]
}
