import Catalogue

/// Names that kernels have in addition to those of the catalogue, so that the rules take none of them for a misspelt
/// one.
///
/// As listed under `/proc/sys` by Linux 5.10, 6.1, 6.12, 6.18 and 7.3, with a few of other builds.
enum KernelKeys {
    /// Whether a kernel has, or has had, a setting of that name.
    static func contains(_ key: String) -> Bool {
        names.contains(key[...]) || Knob.ofAnySubject(key).map { !$0.isOfNoKernel } ?? false
    }

    /// Whether the list is complete for the part of the tree that the key belongs to, so that a missing name does not
    /// exist.
    ///
    /// It is not complete for modules that were not loaded when the list was made.
    static func isWhole(for key: String) -> Bool {
        let parts = key.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count >= 2, parts[0] == "net" else { return false }
        return switch parts[1] {
        case "core", "unix", "bridge": true
        case "ipv4", "ipv6": parts.count < 3 || parts[2] != "vs"
        case "netfilter": !(parts.last ?? "").hasPrefix("nf_conntrack_")
        default: !modules.contains(parts[1])
        }
    }

    /// Parts of the tree that exist only with a module.
    private static let modules: Set<Substring> = [
        "appletalk", "ax25", "dccp", "decnet", "ieee802154", "ipx", "iw_cm", "key", "llc", "mctp",
        "mpls", "mptcp", "netrom", "nf_conntrack_max", "phonet", "rdma_ucm", "rds", "rose",
        "rxrpc", "sctp", "smc", "sunrpc", "tipc", "token-ring", "vmci", "vrf", "vsock", "x25",
    ]

    private static let names: Set<Substring> = Set(
        groups.flatMap { group, names in
            names.split { $0 == " " || $0 == "\n" }.map { "\(group).\($0)"[...] }
        })

    private static let groups = [
        "fs": """
        aio-max-nr aio-nr dentry-negative dentry-state dir-notify-enable file-max file-nr
        inode-nr inode-state inotify.max_user_watches lease-break-time leases-enable
        mount-max nr_open overflowgid overflowuid pipe-max-size pipe-user-pages-hard
        pipe-user-pages-soft protected_fifos protected_hardlinks protected_regular
        protected_symlinks suid_dumpable
        """,
        "net.core": """
        bpf_jit_enable bpf_jit_harden bpf_jit_kallsyms bpf_jit_limit busy_poll busy_read
        bypass_prot_mem default_qdisc dev_weight dev_weight_rx_bias dev_weight_tx_bias
        devconf_inherit_init_net fb_tunnels_only_for_init_net flow_limit_cpu_bitmap
        flow_limit_table_len gro_normal_batch high_order_alloc_disable max_skb_frags
        mem_pcpu_rsv message_burst message_cost netdev_budget netdev_budget_usecs
        netdev_max_backlog netdev_rss_key netdev_tstamp_prequeue
        netdev_unregister_timeout_secs optmem_max qdisc_max_burst rmem_default rmem_max
        rps_default_mask rps_sock_flow_entries skb_defer_max somaxconn tstamp_allow_data
        txq_reselection_ms txrehash warnings wmem_default wmem_max xfrm_acq_expires
        xfrm_aevent_etime xfrm_aevent_rseqth xfrm_larval_drop
        """,
        "net.ipv4": """
        cipso_cache_bucket_size cipso_cache_enable cipso_rbm_optfmt
        cipso_rbm_strictvalid fib_multipath_hash_fields fib_multipath_hash_policy
        fib_multipath_hash_seed fib_multipath_use_neigh fib_notify_on_flag_change
        fib_sync_mem fwmark_reflect icmp_echo_enable_probe icmp_echo_ignore_all
        icmp_echo_ignore_broadcasts icmp_errors_extension_mask
        icmp_errors_use_inbound_ifaddr icmp_ignore_bogus_error_responses icmp_msgs_burst
        icmp_msgs_per_sec icmp_ratelimit icmp_ratemask igmp_link_local_mcast_reports
        igmp_max_memberships igmp_max_msf igmp_qrv inet_peer_maxttl inet_peer_minttl
        inet_peer_threshold ip_autobind_reuse ip_default_ttl ip_dynaddr ip_early_demux
        ip_forward ip_forward_update_priority ip_forward_use_pmtu ip_local_port_range
        ip_local_port_step_width ip_local_reserved_ports ip_no_pmtu_disc
        ip_nonlocal_bind ip_unprivileged_port_start ipfrag_high_thresh ipfrag_low_thresh
        ipfrag_max_dist ipfrag_secret_interval ipfrag_time nexthop_compat_mode
        ping_group_range raw_l3mdev_accept tcp_abort_on_overflow tcp_adv_win_scale
        tcp_allowed_congestion_control tcp_app_win tcp_autocorking
        tcp_available_congestion_control tcp_available_ulp
        tcp_backlog_ack_defer tcp_base_mss tcp_challenge_ack_limit
        tcp_child_ehash_entries tcp_comp_sack_delay_ns tcp_comp_sack_nr
        tcp_comp_sack_slack_ns tcp_congestion_control tcp_dsack
        tcp_early_demux tcp_early_retrans tcp_ecn tcp_ecn_fallback tcp_ecn_option
        tcp_ecn_option_beacon tcp_ehash_entries tcp_fack tcp_fastopen
        tcp_fastopen_blackhole_timeout_sec tcp_fastopen_key tcp_fin_timeout tcp_frto
        tcp_frto_response tcp_fwmark_accept tcp_invalid_ratelimit tcp_keepalive_intvl
        tcp_keepalive_probes tcp_keepalive_time tcp_l3mdev_accept tcp_limit_output_bytes
        tcp_low_latency tcp_max_orphans tcp_max_reordering tcp_max_syn_backlog
        tcp_max_tw_buckets tcp_mem tcp_migrate_req tcp_min_rtt_wlen tcp_min_snd_mss
        tcp_min_tso_segs tcp_moderate_rcvbuf tcp_mtu_probe_floor tcp_mtu_probing
        tcp_no_metrics_save tcp_no_ssthresh_metrics_save tcp_notsent_lowat
        tcp_orphan_retries tcp_pacing_ca_ratio tcp_pacing_ss_ratio tcp_pingpong_thresh
        tcp_plb_cong_thresh tcp_plb_enabled tcp_plb_idle_rehash_rounds
        tcp_plb_rehash_rounds tcp_plb_suspend_rto_sec tcp_probe_interval
        tcp_probe_threshold tcp_recovery tcp_reflect_tos tcp_reordering
        tcp_retrans_collapse tcp_retries1 tcp_retries2 tcp_rfc1337 tcp_rmem
        tcp_rto_max_ms tcp_rto_min_us tcp_sack tcp_shrink_window
        tcp_slow_start_after_idle tcp_stdurg tcp_syn_linear_timeouts tcp_syn_retries
        tcp_synack_retries tcp_syncookies tcp_thin_linear_timeouts tcp_timestamps
        tcp_tso_rtt_log tcp_tso_win_divisor tcp_tw_reuse tcp_tw_reuse_delay
        tcp_window_scaling tcp_wmem tcp_workaround_signed_windows udp_child_hash_entries
        udp_early_demux udp_hash_entries udp_l3mdev_accept udp_mem udp_rmem_min
        udp_wmem_min xfrm4_gc_thresh
        """,
        "net.ipv6": """
        anycast_src_echo_reply auto_flowlabels bindv6only flowlabel_consistency
        flowlabel_reflect flowlabel_state_ranges fwmark_reflect icmp.ratelimit idgen_delay
        idgen_retries ip6frag_high_thresh ip6frag_low_thresh ip6frag_secret_interval
        ip6frag_time ip_nonlocal_bind max_dst_opts_length max_dst_opts_number
        max_hbh_length max_hbh_opts_number mld_max_msf mld_qrv seg6_flowlabel
        xfrm6_gc_thresh
        """,
        "net.netfilter": """
        nf_conntrack_acct nf_conntrack_buckets nf_conntrack_checksum nf_conntrack_count
        nf_conntrack_dccp_loose nf_conntrack_dccp_timeout_closereq
        nf_conntrack_dccp_timeout_closing nf_conntrack_dccp_timeout_open
        nf_conntrack_dccp_timeout_partopen nf_conntrack_dccp_timeout_request
        nf_conntrack_dccp_timeout_respond nf_conntrack_dccp_timeout_timewait
        nf_conntrack_events nf_conntrack_expect_max nf_conntrack_frag6_high_thresh
        nf_conntrack_frag6_low_thresh nf_conntrack_frag6_timeout
        nf_conntrack_generic_timeout nf_conntrack_gre_timeout
        nf_conntrack_gre_timeout_stream nf_conntrack_helper nf_conntrack_icmp_timeout
        nf_conntrack_icmpv6_timeout nf_conntrack_log_invalid nf_conntrack_max
        nf_conntrack_sctp_timeout_closed nf_conntrack_sctp_timeout_cookie_echoed
        nf_conntrack_sctp_timeout_cookie_wait nf_conntrack_sctp_timeout_established
        nf_conntrack_sctp_timeout_heartbeat_sent
        nf_conntrack_sctp_timeout_shutdown_ack_sent
        nf_conntrack_sctp_timeout_shutdown_recd nf_conntrack_sctp_timeout_shutdown_sent
        nf_conntrack_tcp_be_liberal nf_conntrack_tcp_ignore_invalid_rst
        nf_conntrack_tcp_loose nf_conntrack_tcp_max_retrans
        nf_conntrack_tcp_timeout_close nf_conntrack_tcp_timeout_close_wait
        nf_conntrack_tcp_timeout_established nf_conntrack_tcp_timeout_fin_wait
        nf_conntrack_tcp_timeout_last_ack nf_conntrack_tcp_timeout_max_retrans
        nf_conntrack_tcp_timeout_syn_recv nf_conntrack_tcp_timeout_syn_sent
        nf_conntrack_tcp_timeout_time_wait nf_conntrack_tcp_timeout_unacknowledged
        nf_conntrack_timestamp nf_conntrack_udp_timeout nf_conntrack_udp_timeout_stream
        nf_conntrack_udplite_timeout nf_conntrack_udplite_timeout_stream
        nf_flowtable_tcp_timeout nf_flowtable_udp_timeout nf_hooks_lwtunnel
        nf_log_all_netns
        """,
        "net.unix": """
        max_dgram_qlen
        """,
    ]
}
