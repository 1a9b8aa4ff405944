extension Knob {
    /// IPv6 beside its interfaces.
    static let ipv6: [Knob] = [
        .other(
            "net.ipv6.route.flush", .routing,
            "Written, it empties caches of routes; it holds no value.",
            "net/ipv6/route.c:ipv6_route_sysctl_init"),
        .other(
            "net.ipv6.route.max_size", .routing, initial: [2147483647], unit: .entries,
            "The most cached IPv6 routes; since Linux 6.3 nothing is refused because of it.",
            "net/ipv6/route.c:ipv6_route_sysctl_init"),
        .other(
            "net.ipv6.route.gc_elasticity", .routing, initial: [9],
            "How hard cached routes are collected.",
            "net/ipv6/route.c:ipv6_route_sysctl_init"),
        .other(
            "net.ipv6.route.gc_interval", .routing, initial: [30], unit: .seconds,
            "How often cached routes are collected.", "net/ipv6/route.c:ipv6_route_sysctl_init"),
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
            "Above this many, cached routes are collected.",
            "net/ipv6/route.c:ipv6_route_sysctl_init"),
        .other(
            "net.ipv6.route.gc_timeout", .routing, initial: [60], unit: .seconds,
            "How long an unused cached route is kept.", "net/ipv6/route.c:ipv6_route_sysctl_init"),
        .other(
            "net.ipv6.route.min_adv_mss", .routing, initial: [1220], unit: .bytes,
            "The smallest MSS that is offered to a peer, however small the MTU of the route.",
            "net/ipv6/route.c:ipv6_route_sysctl_init"),
        .other(
            "net.ipv6.route.mtu_expires", .routing, initial: [600], unit: .seconds,
            "How long a learnt path MTU is kept.", "net/ipv6/route.c:ipv6_route_sysctl_init"),
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
            "Memory for IPv6 fragments; above it new ones are dropped.",
            "net/ipv6/reassembly.c:ip6_frags_ns_ctl_table"),
        .other(
            "net.ipv6.ip6frag_low_thresh", .fragments, unit: .bytes,
            "A lower bound that nothing reads since Linux 4.17.",
            "net/ipv6/reassembly.c:ip6_frags_ns_ctl_table"),
        .other(
            "net.ipv6.ip6frag_secret_interval", .fragments, scope: .host,
            "Without effect: the fragments' table is no longer rehashed.",
            "net/ipv6/reassembly.c:ip6_frags_ctl_table"),
        .other(
            "net.ipv6.ip6frag_time", .fragments, initial: [60], unit: .seconds,
            "How long a fragment waits for the rest.",
            "net/ipv6/reassembly.c:ip6_frags_ns_ctl_table"),
        .other(
            "net.ipv6.xfrm6_gc_thresh", .ipsec, unit: .entries,
            "Without effect since the IPsec flow cache went.",
            "net/ipv6/xfrm6_policy.c:xfrm6_policy_table"),
        .other(
            "net.ipv6.calipso_cache_bucket_size", .labels, unit: .entries, scope: .host,
            "How many IPv6 security labels a slot of the cache holds.",
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
            "Gives packets a flow label by their connection; 1 by default, which spreads connections over paths.",
            "net/ipv6/sysctl_net_ipv6.c:ipv6_table_template"),
        .other(
            "net.ipv6.bindv6only", .ipv6, initial: [0],
            "1: a socket bound to :: takes IPv6 only; a server that listens on :: alone then is not reached by IPv4.",
            "net/ipv6/af_inet6.c:inet6_create"),
        .other(
            "net.ipv6.fib_multipath_hash_fields", .routing, initial: [7],
            "Which fields choose among several routes.",
            "net/ipv6/sysctl_net_ipv6.c:ipv6_table_template"),
        .other(
            "net.ipv6.fib_multipath_hash_policy", .routing, initial: [0],
            "By what one of several equal routes is chosen.",
            "net/ipv6/sysctl_net_ipv6.c:ipv6_table_template"),
        .other(
            "net.ipv6.fib_notify_on_flag_change", .routing, initial: [0],
            "Tells programs when a route is offloaded.",
            "net/ipv6/sysctl_net_ipv6.c:ipv6_table_template"),
        .other(
            "net.ipv6.flowlabel_consistency", .ipv6, initial: [1],
            "A flow label may be used only as it was asked for.",
            "net/ipv6/sysctl_net_ipv6.c:ipv6_table_template"),
        .other(
            "net.ipv6.flowlabel_reflect", .ipv6, initial: [0],
            "Answers carry the flow label of what they answer.",
            "net/ipv6/sysctl_net_ipv6.c:ipv6_table_template"),
        .other(
            "net.ipv6.flowlabel_state_ranges", .ipv6, initial: [0],
            "Parts flow labels into managed and free ones.",
            "net/ipv6/sysctl_net_ipv6.c:ipv6_table_template"),
        .other(
            "net.ipv6.fwmark_reflect", .routing, initial: [0],
            "Answers that belong to no socket carry the mark of the packet answered.",
            "net/ipv6/sysctl_net_ipv6.c:ipv6_table_template"),
        .other(
            "net.ipv6.idgen_delay", .ipv6, initial: [1], unit: .seconds,
            "The pause before another stable address is tried.",
            "net/ipv6/sysctl_net_ipv6.c:ipv6_table_template"),
        .other(
            "net.ipv6.idgen_retries", .ipv6, initial: [3],
            "How often another stable address is tried.",
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
            "Lets programs bind IPv6 addresses that the host does not have, as failover pairs need.",
            "net/ipv6/sysctl_net_ipv6.c:ipv6_table_template"),
        .other(
            "net.ipv6.max_dst_opts_length", .ipv6, initial: [2147483647], unit: .bytes,
            "The longest destination options header taken.",
            "net/ipv6/sysctl_net_ipv6.c:ipv6_table_template"),
        .other(
            "net.ipv6.max_dst_opts_number", .ipv6, initial: [8], "The most options in one.",
            "net/ipv6/sysctl_net_ipv6.c:ipv6_table_template"),
        .other(
            "net.ipv6.max_hbh_length", .ipv6, initial: [2147483647], unit: .bytes,
            "The longest hop-by-hop header taken.", "net/ipv6/sysctl_net_ipv6.c:ipv6_table_template"
        ),
        .other(
            "net.ipv6.max_hbh_opts_number", .ipv6, initial: [8], "The most options in one.",
            "net/ipv6/sysctl_net_ipv6.c:ipv6_table_template"),
        .other(
            "net.ipv6.mld_max_msf", .multicast, scope: .host,
            "The most sources in a multicast filter.",
            "net/ipv6/sysctl_net_ipv6.c:ipv6_rotable"),
        .other(
            "net.ipv6.mld_qrv", .multicast, scope: .host, "How often a report is repeated.",
            "net/ipv6/sysctl_net_ipv6.c:ipv6_rotable"),
        .other(
            "net.ipv6.seg6_flowlabel", .ipv6, initial: [0],
            "How a segment routing header gets its flow label.",
            "net/ipv6/sysctl_net_ipv6.c:ipv6_table_template"),
    ]
}
