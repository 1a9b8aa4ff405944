extension Knob {
    /// Names that copied files set and no Linux from 5.10 to 7.3 has, with what to use instead.
    static let neverThere: [Knob] = [
        .never(
            "net.ipv4.tcp_nodelay",
            "A program switches Nagle's algorithm off, with the socket option TCP_NODELAY.",
            "net/ipv4/tcp.c:do_tcp_setsockopt"),
        .never(
            "net.ipv4.tcp_no_delay",
            "A program switches Nagle's algorithm off, with the socket option TCP_NODELAY.",
            "net/ipv4/tcp.c:do_tcp_setsockopt"),
        .never(
            "net.ipv4.tcp_user_timeout",
            """
            It is a socket option, TCP_USER_TIMEOUT; for all connections tcp_retries2 limits the \
            time.
            """,
            "net/ipv4/tcp.c:do_tcp_setsockopt"),
        .never(
            "net.ipv4.tcp_defer_accept", "It is a socket option of a listener, TCP_DEFER_ACCEPT.",
            "net/ipv4/tcp.c:do_tcp_setsockopt"),
        .never(
            "net.ipv4.tcp_quickack",
            "It is a socket option, TCP_QUICKACK, or an attribute of a route: ip route change … quickack 1.",
            "net/ipv4/tcp.c:do_tcp_setsockopt"),
        .never(
            "net.ipv4.tcp_cork", "It is a socket option, TCP_CORK.",
            "net/ipv4/tcp.c:do_tcp_setsockopt"),
        .never(
            "net.ipv4.tcp_linger", "It is a socket option, SO_LINGER.",
            "net/core/sock.c:sk_setsockopt"),
        .never(
            "net.ipv4.tcp_reuseport", "It is a socket option of a listener, SO_REUSEPORT.",
            "net/core/sock.c:sk_setsockopt"),
        .never(
            "net.ipv4.tcp_keepalive",
            "A program switches keepalive on, with the socket option SO_KEEPALIVE.",
            "net/core/sock.c:sk_setsockopt"),
        .never(
            "net.ipv4.tcp_initcwnd",
            "The initial window is an attribute of a route: ip route change … initcwnd 10.",
            "net/ipv4/tcp_input.c:tcp_init_cwnd"),
        .never(
            "net.ipv4.tcp_init_cwnd",
            "The initial window is an attribute of a route: ip route change … initcwnd 10.",
            "net/ipv4/tcp_input.c:tcp_init_cwnd"),
        .never(
            "net.ipv4.tcp_initrwnd",
            "The initial receive window is an attribute of a route: ip route change … initrwnd 10.",
            "net/ipv4/tcp_output.c:tcp_select_initial_window"),
        .never(
            "net.ipv4.tcp_rto_min", successor: "net.ipv4.tcp_rto_min_us",
            "It is an attribute of a route: ip route change … rto_min 100ms; for all, tcp_rto_min_us from Linux 6.11 on, in microseconds.",
            "include/net/tcp.h:tcp_rto_min"),
        .never(
            "net.ipv4.tcp_rto_min_ms", successor: "net.ipv4.tcp_rto_min_us",
            "It is an attribute of a route: ip route change … rto_min 100ms; for all, tcp_rto_min_us from Linux 6.11 on, in microseconds.",
            "include/net/tcp.h:tcp_rto_min"),
        .never(
            "net.ipv4.tcp_rto_max", successor: "net.ipv4.tcp_rto_max_ms",
            "From Linux 6.15 on it is tcp_rto_max_ms, in milliseconds.",
            "net/ipv4/tcp.c:tcp_init_sock"),
        .never(
            "net.ipv4.tcp_timewait_len",
            "The length of TIME_WAIT, 60 s, is compiled in (TCP_TIMEWAIT_LEN).",
            "include/net/tcp.h:TCP_TIMEWAIT_LEN"),
        .never(
            "net.ipv4.tcp_tw_len",
            "The length of TIME_WAIT, 60 s, is compiled in (TCP_TIMEWAIT_LEN).",
            "include/net/tcp.h:TCP_TIMEWAIT_LEN"),
        .never(
            "net.ipv4.tcp_time_wait",
            "The length of TIME_WAIT, 60 s, is compiled in (TCP_TIMEWAIT_LEN).",
            "include/net/tcp.h:TCP_TIMEWAIT_LEN"),
        .never(
            "net.ipv4.tcp_timewait_timeout",
            "The length of TIME_WAIT, 60 s, is compiled in (TCP_TIMEWAIT_LEN).",
            "include/net/tcp.h:TCP_TIMEWAIT_LEN"),
        .never(
            "net.ipv4.tcp_time_wait_timeout",
            "The length of TIME_WAIT, 60 s, is compiled in (TCP_TIMEWAIT_LEN).",
            "include/net/tcp.h:TCP_TIMEWAIT_LEN"),
        .never(
            "net.ipv4.tcp_window_scale", successor: "net.ipv4.tcp_window_scaling",
            "The setting's name is tcp_window_scaling.", "net/ipv4/sysctl_net_ipv4.c:ipv4_net_table"
        ),
        .never(
            "net.ipv4.tcp_default_win_scale", successor: "net.ipv4.tcp_window_scaling",
            """
            The kernel computes the scale from the buffer; tcp_window_scaling switches it on or \
            off.
            """,
            "net/ipv4/tcp_output.c:tcp_select_initial_window"),
        .never(
            "net.ipv4.tcp_keepalive_interval", successor: "net.ipv4.tcp_keepalive_intvl",
            "The setting's name is tcp_keepalive_intvl.",
            "net/ipv4/sysctl_net_ipv4.c:ipv4_net_table"),
        .never(
            "net.ipv4.tcp_keepalive_retries", successor: "net.ipv4.tcp_keepalive_probes",
            "The setting's name is tcp_keepalive_probes.",
            "net/ipv4/sysctl_net_ipv4.c:ipv4_net_table"),
        .never(
            "net.ipv4.tcp_keepalive_timeout", successor: "net.ipv4.tcp_keepalive_time",
            "The setting's name is tcp_keepalive_time.", "net/ipv4/sysctl_net_ipv4.c:ipv4_net_table"
        ),
        .never(
            "net.ipv4.tcp.keepalive_time", successor: "net.ipv4.tcp_keepalive_time",
            "The setting's name is tcp_keepalive_time.", "net/ipv4/sysctl_net_ipv4.c:ipv4_net_table"
        ),
        .never(
            "net.ipv4.tcp_max_syn_backlogs", successor: "net.ipv4.tcp_max_syn_backlog",
            "The setting's name is tcp_max_syn_backlog.",
            "net/ipv4/sysctl_net_ipv4.c:ipv4_net_table"),
        .never(
            "net.ipv4.tcp_syn_cookies", successor: "net.ipv4.tcp_syncookies",
            "The setting's name is tcp_syncookies.", "net/ipv4/sysctl_net_ipv4.c:ipv4_net_table"),
        .never(
            "net.ipv4.tcp_max_time_wait", successor: "net.ipv4.tcp_max_tw_buckets",
            "The setting's name is tcp_max_tw_buckets.", "net/ipv4/sysctl_net_ipv4.c:ipv4_net_table"
        ),
        .never(
            "net.ipv4.tcp_max_connections",
            "No setting limits the connections: descriptors, ports and memory do.",
            "net/ipv4/sysctl_net_ipv4.c:ipv4_net_table"),
        .never(
            "net.ipv4.tcp_backlog", successor: "net.core.somaxconn",
            "The accept queue is the smaller of the listener's backlog and net.core.somaxconn.",
            "net/socket.c:__sys_listen"),
        .never(
            "net.ipv4.tcp_westwood", successor: "net.ipv4.tcp_congestion_control",
            "Since Linux 2.6.13, tcp_congestion_control chooses a congestion control by its name.",
            "net/ipv4/tcp_cong.c:tcp_set_default_congestion_control"),
        .never(
            "net.ipv4.tcp_bic", successor: "net.ipv4.tcp_congestion_control",
            "Since Linux 2.6.13, tcp_congestion_control chooses a congestion control by its name.",
            "net/ipv4/tcp_cong.c:tcp_set_default_congestion_control"),
        .never(
            "net.ipv4.tcp_bic_fast_convergence", successor: "net.ipv4.tcp_congestion_control",
            "It is a parameter of the module tcp_bic.", "net/ipv4/tcp_bic.c:fast_convergence"),
        .never(
            "net.ipv4.tcp_bic_low_window", successor: "net.ipv4.tcp_congestion_control",
            "It is a parameter of the module tcp_bic.", "net/ipv4/tcp_bic.c:low_window"),
        .never(
            "net.ipv4.tcp_bic_beta", successor: "net.ipv4.tcp_congestion_control",
            "It is a parameter of the module tcp_bic.", "net/ipv4/tcp_bic.c:beta"),
        .never(
            "net.ipv4.tcp_vegas_cong_avoid", successor: "net.ipv4.tcp_congestion_control",
            "Since Linux 2.6.13, tcp_congestion_control chooses a congestion control by its name.",
            "net/ipv4/tcp_cong.c:tcp_set_default_congestion_control"),
        .never(
            "net.ipv4.tcp_vegas_alpha", successor: "net.ipv4.tcp_congestion_control",
            "It is a parameter of the module tcp_vegas.", "net/ipv4/tcp_vegas.c:alpha"),
        .never(
            "net.ipv4.tcp_vegas_beta", successor: "net.ipv4.tcp_congestion_control",
            "It is a parameter of the module tcp_vegas.", "net/ipv4/tcp_vegas.c:beta"),
        .never(
            "net.ipv4.tcp_vegas_gamma", successor: "net.ipv4.tcp_congestion_control",
            "It is a parameter of the module tcp_vegas.", "net/ipv4/tcp_vegas.c:gamma"),
        .never(
            "net.ipv4.tcp_bbr", successor: "net.ipv4.tcp_congestion_control",
            "tcp_congestion_control chooses BBR by its name.",
            "net/ipv4/tcp_cong.c:tcp_set_default_congestion_control"),
        .never(
            "net.ipv4.tcp_cubic", successor: "net.ipv4.tcp_congestion_control",
            "tcp_congestion_control chooses CUBIC by its name.",
            "net/ipv4/tcp_cong.c:tcp_set_default_congestion_control"),
        .never(
            "net.core.default_congestion_control", successor: "net.ipv4.tcp_congestion_control",
            "The setting's name is net.ipv4.tcp_congestion_control.",
            "net/ipv4/tcp_cong.c:tcp_set_default_congestion_control"),
        .never(
            "net.core.tcp_congestion_control", successor: "net.ipv4.tcp_congestion_control",
            "The setting's name is net.ipv4.tcp_congestion_control.",
            "net/ipv4/tcp_cong.c:tcp_set_default_congestion_control"),
        .never(
            "net.ipv4.default_qdisc", successor: "net.core.default_qdisc",
            "The setting's name is net.core.default_qdisc.", "net/sched/sch_api.c:qdisc_set_default"
        ),
        .never(
            "net.core.hot_list_length",
            "The list of freed packets that it limited no longer exists.",
            "net/core/sysctl_net_core.c:net_core_table"),
        .never(
            "net.core.netdev_max_syn_backlog", successor: "net.ipv4.tcp_max_syn_backlog",
            "The setting's name is net.ipv4.tcp_max_syn_backlog.",
            "net/ipv4/sysctl_net_ipv4.c:ipv4_net_table"),
        .never(
            "net.core.wmem", successor: "net.core.wmem_max",
            "There are two: net.core.wmem_default and net.core.wmem_max.",
            "net/core/sysctl_net_core.c:net_core_table"),
        .never(
            "net.core.rmem", successor: "net.core.rmem_max",
            "There are two: net.core.rmem_default and net.core.rmem_max.",
            "net/core/sysctl_net_core.c:net_core_table"),
        .never(
            "net.core.mod_cong",
            "It set limits of a congestion measure of the input queue that no longer exists.",
            "net/core/sysctl_net_core.c:net_core_table"),
        .never(
            "net.core.lo_cong",
            "It set limits of a congestion measure of the input queue that no longer exists.",
            "net/core/sysctl_net_core.c:net_core_table"),
        .never(
            "net.core.no_cong",
            "It set limits of a congestion measure of the input queue that no longer exists.",
            "net/core/sysctl_net_core.c:net_core_table"),
        .never(
            "net.core.no_cong_thresh",
            "It set limits of a congestion measure of the input queue that no longer exists.",
            "net/core/sysctl_net_core.c:net_core_table"),
        .never(
            "net.core.divert_version", "Frame diversion no longer exists.",
            "net/core/sysctl_net_core.c:net_core_table"),
        .never(
            "net.ipv4.inet_peer_gc_mintime",
            "Linux no longer has a setting for the timing of that collection.",
            "net/ipv4/inetpeer.c:inet_peer_gc"),
        .never(
            "net.ipv4.inet_peer_gc_maxtime",
            "Linux no longer has a setting for the timing of that collection.",
            "net/ipv4/inetpeer.c:inet_peer_gc"),
        .never(
            "net.ipv4.rt_cache_rebuild_count",
            "The IPv4 routing cache no longer exists since Linux 3.6.",
            "net/ipv4/route.c:ipv4_route_table"),
        .never(
            "net.ipv4.route.rt_cache_rebuild_count",
            "The IPv4 routing cache no longer exists since Linux 3.6.",
            "net/ipv4/route.c:ipv4_route_table"),
        .never(
            "net.ipv4.route.secret_interval",
            "The IPv4 routing cache no longer exists since Linux 3.6.",
            "net/ipv4/route.c:ipv4_route_table"),
        .never(
            "net.ipv4.route.max_delay", "The IPv4 routing cache no longer exists since Linux 3.6.",
            "net/ipv4/route.c:ipv4_route_table"),
        .never(
            "net.ipv4.route.min_delay", "The IPv4 routing cache no longer exists since Linux 3.6.",
            "net/ipv4/route.c:ipv4_route_table"),
        .never(
            "net.ipv4.tcp_dma_copybreak", "TCP no longer copies with a DMA engine.",
            "net/ipv4/tcp.c:tcp_recvmsg_locked"),
        .never(
            "net.ipv4.tcp_avoid_frag", "Nothing reads it in Linux 5.10 and later.",
            "net/ipv4/tcp_output.c:tcp_fragment"),
        .never(
            "net.ipv4.tcp_prequeue_size", "TCP's prequeue no longer exists since Linux 4.14.",
            "net/ipv4/tcp_input.c:tcp_rcv_established"),
        .never(
            "net.ipv4.tcp_rmem_max", successor: "net.ipv4.tcp_rmem",
            "It is the third number of tcp_rmem.", "net/ipv4/tcp_input.c:tcp_rcv_space_adjust"),
        .never(
            "net.ipv4.tcp_wmem_max", successor: "net.ipv4.tcp_wmem",
            "It is the third number of tcp_wmem.", "net/ipv4/tcp_input.c:tcp_sndbuf_expand"),
        .never(
            "net.ipv4.tcp_rmem_default", successor: "net.ipv4.tcp_rmem",
            "It is the second number of tcp_rmem.", "net/ipv4/tcp.c:tcp_init_sock"),
        .never(
            "net.ipv4.tcp_wmem_default", successor: "net.ipv4.tcp_wmem",
            "It is the second number of tcp_wmem.", "net/ipv4/tcp.c:tcp_init_sock"),
        .never(
            "net.ipv4.rmem_max", successor: "net.core.rmem_max",
            "The setting's name is net.core.rmem_max.", "net/core/sysctl_net_core.c:net_core_table"),
        .never(
            "net.ipv4.wmem_max", successor: "net.core.wmem_max",
            "The setting's name is net.core.wmem_max.", "net/core/sysctl_net_core.c:net_core_table"),
        .never(
            "net.ipv4.ip_fragment_reassembly_timeout", successor: "net.ipv4.ipfrag_time",
            "The setting's name is ipfrag_time.", "net/ipv4/ip_fragment.c:ip4_frags_ns_ctl_table"),
        .never(
            "net.ipv4.ip_local_port", successor: "net.ipv4.ip_local_port_range",
            "The setting's name is ip_local_port_range.",
            "net/ipv4/sysctl_net_ipv4.c:ipv4_net_table"),
        .never(
            "net.ipv4.ip_always_defrag",
            "Connection tracking always reassembles fragments.",
            "net/ipv4/netfilter/nf_defrag_ipv4.c:ipv4_conntrack_defrag"),
        .never(
            "net.ipv4.ip_masq_debug", "Masquerading of Linux 2.2 no longer exists.",
            "net/netfilter/nf_nat_masquerade.c:nf_nat_masquerade_ipv4"),
        .never(
            "net.ipv4.icmp_redirect", successor: "net.ipv4.conf.all.accept_redirects",
            "There are settings for each interface: conf.all.accept_redirects and send_redirects.",
            "net/ipv4/devinet.c:devinet_sysctl"),
        .never(
            "net.ipv4.accept_source_route", successor: "net.ipv4.conf.all.accept_source_route",
            "It exists for each interface, or for all: conf.all.",
            "net/ipv4/devinet.c:devinet_sysctl"),
        .never(
            "net.ipv4.accept_redirects", successor: "net.ipv4.conf.all.accept_redirects",
            "It exists for each interface, or for all: conf.all.",
            "net/ipv4/devinet.c:devinet_sysctl"),
        .never(
            "net.ipv4.rp_filter", successor: "net.ipv4.conf.all.rp_filter",
            "It exists for each interface, or for all: conf.all.",
            "net/ipv4/devinet.c:devinet_sysctl"),
        .never(
            "net.ipv4.forwarding", successor: "net.ipv4.ip_forward",
            "The setting's name is net.ipv4.ip_forward.", "net/ipv4/devinet.c:ctl_forward_entry"),
        .never(
            "net.ipv4_forward", successor: "net.ipv4.ip_forward",
            "The setting's name is net.ipv4.ip_forward.", "net/ipv4/devinet.c:ctl_forward_entry"),
        .never(
            "net.ipv4_timestamps", successor: "net.ipv4.tcp_timestamps",
            "The setting's name is net.ipv4.tcp_timestamps.",
            "net/ipv4/sysctl_net_ipv4.c:ipv4_net_table"),
        .never(
            "net.ipv6.conf.*.rp_filter",
            "IPv6 has no such setting: a firewall rule (fib, rpfilter) does it.",
            "net/ipv6/addrconf.c:addrconf_sysctl"),
        .never(
            "net.ipv6.conf.*.secure_redirects", successor: "net.ipv6.conf.*.accept_redirects",
            "IPv6 has only accept_redirects.", "net/ipv6/addrconf.c:addrconf_sysctl"),
        .never(
            "net.ipv6.conf.*.send_redirects", successor: "net.ipv6.conf.*.accept_redirects",
            "IPv6 has only accept_redirects; no setting controls whether a router sends redirects.",
            "net/ipv6/addrconf.c:addrconf_sysctl"),
        .never(
            "net.ipv6.conf.*.log_martians", "IPv6 has no such setting.",
            "net/ipv6/addrconf.c:addrconf_sysctl"),
        .never(
            "net.ipv6.conf.*.accept_ra_hlim", successor: "net.ipv6.conf.*.accept_ra_min_hop_limit",
            "The nearest setting is accept_ra_min_hop_limit.", "net/ipv6/addrconf.c:addrconf_sysctl"
        ),
        .never(
            "net.ipv4.conf.*.disable_ipv6", successor: "net.ipv6.conf.*.disable_ipv6",
            "It is under net.ipv6.", "net/ipv6/addrconf.c:addrconf_disable_ipv6"),
        .never(
            "net.ipv6.ip_forward", successor: "net.ipv6.conf.all.forwarding",
            "The setting's name is net.ipv6.conf.all.forwarding.",
            "net/ipv6/addrconf.c:addrconf_fixup_forwarding"),
        .never(
            "net.ipv6.icmp_echo_ignore_all", successor: "net.ipv6.icmp.echo_ignore_all",
            "The setting's name is net.ipv6.icmp.echo_ignore_all.", "net/ipv6/icmp.c:icmpv6_rcv"),
        .never(
            "net.ipv6.disable_ipv6", successor: "net.ipv6.conf.all.disable_ipv6",
            "It exists for each interface, or for all: conf.all.",
            "net/ipv6/addrconf.c:addrconf_disable_ipv6"),
        .never(
            "net.ipv6.tcp_rmem", successor: "net.ipv4.tcp_rmem",
            "TCP over IPv6 uses net.ipv4.tcp_rmem: there is one TCP.",
            "net/ipv6/tcp_ipv6.c:tcp_v6_init_sock"),
        .never(
            "net.ipv6.tcp_wmem", successor: "net.ipv4.tcp_wmem",
            "TCP over IPv6 uses net.ipv4.tcp_wmem: there is one TCP.",
            "net/ipv6/tcp_ipv6.c:tcp_v6_init_sock"),
        .never(
            "net.bridge-nf-call-iptables", successor: "net.bridge.bridge-nf-call-iptables",
            "The setting's name is net.bridge.bridge-nf-call-iptables.",
            "net/bridge/br_netfilter_hooks.c:brnf_table"),
        .never(
            "net.netfilter.nf_conntrack_flow_offload_tcp_timeout",
            successor: "net.netfilter.nf_flowtable_tcp_timeout",
            "The setting's name is nf_flowtable_tcp_timeout.",
            "net/netfilter/nf_conntrack_standalone.c:nf_ct_sysctl_table"),
        .never(
            "net.unix.max_dgram_queue_len", successor: "net.unix.max_dgram_qlen",
            "The setting's name is net.unix.max_dgram_qlen.", "net/unix/af_unix.c:unix_create1"),
        .never(
            "net.inet.tcp.msl",
            """
            It is a name from BSD. The length of TIME_WAIT, 60 s, is compiled into Linux \
            (TCP_TIMEWAIT_LEN).
            """,
            "include/net/tcp.h:TCP_TIMEWAIT_LEN"),
        .never(
            "net.ipv4.tcp_msl",
            """
            It is a name from BSD. The length of TIME_WAIT, 60 s, is compiled into Linux \
            (TCP_TIMEWAIT_LEN).
            """,
            "include/net/tcp.h:TCP_TIMEWAIT_LEN"),
    ]
}
