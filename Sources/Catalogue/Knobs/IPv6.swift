extension Knob {
    /// IPv6, without its interfaces.
    static let ipv6: [Knob] = [
        .other(
            "net.ipv6.route.flush", .routing,
            "A write empties the route caches; it has no value.",
            "net/ipv6/route.c:ipv6_route_sysctl_init"),
        .other(
            "net.ipv6.route.max_size", .routing, initial: [2147483647], unit: .entries,
            """
            The maximum number of cached IPv6 routes; since Linux 6.3 the kernel refuses nothing \
            because of it.
            """,
            "net/ipv6/route.c:ipv6_route_sysctl_init"),
        .other(
            "net.ipv6.route.gc_elasticity", .routing, initial: [9],
            "How hard the kernel collects cached routes.",
            "net/ipv6/route.c:ipv6_route_sysctl_init"),
        .other(
            "net.ipv6.route.gc_interval", .routing, initial: [30], unit: .seconds,
            "How often the kernel collects cached routes.",
            "net/ipv6/route.c:ipv6_route_sysctl_init"),
        .other(
            "net.ipv6.route.gc_min_interval", .routing, initial: [0], unit: .seconds,
            "The shortest pause between two collections.", "net/ipv6/route.c:ipv6_route_sysctl_init"
        ),
        .other(
            "net.ipv6.route.gc_min_interval_ms", .routing, initial: [500], unit: .milliseconds,
            "The shortest pause between two collections.", "net/ipv6/route.c:ipv6_route_sysctl_init"
        ),
        .other(
            "net.ipv6.route.gc_thresh", .routing, unit: .entries,
            "Above this many, the kernel collects cached routes.",
            "net/ipv6/route.c:ipv6_route_sysctl_init"),
        .other(
            "net.ipv6.route.gc_timeout", .routing, initial: [60], unit: .seconds,
            "How long the kernel keeps an unused cached route.",
            "net/ipv6/route.c:ipv6_route_sysctl_init"),
        .other(
            "net.ipv6.route.min_adv_mss", .routing, initial: [1220], unit: .bytes,
            "The smallest MSS that the host offers to a peer, however small the MTU of the route.",
            "net/ipv6/route.c:ipv6_route_sysctl_init"),
        .other(
            "net.ipv6.route.mtu_expires", .routing, initial: [600], unit: .seconds,
            "How long the kernel keeps a learnt path MTU.",
            "net/ipv6/route.c:ipv6_route_sysctl_init"),
        .other(
            "net.ipv6.route.skip_notify_on_dev_down", .routing, initial: [0],
            "Sends no messages about the routes of an interface that goes down.",
            "net/ipv6/route.c:ipv6_route_sysctl_init"),
        .other(
            "net.ipv6.icmp.echo_ignore_all", .icmp, initial: [0], "Answers no ping.",
            "net/ipv6/icmp.c:ipv6_icmp_table_template"),
        .other(
            "net.ipv6.icmp.echo_ignore_anycast", .icmp, initial: [0],
            "Answers no ping to an anycast address.", "net/ipv6/icmp.c:ipv6_icmp_table_template"),
        .other(
            "net.ipv6.icmp.echo_ignore_multicast", .icmp, initial: [0],
            "Answers no ping to a multicast address.", "net/ipv6/icmp.c:ipv6_icmp_table_template"),
        .other(
            "net.ipv6.icmp.error_anycast_as_unicast", .icmp, initial: [0],
            "Answers errors from an anycast address as from a unicast one.",
            "net/ipv6/icmp.c:ipv6_icmp_table_template"),
        .other(
            "net.ipv6.icmp.errors_extension_mask", .icmp, initial: [0],
            "Adds the interface to ICMPv6 errors.", "net/ipv6/icmp.c:ipv6_icmp_table_template"),
        .other(
            "net.ipv6.icmp.ratelimit", .icmp, initial: [100], unit: .milliseconds,
            "The shortest pause between two ICMPv6 errors to one host.",
            "net/ipv6/icmp.c:ipv6_icmp_table_template"),
        .other(
            "net.ipv6.icmp.ratemask", .icmp, "Which ICMPv6 messages are limited.",
            "net/ipv6/icmp.c:ipv6_icmp_table_template"),
        .other(
            "net.ipv6.ip6frag_high_thresh", .fragments, unit: .bytes,
            "Memory for IPv6 fragments; above it the kernel drops new ones.",
            "net/ipv6/reassembly.c:ip6_frags_ns_ctl_table"),
        .other(
            "net.ipv6.ip6frag_low_thresh", .fragments, unit: .bytes,
            "A lower bound that nothing reads since Linux 4.17.",
            "net/ipv6/reassembly.c:ip6_frags_ns_ctl_table"),
        .other(
            "net.ipv6.ip6frag_secret_interval", .fragments, scope: .host,
            "It has no effect: the kernel no longer rehashes the fragment table.",
            "net/ipv6/reassembly.c:ip6_frags_ctl_table"),
        .other(
            "net.ipv6.ip6frag_time", .fragments, initial: [60], unit: .seconds,
            "How long a fragment waits for the rest.",
            "net/ipv6/reassembly.c:ip6_frags_ns_ctl_table"),
        .other(
            "net.ipv6.xfrm6_gc_thresh", .ipsec, unit: .entries,
            "It has no effect since the IPsec flow cache was removed.",
            "net/ipv6/xfrm6_policy.c:xfrm6_policy_table"),
        .other(
            "net.ipv6.calipso_cache_bucket_size", .labels, unit: .entries, scope: .host,
            "How many IPv6 security labels fit into a slot of the cache.",
            "net/ipv6/sysctl_net_ipv6.c:ipv6_rotable"),
        .other(
            "net.ipv6.calipso_cache_enable", .labels, scope: .host,
            "Caches security labels of IPv6 packets.",
            "net/ipv6/sysctl_net_ipv6.c:ipv6_rotable"),
        .other(
            "net.ipv6.anycast_src_echo_reply", .icmp, initial: [0],
            "Answers a ping to an anycast address from that address.",
            "net/ipv6/sysctl_net_ipv6.c:ipv6_table_template"),
        .other(
            "net.ipv6.auto_flowlabels", .ipv6, initial: [1],
            """
            Gives packets a flow label by their connection; 1, the default, spreads connections \
            over paths.
            """,
            "net/ipv6/sysctl_net_ipv6.c:ipv6_table_template"),
        .other(
            "net.ipv6.bindv6only", .ipv6, initial: [0],
            """
            1: a socket bound to :: accepts only IPv6; IPv4 clients then cannot reach a server \
            that listens only on ::.
            """,
            "net/ipv6/af_inet6.c:inet6_create"),
        .other(
            "net.ipv6.fib_multipath_hash_fields", .routing, initial: [7],
            "Which fields choose among several routes.",
            "net/ipv6/sysctl_net_ipv6.c:ipv6_table_template"),
        .other(
            "net.ipv6.fib_multipath_hash_policy", .routing, initial: [0],
            "How the kernel chooses one of several equal routes.",
            "net/ipv6/sysctl_net_ipv6.c:ipv6_table_template"),
        .other(
            "net.ipv6.fib_notify_on_flag_change", .routing, initial: [0],
            "Tells programs when a route is offloaded.",
            "net/ipv6/sysctl_net_ipv6.c:ipv6_table_template"),
        .other(
            "net.ipv6.flowlabel_consistency", .ipv6, initial: [1],
            "A program may use a flow label only as it asked for it.",
            "net/ipv6/sysctl_net_ipv6.c:ipv6_table_template"),
        .other(
            "net.ipv6.flowlabel_reflect", .ipv6, initial: [0],
            "Answers carry the flow label of the packet they answer.",
            "net/ipv6/sysctl_net_ipv6.c:ipv6_table_template"),
        .other(
            "net.ipv6.flowlabel_state_ranges", .ipv6, initial: [0],
            "Divides flow labels into managed and free ones.",
            "net/ipv6/sysctl_net_ipv6.c:ipv6_table_template"),
        .other(
            "net.ipv6.fwmark_reflect", .routing, initial: [0],
            "Answers without a socket carry the mark of the packet they answer.",
            "net/ipv6/sysctl_net_ipv6.c:ipv6_table_template"),
        .other(
            "net.ipv6.idgen_delay", .ipv6, initial: [1], unit: .seconds,
            "The pause before the kernel tries another stable address.",
            "net/ipv6/sysctl_net_ipv6.c:ipv6_table_template"),
        .other(
            "net.ipv6.idgen_retries", .ipv6, initial: [3],
            "How often the kernel tries another stable address.",
            "net/ipv6/sysctl_net_ipv6.c:ipv6_table_template"),
        .other(
            "net.ipv6.ioam6_id", .ipv6, initial: [16777215],
            "The host's number in in-situ measurement options.",
            "net/ipv6/sysctl_net_ipv6.c:ipv6_table_template"),
        .other(
            "net.ipv6.ioam6_id_wide", .ipv6, initial: [72057594037927935], "The same, long.",
            "net/ipv6/sysctl_net_ipv6.c:ipv6_table_template"),
        .other(
            "net.ipv6.ip_nonlocal_bind", .ipv6, initial: [0],
            """
            Allows programs to bind IPv6 addresses that the host does not have, as failover pairs \
            need.
            """,
            "net/ipv6/sysctl_net_ipv6.c:ipv6_table_template"),
        .other(
            "net.ipv6.max_dst_opts_length", .ipv6, initial: [2147483647], unit: .bytes,
            "The longest destination options header that the host accepts.",
            "net/ipv6/sysctl_net_ipv6.c:ipv6_table_template"),
        .other(
            "net.ipv6.max_dst_opts_number", .ipv6, initial: [8],
            "The maximum number of options in such a header.",
            "net/ipv6/sysctl_net_ipv6.c:ipv6_table_template"),
        .other(
            "net.ipv6.max_hbh_length", .ipv6, initial: [2147483647], unit: .bytes,
            "The longest hop-by-hop header that the host accepts.",
            "net/ipv6/sysctl_net_ipv6.c:ipv6_table_template"
        ),
        .other(
            "net.ipv6.max_hbh_opts_number", .ipv6, initial: [8],
            "The maximum number of options in such a header.",
            "net/ipv6/sysctl_net_ipv6.c:ipv6_table_template"),
        .other(
            "net.ipv6.mld_max_msf", .multicast, scope: .host,
            "The maximum number of sources in a multicast filter.",
            "net/ipv6/sysctl_net_ipv6.c:ipv6_rotable"),
        .other(
            "net.ipv6.mld_qrv", .multicast, scope: .host, "How often the host repeats a report.",
            "net/ipv6/sysctl_net_ipv6.c:ipv6_rotable"),
        .other(
            "net.ipv6.seg6_flowlabel", .ipv6, initial: [0],
            "How a segment routing header gets its flow label.",
            "net/ipv6/sysctl_net_ipv6.c:ipv6_table_template"),
    ]
}
