extension Knob {
    /// Connection tracking of other protocols, bridges, Multipath TCP and Unix sockets.
    static let tracking: [Knob] = [
        .other(
            "net.unix.max_dgram_qlen", .unix, initial: [10], unit: .packets,
            """
            How many datagrams may wait at a new Unix socket. It is not the backlog of a stream \
            listener, which somaxconn limits.
            """,
            "net/unix/af_unix.c:unix_create1"),
        .other(
            "net.vsock.ns_mode", .vsock, type: .word,
            """
            Shows whether this namespace shares the host's virtual machine numbers or has its own.
            """,
            "net/vmw_vsock/af_vsock.c:vsock_table"),
        .other(
            "net.vsock.child_ns_mode", .vsock, type: .word,
            "Which of the two a namespace created from here gets; it can be set once.",
            "net/vmw_vsock/af_vsock.c:vsock_table"),
        .other(
            "net.vsock.g2h_fallback", .vsock, initial: [1],
            "Passes what no virtual machine here answers on to the hypervisor below.",
            "net/vmw_vsock/af_vsock.c:vsock_table"),
        .other(
            "net.mptcp.enabled", .mptcp, initial: [1],
            "Whether programs may open Multipath TCP sockets; plain TCP sockets do not change.",
            "net/mptcp/ctrl.c:mptcp_is_enabled"),
        .other(
            "net.mptcp.add_addr_timeout", .mptcp, initial: [120], unit: .seconds,
            "After how long the kernel repeats an address announcement.",
            "net/mptcp/ctrl.c:mptcp_sysctl_table"),
        .other(
            "net.mptcp.allow_join_initial_addr_port", .mptcp, initial: [1],
            "Allows peers to add subflows to the first address.",
            "net/mptcp/ctrl.c:mptcp_sysctl_table"),
        .other(
            "net.mptcp.available_path_managers", .mptcp, type: .word,
            "The path managers that are loaded.", "net/mptcp/ctrl.c:mptcp_sysctl_table"),
        .other(
            "net.mptcp.available_schedulers", .mptcp, type: .word,
            "The schedulers that are loaded.", "net/mptcp/ctrl.c:mptcp_sysctl_table"),
        .other(
            "net.mptcp.blackhole_timeout", .mptcp, initial: [3600], unit: .seconds,
            "How long the kernel stops using Multipath TCP after a path dropped it.",
            "net/mptcp/ctrl.c:mptcp_sysctl_table"),
        .other(
            "net.mptcp.checksum_enabled", .mptcp, initial: [0],
            "Checksums the data of Multipath TCP.",
            "net/mptcp/ctrl.c:mptcp_sysctl_table"),
        .other(
            "net.mptcp.close_timeout", .mptcp, initial: [60], unit: .seconds,
            "How long the kernel keeps a connection without subflows.",
            "net/mptcp/ctrl.c:mptcp_sysctl_table"
        ),
        .other(
            "net.mptcp.path_manager", .mptcp, type: .word, "Who adds and removes subflows.",
            "net/mptcp/ctrl.c:mptcp_sysctl_table"),
        .other(
            "net.mptcp.pm_type", .mptcp, initial: [0], "The same, as a number.",
            "net/mptcp/ctrl.c:mptcp_sysctl_table"),
        .other(
            "net.mptcp.scheduler", .mptcp, type: .word, "Which subflow sends next.",
            "net/mptcp/ctrl.c:mptcp_sysctl_table"),
        .other(
            "net.mptcp.stale_loss_cnt", .mptcp, initial: [4],
            "After how many losses the kernel skips a subflow.",
            "net/mptcp/ctrl.c:mptcp_sysctl_table"),
        .other(
            "net.mptcp.syn_retrans_before_tcp_fallback", .mptcp, initial: [2],
            "After how many lost SYNs the kernel tries plain TCP.",
            "net/mptcp/ctrl.c:mptcp_sysctl_table"),
        .other(
            "net.bridge.bridge-nf-call-iptables", .bridge, initial: [1],
            "Passes bridged IPv4 packets through iptables, as Kubernetes asks for; exists while br_netfilter is loaded.",
            "net/bridge/br_netfilter_hooks.c:brnf_table"),
        .other(
            "net.bridge.bridge-nf-call-ip6tables", .bridge, initial: [1],
            "Passes bridged IPv6 packets through ip6tables.",
            "net/bridge/br_netfilter_hooks.c:brnf_table"),
        .other(
            "net.bridge.bridge-nf-call-arptables", .bridge, initial: [1],
            "Passes bridged ARP through arptables.", "net/bridge/br_netfilter_hooks.c:brnf_table"),
        .other(
            "net.bridge.bridge-nf-filter-pppoe-tagged", .bridge, initial: [0],
            "The same for PPPoE frames.",
            "net/bridge/br_netfilter_hooks.c:brnf_table"),
        .other(
            "net.bridge.bridge-nf-filter-vlan-tagged", .bridge, initial: [0],
            "The same for VLAN frames.",
            "net/bridge/br_netfilter_hooks.c:brnf_table"),
        .other(
            "net.bridge.bridge-nf-pass-vlan-input-dev", .bridge, initial: [0],
            "Looks for the VLAN's own device.",
            "net/bridge/br_netfilter_hooks.c:brnf_table"),
        .other(
            "net.netfilter.nf_conntrack_dccp_loose", .conntrack, initial: [1],
            "Picks DCCP connections up in the middle.",
            "net/netfilter/nf_conntrack_standalone.c:nf_ct_sysctl_table"),
        .other(
            "net.netfilter.nf_conntrack_dccp_timeout_closereq", .conntrack, initial: [64],
            unit: .seconds,
            "How long a DCCP connection is kept in that state.",
            "net/netfilter/nf_conntrack_standalone.c:nf_ct_sysctl_table"),
        .other(
            "net.netfilter.nf_conntrack_dccp_timeout_closing", .conntrack, initial: [64],
            unit: .seconds,
            "How long a DCCP connection is kept in that state.",
            "net/netfilter/nf_conntrack_standalone.c:nf_ct_sysctl_table"),
        .other(
            "net.netfilter.nf_conntrack_dccp_timeout_open", .conntrack, initial: [43200],
            unit: .seconds,
            "How long a DCCP connection is kept in that state.",
            "net/netfilter/nf_conntrack_standalone.c:nf_ct_sysctl_table"),
        .other(
            "net.netfilter.nf_conntrack_dccp_timeout_partopen", .conntrack, initial: [480],
            unit: .seconds,
            "How long a DCCP connection is kept in that state.",
            "net/netfilter/nf_conntrack_standalone.c:nf_ct_sysctl_table"),
        .other(
            "net.netfilter.nf_conntrack_dccp_timeout_request", .conntrack, initial: [240],
            unit: .seconds,
            "How long a DCCP connection is kept in that state.",
            "net/netfilter/nf_conntrack_standalone.c:nf_ct_sysctl_table"),
        .other(
            "net.netfilter.nf_conntrack_dccp_timeout_respond", .conntrack, initial: [480],
            unit: .seconds,
            "How long a DCCP connection is kept in that state.",
            "net/netfilter/nf_conntrack_standalone.c:nf_ct_sysctl_table"),
        .other(
            "net.netfilter.nf_conntrack_dccp_timeout_timewait", .conntrack, initial: [240],
            unit: .seconds,
            "How long a DCCP connection is kept in that state.",
            "net/netfilter/nf_conntrack_standalone.c:nf_ct_sysctl_table"),
        .other(
            "net.netfilter.nf_conntrack_events", .conntrack,
            "Reports changes of connections to programs.",
            "net/netfilter/nf_conntrack_standalone.c:nf_ct_sysctl_table"),
        .other(
            "net.netfilter.nf_conntrack_frag6_high_thresh", .fragments, unit: .bytes,
            "Memory for IPv6 fragments that connection tracking reassembles.",
            "net/ipv6/netfilter/nf_conntrack_reasm.c:nf_ct_frag6_sysctl_table"),
        .other(
            "net.netfilter.nf_conntrack_frag6_low_thresh", .fragments, unit: .bytes,
            "A lower bound that nothing reads since Linux 4.17.",
            "net/ipv6/netfilter/nf_conntrack_reasm.c:nf_ct_frag6_sysctl_table"),
        .other(
            "net.netfilter.nf_conntrack_frag6_timeout", .fragments, initial: [60], unit: .seconds,
            "How long a fragment waits for the rest.",
            "net/ipv6/netfilter/nf_conntrack_reasm.c:nf_ct_frag6_sysctl_table"),
        .other(
            "net.netfilter.nf_conntrack_gre_timeout", .conntrack, initial: [30], unit: .seconds,
            "How long a GRE flow without answer is kept.",
            "net/netfilter/nf_conntrack_standalone.c:nf_ct_sysctl_table"),
        .other(
            "net.netfilter.nf_conntrack_gre_timeout_stream", .conntrack, initial: [180],
            unit: .seconds,
            "How long a GRE flow with answers is kept.",
            "net/netfilter/nf_conntrack_standalone.c:nf_ct_sysctl_table"),
        .other(
            "net.netfilter.nf_conntrack_helper", .conntrack, initial: [0],
            "It assigned protocol helpers by port; removed from Linux 6.0 on.",
            "net/netfilter/nf_conntrack_standalone.c:nf_ct_sysctl_table"),
        .other(
            "net.netfilter.nf_conntrack_icmpv6_timeout", .conntrack, initial: [30], unit: .seconds,
            "How long an ICMPv6 flow is kept.",
            "net/netfilter/nf_conntrack_standalone.c:nf_ct_sysctl_table"),
        .other(
            "net.netfilter.nf_conntrack_sctp_timeout_closed", .conntrack, initial: [10],
            unit: .seconds,
            "How long an SCTP association is kept in that state.",
            "net/netfilter/nf_conntrack_standalone.c:nf_ct_sysctl_table"),
        .other(
            "net.netfilter.nf_conntrack_sctp_timeout_cookie_echoed", .conntrack, initial: [3],
            unit: .seconds, "How long an SCTP association is kept in that state.",
            "net/netfilter/nf_conntrack_standalone.c:nf_ct_sysctl_table"),
        .other(
            "net.netfilter.nf_conntrack_sctp_timeout_cookie_wait", .conntrack, initial: [3],
            unit: .seconds,
            "How long an SCTP association is kept in that state.",
            "net/netfilter/nf_conntrack_standalone.c:nf_ct_sysctl_table"),
        .other(
            "net.netfilter.nf_conntrack_sctp_timeout_established", .conntrack, initial: [210],
            unit: .seconds, "How long an SCTP association is kept in that state.",
            "net/netfilter/nf_conntrack_standalone.c:nf_ct_sysctl_table"),
        .other(
            "net.netfilter.nf_conntrack_sctp_timeout_heartbeat_sent", .conntrack, initial: [30],
            unit: .seconds, "How long an SCTP association is kept in that state.",
            "net/netfilter/nf_conntrack_standalone.c:nf_ct_sysctl_table"),
        .other(
            "net.netfilter.nf_conntrack_sctp_timeout_shutdown_ack_sent", .conntrack, initial: [3],
            unit: .seconds, "How long an SCTP association is kept in that state.",
            "net/netfilter/nf_conntrack_standalone.c:nf_ct_sysctl_table"),
        .other(
            "net.netfilter.nf_conntrack_sctp_timeout_shutdown_recd", .conntrack, initial: [3],
            unit: .seconds, "How long an SCTP association is kept in that state.",
            "net/netfilter/nf_conntrack_standalone.c:nf_ct_sysctl_table"),
        .other(
            "net.netfilter.nf_conntrack_sctp_timeout_shutdown_sent", .conntrack, initial: [3],
            unit: .seconds, "How long an SCTP association is kept in that state.",
            "net/netfilter/nf_conntrack_standalone.c:nf_ct_sysctl_table"),
        .other(
            "net.netfilter.nf_conntrack_udplite_timeout", .conntrack, unit: .seconds,
            """
            How long a UDP-Lite flow without answer was kept; since Linux 4.11 \
            nf_conntrack_udp_timeout applies to it.
            """,
            "net/netfilter/nf_conntrack_proto_udp.c:nf_conntrack_udplite_packet"),
        .other(
            "net.netfilter.nf_conntrack_udplite_timeout_stream", .conntrack, unit: .seconds,
            """
            How long a UDP-Lite flow with answers was kept; since Linux 4.11 \
            nf_conntrack_udp_timeout_stream applies to it.
            """,
            "net/netfilter/nf_conntrack_proto_udp.c:nf_conntrack_udplite_packet"),
        .other(
            "net.netfilter.nf_flowtable_tcp_timeout", .conntrack, initial: [30], unit: .seconds,
            "How long an offloaded TCP flow is kept without packets.",
            "net/netfilter/nf_conntrack_standalone.c:nf_ct_sysctl_table"),
        .other(
            "net.netfilter.nf_flowtable_udp_timeout", .conntrack, initial: [30], unit: .seconds,
            "How long an offloaded UDP flow is kept without packets.",
            "net/netfilter/nf_conntrack_standalone.c:nf_ct_sysctl_table"),
        .other(
            "net.netfilter.nf_hooks_lwtunnel", .conntrack, initial: [0],
            "Runs firewall rules inside lightweight tunnels.",
            "net/netfilter/nf_hooks_lwtunnel.c:nf_lwtunnel_sysctl_table"),
        .other(
            "net.netfilter.nf_log.*", .conntrack, type: .word,
            "The logger of a protocol family's firewall rules.",
            "net/netfilter/nf_log.c:nf_log_sysctl_table"),
        .other(
            "net.netfilter.nf_log_all_netns", .conntrack, initial: [0], scope: .host,
            "Allows firewall rules of all namespaces to log.",
            "net/netfilter/nf_log.c:nf_log_sysctl_ftable"),
    ]
}
