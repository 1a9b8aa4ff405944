extension Knob {
    /// Routes, forwarding, ICMP, fragments and the rest of IPv4 that is not TCP.
    static let routing: [Knob] = [
        .other(
            "net.ipv4.route.flush", .routing,
            "A write empties the route caches; it has no value.",
            "net/ipv4/route.c:ipv4_route_netns_table"),
        .other(
            "net.ipv4.route.error_burst", .icmp, scope: .host,
            """
            The credit, in kernel ticks, of ICMP errors about routes to one sender; the kernel \
            sends error_burst/error_cost of them, five by default, at once.
            """,
            "net/ipv4/route.c:ip_error"),
        .other(
            "net.ipv4.route.error_cost", .icmp, scope: .host,
            "How many ticks such an error costs: one per second by default.",
            "net/ipv4/route.c:ip_error"),
        .other(
            "net.ipv4.route.gc_elasticity", .routing, initial: [8], scope: .host,
            "A detail of the IPv4 routing cache, which Linux 3.6 removed: it has no effect.",
            "net/ipv4/route.c:ipv4_route_table"),
        .other(
            "net.ipv4.route.gc_interval", .routing, initial: [60], scope: .host,
            "A detail of the IPv4 routing cache, which Linux 3.6 removed: it has no effect.",
            "net/ipv4/route.c:ipv4_route_table"),
        .other(
            "net.ipv4.route.gc_min_interval", .routing, initial: [0], scope: .host,
            "A detail of the IPv4 routing cache, which Linux 3.6 removed: it has no effect.",
            "net/ipv4/route.c:ipv4_route_table"),
        .other(
            "net.ipv4.route.gc_min_interval_ms", .routing, initial: [500], scope: .host,
            "A detail of the IPv4 routing cache, which Linux 3.6 removed: it has no effect.",
            "net/ipv4/route.c:ipv4_route_table"),
        .other(
            "net.ipv4.route.gc_thresh", .routing, scope: .host,
            "A detail of the IPv4 routing cache, which Linux 3.6 removed: it has no effect.",
            "net/ipv4/route.c:ipv4_route_table"),
        .other(
            "net.ipv4.route.gc_timeout", .routing, initial: [300], scope: .host,
            "A detail of the IPv4 routing cache, which Linux 3.6 removed: it has no effect.",
            "net/ipv4/route.c:ipv4_route_table"),
        .other(
            "net.ipv4.route.min_adv_mss", .routing, initial: [256], unit: .bytes,
            "The smallest MSS that the host offers to a peer, however small the MTU of the route.",
            "net/ipv4/route.c:ipv4_default_advmss"),
        .other(
            "net.ipv4.route.min_pmtu", .routing, initial: [552], unit: .bytes,
            "The smallest path MTU that the kernel accepts from an ICMP message.",
            "net/ipv4/route.c:__ip_rt_update_pmtu"),
        .other(
            "net.ipv4.route.mtu_expires", .routing, initial: [600], unit: .seconds,
            "How long the kernel keeps a learnt path MTU.", "net/ipv4/route.c:__ip_rt_update_pmtu"),
        .other(
            "net.ipv4.route.redirect_load", .routing, scope: .host,
            "The pause, in ticks, between the first redirects that the host sends.",
            "net/ipv4/route.c:ip_rt_send_redirect"),
        .other(
            "net.ipv4.route.redirect_number", .routing, initial: [9], scope: .host,
            "How many redirects the host sends before it gives up.",
            "net/ipv4/route.c:ip_rt_send_redirect"),
        .other(
            "net.ipv4.route.redirect_silence", .routing, scope: .host,
            "For how many ticks the host then sends no redirects.",
            "net/ipv4/route.c:ip_rt_send_redirect"),
        .other(
            "net.ipv4.icmp_echo_enable_probe", .icmp, initial: [0],
            "Answers extended echo requests (RFC 8335).",
            "net/ipv4/sysctl_net_ipv4.c:ipv4_net_table"),
        .other(
            "net.ipv4.icmp_echo_ignore_all", .icmp, initial: [0],
            "Answers no ping; TCP does not notice.",
            "net/ipv4/icmp.c:icmp_echo"),
        .other(
            "net.ipv4.icmp_echo_ignore_broadcasts", .icmp, initial: [1],
            "Answers no ping to a broadcast address.", "net/ipv4/icmp.c:icmp_rcv"),
        .other(
            "net.ipv4.icmp_errors_extension_mask", .icmp, initial: [0],
            "Adds the interface to ICMP errors.",
            "net/ipv4/sysctl_net_ipv4.c:ipv4_net_table"),
        .other(
            "net.ipv4.icmp_errors_use_inbound_ifaddr", .icmp, initial: [0],
            "Sends errors from the address of the interface on which the packet came in.",
            "net/ipv4/sysctl_net_ipv4.c:ipv4_net_table"),
        .other(
            "net.ipv4.icmp_ignore_bogus_error_responses", .icmp, initial: [1],
            "Does not log errors about broadcasts.", "net/ipv4/sysctl_net_ipv4.c:ipv4_net_table"),
        .other(
            "net.ipv4.icmp_msgs_burst", .icmp,
            "How many such ICMP messages the kernel may send at once; see icmp_msgs_per_sec.",
            "net/ipv4/sysctl_net_ipv4.c:ipv4_net_table"),
        .other(
            "net.ipv4.icmp_msgs_per_sec", .icmp,
            """
            The maximum number of ICMP messages of those in icmp_ratemask that a namespace (before \
            Linux 6.12 the host) sends per second; fragmentation-needed, which path MTU discovery \
            needs, is exempt.
            """,
            "net/ipv4/icmp.c:icmpv4_mask_allow"),
        .other(
            "net.ipv4.icmp_ratelimit", .icmp, initial: [1000], unit: .milliseconds,
            "The shortest pause between two ICMP errors to one host.",
            "net/ipv4/icmp.c:icmpv4_xrlim_allow"),
        .other(
            "net.ipv4.icmp_ratemask", .icmp, initial: [6168],
            "Which ICMP messages the kernel limits.",
            "net/ipv4/sysctl_net_ipv4.c:ipv4_net_table"),
        .other(
            "net.ipv4.igmp_link_local_mcast_reports", .multicast, initial: [1],
            "Reports link-local multicast groups.", "net/ipv4/sysctl_net_ipv4.c:ipv4_net_table"),
        .other(
            "net.ipv4.igmp_max_memberships", .multicast, initial: [20],
            "The maximum number of multicast groups of a socket.",
            "net/ipv4/sysctl_net_ipv4.c:ipv4_net_table"),
        .other(
            "net.ipv4.igmp_max_msf", .multicast, initial: [10],
            "The maximum number of sources in a multicast filter.",
            "net/ipv4/sysctl_net_ipv4.c:ipv4_net_table"),
        .other(
            "net.ipv4.igmp_qrv", .multicast, initial: [2], "How often the host repeats a report.",
            "net/ipv4/sysctl_net_ipv4.c:ipv4_net_table"),
        .other(
            "net.ipv4.inet_peer_maxttl", .routing, initial: [600], unit: .seconds, scope: .host,
            "How long the kernel keeps what it knows about a peer address.",
            "net/ipv4/inetpeer.c:inet_peer_gc"),
        .other(
            "net.ipv4.inet_peer_minttl", .routing, initial: [120], unit: .seconds, scope: .host,
            "The same, if there are many of them.", "net/ipv4/inetpeer.c:inet_peer_gc"),
        .other(
            "net.ipv4.inet_peer_threshold", .routing, unit: .entries, scope: .host,
            "From how many peers on the kernel drops them sooner.",
            "net/ipv4/inetpeer.c:inet_peer_gc"),
        .other(
            "net.ipv4.ip_default_ttl", .routing, initial: [64], "The TTL of sent packets.",
            "include/net/route.h:ip4_dst_hoplimit"),
        .other(
            "net.ipv4.ip_dynaddr", .routing, initial: [0],
            """
            Rewrites the source address of connections in the making if the interface's address \
            changes.
            """,
            "net/ipv4/af_inet.c:inet_sk_reselect_saddr"),
        .other(
            "net.ipv4.ip_early_demux", .routing, initial: [1],
            "Looks for the socket before the route.",
            "net/ipv4/ip_input.c:ip_rcv_finish_core"),
        .other(
            "net.ipv4.ip_forward_update_priority", .routing, initial: [1],
            "Sets a forwarded packet's priority by its TOS.",
            "net/ipv4/sysctl_net_ipv4.c:ipv4_net_table"),
        .other(
            "net.ipv4.ip_forward_use_pmtu", .routing, initial: [0],
            "Uses learnt path MTUs when forwarding.", "net/ipv4/sysctl_net_ipv4.c:ipv4_net_table"),
        .other(
            "net.ipv4.ip_no_pmtu_disc", .routing, initial: [0],
            """
            Turns path MTU discovery off: 1 sends without the DF bit and with smaller packets \
            after a report, 2 discards the reports too; 3 keeps the discovery and accepts only \
            reports that a protocol such as TCP can verify.
            """,
            "net/ipv4/icmp.c:icmp_unreach"),
        .other(
            "net.ipv4.fib_multipath_hash_fields", .routing, initial: [7],
            "Which fields choose among several routes.", "net/ipv4/sysctl_net_ipv4.c:ipv4_net_table"
        ),
        .other(
            "net.ipv4.fib_multipath_hash_policy", .routing, initial: [0],
            """
            How the kernel chooses one of several equal routes: by addresses, ports too, or inner \
            headers.
            """,
            "net/ipv4/sysctl_net_ipv4.c:ipv4_net_table"),
        .other(
            "net.ipv4.fib_multipath_hash_seed", .routing, "The seed of that choice.",
            "net/ipv4/sysctl_net_ipv4.c:ipv4_net_table"),
        .other(
            "net.ipv4.fib_multipath_use_neigh", .routing, initial: [0],
            "Prefers routes whose neighbour answers.", "net/ipv4/sysctl_net_ipv4.c:ipv4_net_table"),
        .other(
            "net.ipv4.fib_notify_on_flag_change", .routing, initial: [0],
            "Tells programs when a route is offloaded.", "net/ipv4/sysctl_net_ipv4.c:ipv4_net_table"
        ),
        .other(
            "net.ipv4.fib_sync_mem", .routing, initial: [524288], unit: .bytes, scope: .host,
            "How much memory of freed routes may wait.", "net/ipv4/sysctl_net_ipv4.c:ipv4_table"
        ),
        .other(
            "net.ipv4.fwmark_reflect", .routing, initial: [0],
            "Answers without a socket carry the mark of the packet they answer.",
            "net/ipv4/sysctl_net_ipv4.c:ipv4_net_table"),
        .other(
            "net.ipv4.nexthop_compat_mode", .routing, initial: [1],
            "Shows next hop objects in the old form too.",
            "net/ipv4/sysctl_net_ipv4.c:ipv4_net_table"),
        .other(
            "net.ipv4.raw_l3mdev_accept", .routing, initial: [1],
            "Raw sockets without a device also get packets that come through a VRF.",
            "net/ipv4/sysctl_net_ipv4.c:ipv4_net_table"),
        .other(
            "net.vrf.strict_mode", .routing, initial: [0],
            "Allows each routing table to belong to only one VRF.",
            "drivers/net/vrf.c:vrf_strict_mode_change"),
        .other(
            "net.ipv4.ping_group_range", .icmp, initial: [1, 0],
            type: .vector(count: 2, 0...Int64.max),
            "Which groups may open ping sockets.", "net/ipv4/ping.c:ping_init_sock"),
        .other(
            "net.ipv4.ipfrag_high_thresh", .fragments, unit: .bytes,
            """
            Memory for IPv4 fragments; above it the kernel drops new ones. TCP with path MTU \
            discovery sends none.
            """,
            "net/ipv4/ip_fragment.c:ip4_frags_ns_ctl_table"),
        .other(
            "net.ipv4.ipfrag_low_thresh", .fragments, unit: .bytes,
            "A lower bound that nothing reads since Linux 4.17.",
            "net/ipv4/ip_fragment.c:ip4_frags_ns_ctl_table"),
        .other(
            "net.ipv4.ipfrag_max_dist", .fragments, initial: [64],
            "How many packets of one source may pass before a fragment counts as lost.",
            "net/ipv4/ip_fragment.c:ip4_frags_ns_ctl_table"),
        .other(
            "net.ipv4.ipfrag_secret_interval", .fragments, initial: [0], scope: .host,
            "It has no effect: the kernel no longer rehashes the fragment table.",
            "net/ipv4/ip_fragment.c:ip4_frags_ctl_table"),
        .other(
            "net.ipv4.ipfrag_time", .fragments, initial: [30], unit: .seconds,
            "How long a fragment waits for the rest.",
            "net/ipv4/ip_fragment.c:ip4_frags_ns_ctl_table"),
        .other(
            "net.ipv4.udp_mem", .udp, type: .vector(count: 3, 0...Int64.max), unit: .pages,
            scope: .host,
            "Memory of all UDP sockets of the host, in pages, not bytes: low, pressure, limit.",
            "net/ipv4/udp.c:udp_init"),
        .other(
            "net.ipv4.udp_rmem_min", .udp, initial: [4096], unit: .bytes,
            """
            The receive memory that a UDP socket keeps when udp_mem is short; it does not make \
            buffers larger.
            """,
            "include/net/sock.h:sk_get_rmem0"),
        .other(
            "net.ipv4.udp_wmem_min", .udp, initial: [4096], unit: .bytes,
            """
            The send memory that a UDP socket keeps when udp_mem is short; it does not make \
            buffers larger.
            """,
            "include/net/sock.h:sk_get_wmem0"),
        .other(
            "net.ipv4.udp_early_demux", .udp, initial: [1],
            "Looks for the UDP socket before the route.",
            "net/ipv4/sysctl_net_ipv4.c:ipv4_net_table"),
        .other(
            "net.ipv4.udp_l3mdev_accept", .udp, initial: [0],
            "UDP sockets without a device also get packets that come through a VRF.",
            "net/ipv4/sysctl_net_ipv4.c:ipv4_net_table"),
        .other(
            "net.ipv4.udp_hash_entries", .udp, unit: .entries, "Slots of the UDP socket table.",
            "net/ipv4/udp.c:udp_table_init"),
        .other(
            "net.ipv4.udp_child_hash_entries", .udp, unit: .entries,
            "Gives namespaces created from this one their own UDP table.",
            "net/ipv4/udp.c:udp_set_table"),
        .other(
            "net.ipv4.xfrm4_gc_thresh", .ipsec, unit: .entries,
            "It has no effect since the IPsec flow cache was removed.",
            "net/ipv4/xfrm4_policy.c:xfrm4_policy_table"),
        .other(
            "net.ipv4.cipso_cache_bucket_size", .labels, initial: [10], unit: .entries,
            scope: .host,
            "How many security labels fit into a slot of the cache.",
            "net/ipv4/sysctl_net_ipv4.c:ipv4_table"),
        .other(
            "net.ipv4.cipso_cache_enable", .labels, initial: [1], scope: .host,
            "Caches security labels of packets.", "net/ipv4/sysctl_net_ipv4.c:ipv4_table"),
        .other(
            "net.ipv4.cipso_rbm_optfmt", .labels, initial: [0], scope: .host,
            "The format of a security label's categories.",
            "net/ipv4/sysctl_net_ipv4.c:ipv4_table"),
        .other(
            "net.ipv4.cipso_rbm_strictvalid", .labels, initial: [1], scope: .host,
            "Checks such labels strictly.", "net/ipv4/sysctl_net_ipv4.c:ipv4_table"),
    ]
}
