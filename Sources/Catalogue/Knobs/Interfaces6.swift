extension Knob {
    /// Settings of each IPv6 interface, `conf.all` and `conf.default` among them.
    static let interfaces6: [Knob] = [
        .other(
            "net.ipv6.conf.*.disable_ipv6", .ipv6, initial: [0],
            """
            1 removes IPv6 and its addresses from the interface; a program that binds or connects \
            to them then gets EADDRNOTAVAIL.
            """,
            "net/ipv6/addrconf.c:addrconf_disable_ipv6"),
        .other(
            "net.ipv6.conf.*.forwarding", .routing, initial: [0],
            """
            Makes the host an IPv6 router; it then ignores router advertisements unless accept_ra \
            is 2.
            """,
            "net/ipv6/addrconf.c:addrconf_fixup_forwarding"),
        .other(
            "net.ipv6.conf.*.force_forwarding", .routing, initial: [0],
            "Forwards packets from this interface, whatever forwarding says.",
            "net/ipv6/addrconf.c:addrconf_sysctl"),
        .other(
            "net.ipv6.conf.*.mc_forwarding", .routing, initial: [0],
            "Shows whether an IPv6 multicast router runs; only the kernel sets it.",
            "net/ipv6/addrconf.c:addrconf_sysctl"),
        .other(
            "net.ipv6.conf.*.accept_ra", .ipv6, initial: [1],
            "Accepts router advertisements: 1 on hosts, 2 also on routers, 0 never.",
            "net/ipv6/ndisc.c:ndisc_router_discovery"),
        .other(
            "net.ipv6.conf.*.accept_redirects", .routing, initial: [1],
            "Whether ICMPv6 redirects may change the route to a destination.",
            "net/ipv6/route.c:rt6_do_redirect"),
        .other(
            "net.ipv6.conf.*.accept_source_route", .routing, initial: [0],
            "Accepts type 2 routing headers if it is 0 or more; below 0 none.",
            "net/ipv6/exthdrs.c:ipv6_rthdr_rcv"),
        .other(
            "net.ipv6.conf.*.accept_ra_defrtr", .ipv6, initial: [1],
            "Uses the default router from advertisements.", "net/ipv6/addrconf.c:addrconf_sysctl"),
        .other(
            "net.ipv6.conf.*.accept_ra_from_local", .ipv6, initial: [0],
            "Accepts advertisements from an address of this host.",
            "net/ipv6/addrconf.c:addrconf_sysctl"),
        .other(
            "net.ipv6.conf.*.accept_ra_min_hop_limit", .ipv6, initial: [1],
            "The lowest hop limit that an advertisement may set.",
            "net/ipv6/addrconf.c:addrconf_sysctl"),
        .other(
            "net.ipv6.conf.*.accept_ra_min_lft", .ipv6, initial: [0], unit: .seconds,
            "The shortest lifetime that an advertisement may set.",
            "net/ipv6/addrconf.c:addrconf_sysctl"),
        .other(
            "net.ipv6.conf.*.accept_ra_mtu", .ipv6, initial: [1],
            "Uses the MTU from advertisements.",
            "net/ipv6/addrconf.c:addrconf_sysctl"),
        .other(
            "net.ipv6.conf.*.accept_ra_pinfo", .ipv6, initial: [1],
            "Uses prefixes from advertisements.",
            "net/ipv6/addrconf.c:addrconf_sysctl"),
        .other(
            "net.ipv6.conf.*.accept_ra_rt_info_max_plen", .ipv6, initial: [0],
            "The longest route prefix that the host accepts from an advertisement.",
            "net/ipv6/addrconf.c:addrconf_sysctl"),
        .other(
            "net.ipv6.conf.*.accept_ra_rt_info_min_plen", .ipv6, initial: [0],
            "The shortest route prefix that the host accepts from an advertisement.",
            "net/ipv6/addrconf.c:addrconf_sysctl"),
        .other(
            "net.ipv6.conf.*.accept_ra_rtr_pref", .ipv6, initial: [1],
            "Uses the router's preference from advertisements.",
            "net/ipv6/addrconf.c:addrconf_sysctl"),
        .other(
            "net.ipv6.conf.*.accept_dad", .ipv6,
            """
            Duplicate address detection: 0 off, 1 on, 2 on and switches IPv6 off on an interface \
            whose own link-local address is a duplicate; the higher of conf.all (default 0) and \
            the interface (default 1) counts.
            """,
            "net/ipv6/addrconf.c:addrconf_sysctl"),
        .other(
            "net.ipv6.conf.*.accept_untracked_na", .ipv6, initial: [0],
            "Whether unsolicited neighbour advertisements create entries on a router.",
            "net/ipv6/addrconf.c:addrconf_sysctl"),
        .other(
            "net.ipv6.conf.*.addr_gen_mode", .ipv6, initial: [0],
            """
            How the kernel makes the interface part of an address: EUI-64, none, or from a secret.
            """,
            "net/ipv6/addrconf.c:addrconf_sysctl"),
        .other(
            "net.ipv6.conf.*.autoconf", .ipv6, initial: [1],
            "Makes addresses from advertised prefixes.",
            "net/ipv6/addrconf.c:addrconf_sysctl"),
        .other(
            "net.ipv6.conf.*.dad_transmits", .ipv6, initial: [1],
            "How many probes duplicate address detection sends.",
            "net/ipv6/addrconf.c:addrconf_sysctl"),
        .other(
            "net.ipv6.conf.*.enhanced_dad", .ipv6, initial: [1],
            """
            Puts a nonce into those probes, so that the host does not take a loop for a duplicate.
            """,
            "net/ipv6/addrconf.c:addrconf_sysctl"),
        .other(
            "net.ipv6.conf.*.optimistic_dad", .ipv6, initial: [0],
            "Uses an address while it still probes it.", "net/ipv6/addrconf.c:addrconf_sysctl"
        ),
        .other(
            "net.ipv6.conf.*.use_optimistic", .ipv6, initial: [0],
            "Prefers such an address as a source.",
            "net/ipv6/addrconf.c:addrconf_sysctl"),
        .other(
            "net.ipv6.conf.*.drop_unicast_in_l2_multicast", .routing, initial: [0],
            "Drops unicast packets that came in a multicast or broadcast frame.",
            "net/ipv6/addrconf.c:addrconf_sysctl"),
        .other(
            "net.ipv6.conf.*.drop_unsolicited_na", .ipv6, initial: [0],
            "Drops unsolicited neighbour advertisements.", "net/ipv6/addrconf.c:addrconf_sysctl"),
        .other(
            "net.ipv6.conf.*.disable_policy", .ipsec, initial: [0],
            "Skips the IPsec policy check on this interface.", "net/ipv6/addrconf.c:addrconf_sysctl"
        ),
        .other(
            "net.ipv6.conf.*.force_mld_version", .multicast, initial: [0],
            "Speaks only this MLD version; 0 follows the router.",
            "net/ipv6/addrconf.c:addrconf_sysctl"),
        .other(
            "net.ipv6.conf.*.mldv1_unsolicited_report_interval", .multicast, initial: [10000],
            unit: .milliseconds, "The pause between unsolicited MLDv1 reports.",
            "net/ipv6/addrconf.c:addrconf_sysctl"),
        .other(
            "net.ipv6.conf.*.mldv2_unsolicited_report_interval", .multicast, initial: [1000],
            unit: .milliseconds, "The pause between unsolicited MLDv2 reports.",
            "net/ipv6/addrconf.c:addrconf_sysctl"),
        .other(
            "net.ipv6.conf.*.force_tllao", .ipv6, initial: [0],
            "Adds the link-layer address to every neighbour advertisement.",
            "net/ipv6/addrconf.c:addrconf_sysctl"),
        .other(
            "net.ipv6.conf.*.hop_limit", .ipv6, initial: [64], "The hop limit of sent packets.",
            "net/ipv6/addrconf.c:addrconf_sysctl"),
        .other(
            "net.ipv6.conf.*.mtu", .ipv6, unit: .bytes,
            "The largest IPv6 packet on the interface.", "net/ipv6/addrconf.c:addrconf_sysctl"),
        .other(
            "net.ipv6.conf.*.ignore_routes_with_linkdown", .routing, initial: [0],
            "Skips routes whose interface has no carrier.",
            "net/ipv6/addrconf.c:addrconf_sysctl"),
        .other(
            "net.ipv6.conf.*.ioam6_enabled", .ipv6, initial: [0],
            "Accepts in-situ measurement options.",
            "net/ipv6/addrconf.c:addrconf_sysctl"),
        .other(
            "net.ipv6.conf.*.ioam6_id", .ipv6, initial: [65535],
            "The interface's number in such options.",
            "net/ipv6/addrconf.c:addrconf_sysctl"),
        .other(
            "net.ipv6.conf.*.ioam6_id_wide", .ipv6, initial: [4294967295], "The same, long.",
            "net/ipv6/addrconf.c:addrconf_sysctl"),
        .other(
            "net.ipv6.conf.*.keep_addr_on_down", .ipv6, initial: [0],
            "Keeps addresses when the interface goes down.", "net/ipv6/addrconf.c:addrconf_sysctl"),
        .other(
            "net.ipv6.conf.*.max_addresses", .ipv6, initial: [16],
            "The maximum number of addresses an interface gets by autoconfiguration.",
            "net/ipv6/addrconf.c:addrconf_sysctl"),
        .other(
            "net.ipv6.conf.*.max_desync_factor", .ipv6, initial: [600], unit: .seconds,
            "How far the lifetimes of temporary addresses may differ.",
            "net/ipv6/addrconf.c:addrconf_sysctl"),
        .other(
            "net.ipv6.conf.*.temp_prefered_lft", .ipv6, initial: [86400], unit: .seconds,
            "How long a temporary address is preferred.", "net/ipv6/addrconf.c:addrconf_sysctl"),
        .other(
            "net.ipv6.conf.*.temp_valid_lft", .ipv6, initial: [604800], unit: .seconds,
            "How long a temporary address is valid; connections from it break when it ends.",
            "net/ipv6/addrconf.c:addrconf_sysctl"),
        .other(
            "net.ipv6.conf.*.use_tempaddr", .ipv6, initial: [0],
            "Makes temporary addresses: 1 makes them, 2 also prefers them as source.",
            "net/ipv6/addrconf.c:addrconf_sysctl"),
        .other(
            "net.ipv6.conf.*.regen_max_retry", .ipv6, initial: [3],
            "How often the host tries a temporary address again after a duplicate.",
            "net/ipv6/addrconf.c:addrconf_sysctl"),
        .other(
            "net.ipv6.conf.*.regen_min_advance", .ipv6, initial: [2], unit: .seconds,
            "How early the host makes the next temporary address.",
            "net/ipv6/addrconf.c:addrconf_sysctl"),
        .other(
            "net.ipv6.conf.*.use_oif_addrs_only", .ipv6, initial: [0],
            "Chooses the source only from addresses of the outgoing interface.",
            "net/ipv6/addrconf.c:addrconf_sysctl"),
        .other(
            "net.ipv6.conf.*.ndisc_notify", .neighbours, initial: [0],
            "Announces the address when the interface comes up or changes its hardware address.",
            "net/ipv6/addrconf.c:addrconf_sysctl"),
        .other(
            "net.ipv6.conf.*.ndisc_tclass", .neighbours, initial: [0],
            "The traffic class of neighbour discovery.", "net/ipv6/addrconf.c:addrconf_sysctl"),
        .other(
            "net.ipv6.conf.*.ndisc_evict_nocarrier", .neighbours, initial: [1],
            "Drops the neighbours of an interface that loses its carrier.",
            "net/ipv6/addrconf.c:addrconf_sysctl"),
        .other(
            "net.ipv6.conf.*.proxy_ndp", .neighbours, initial: [0],
            "Answers neighbour discovery for addresses that this host routes to.",
            "net/ipv6/addrconf.c:addrconf_sysctl"),
        .other(
            "net.ipv6.conf.*.suppress_frag_ndisc", .neighbours, initial: [1],
            "Drops fragmented neighbour discovery.", "net/ipv6/addrconf.c:addrconf_sysctl"),
        .other(
            "net.ipv6.conf.*.router_solicitations", .ipv6, initial: [-1],
            "How many router solicitations the host sends; −1 is without limit.",
            "net/ipv6/addrconf.c:addrconf_sysctl"),
        .other(
            "net.ipv6.conf.*.router_solicitation_delay", .ipv6, initial: [1], unit: .seconds,
            "The pause before the first solicitation.", "net/ipv6/addrconf.c:addrconf_sysctl"),
        .other(
            "net.ipv6.conf.*.router_solicitation_interval", .ipv6, initial: [4], unit: .seconds,
            "The pause between two solicitations.", "net/ipv6/addrconf.c:addrconf_sysctl"),
        .other(
            "net.ipv6.conf.*.router_solicitation_max_interval", .ipv6, initial: [3600],
            unit: .seconds,
            "The longest pause between two solicitations.", "net/ipv6/addrconf.c:addrconf_sysctl"),
        .other(
            "net.ipv6.conf.*.router_probe_interval", .ipv6, initial: [60], unit: .seconds,
            "How often the host probes the reachability of routers.",
            "net/ipv6/addrconf.c:addrconf_sysctl"),
        .other(
            "net.ipv6.conf.*.ra_defrtr_metric", .ipv6, initial: [1024],
            "The metric of an advertised default route.", "net/ipv6/addrconf.c:addrconf_sysctl"),
        .other(
            "net.ipv6.conf.*.ra_honor_pio_life", .ipv6, initial: [0],
            "Uses the lifetime of a prefix as advertised.",
            "net/ipv6/addrconf.c:addrconf_sysctl"),
        .other(
            "net.ipv6.conf.*.ra_honor_pio_pflag", .ipv6, initial: [0],
            "Follows the P flag of an advertised prefix.", "net/ipv6/addrconf.c:addrconf_sysctl"),
        .other(
            "net.ipv6.conf.*.rpl_seg_enabled", .ipv6, initial: [0], "Accepts RPL source routes.",
            "net/ipv6/addrconf.c:addrconf_sysctl"),
        .other(
            "net.ipv6.conf.*.seg6_enabled", .ipv6, initial: [0], "Accepts segment routing headers.",
            "net/ipv6/addrconf.c:addrconf_sysctl"),
        .other(
            "net.ipv6.conf.*.seg6_require_hmac", .ipv6, initial: [0],
            "Requires a signature in segment routing headers.",
            "net/ipv6/addrconf.c:addrconf_sysctl"),
        .other(
            "net.ipv6.conf.*.stable_secret", .ipv6, type: .word,
            "The secret from which the kernel makes stable addresses; tcptune never reads it.",
            "net/ipv6/addrconf.c:addrconf_sysctl"),
    ]
}
