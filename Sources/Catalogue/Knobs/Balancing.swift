extension Knob {
    /// Settings of IPVS, the kernel's load balancer; they exist while the module ip_vs is loaded, as kube-proxy may do.
    static let balancing: [Knob] = [
        .other(
            "net.ipv4.vs.conn_reuse_mode", .balancing, initial: [1],
            """
            What happens to a SYN with the address and port of a finished connection: 0 sends it \
            to the same server, 1 to a newly chosen one, 2 also from FIN_WAIT. Before Linux 5.9, \
            IPVS dropped the first such SYN if conntrack was 1, which cost 1 s: hence 0 in old \
            guides.
            """,
            "net/netfilter/ipvs/ip_vs_core.c:ip_vs_in_hook"),
        .other(
            "net.ipv4.vs.conntrack", .balancing, initial: [0],
            "Tracks balanced connections, so that firewall rules see them; kube-proxy sets it.",
            "net/netfilter/ipvs/ip_vs_conn.c:ip_vs_conn_new"),
        .other(
            "net.ipv4.vs.expire_nodest_conn", .balancing, initial: [0],
            """
            1 ends a connection whose server was removed, so that the client notices; 0 silently \
            drops its packets.
            """,
            "net/netfilter/ipvs/ip_vs_core.c:ip_vs_in_hook"),
        .other(
            "net.ipv4.vs.expire_quiescent_template", .balancing, initial: [0],
            "Chooses a new server for persistent clients whose server has weight 0.",
            "net/netfilter/ipvs/ip_vs_conn.c:expire_quiescent_template"),
        .other(
            "net.ipv4.vs.sloppy_tcp", .balancing, initial: [0],
            "Accepts a TCP connection from any segment except a RST, not only from its SYN.",
            "net/netfilter/ipvs/ip_vs_proto_tcp.c:tcp_conn_schedule"),
        .other(
            "net.ipv4.vs.sloppy_sctp", .balancing, initial: [0],
            "Accepts an SCTP association from any packet, not only from its INIT.",
            "net/netfilter/ipvs/ip_vs_proto_sctp.c:sctp_conn_schedule"),
        .other(
            "net.ipv4.vs.schedule_icmp", .balancing, initial: [0],
            "Sends an ICMP error about an unknown connection to a server as well.",
            "net/netfilter/ipvs/ip_vs_core.c:ip_vs_in_icmp"),
        .other(
            "net.ipv4.vs.ignore_tunneled", .balancing, initial: [0],
            """
            Ignores packets of unknown protocols, so that IPVS does not balance tunnelled ones \
            again.
            """,
            "net/netfilter/ipvs/ip_vs_core.c:ip_vs_in_hook"),
        .other(
            "net.ipv4.vs.nat_icmp_send", .balancing, initial: [0],
            "Answers a server's packet of an unknown connection with ICMP port unreachable.",
            "net/netfilter/ipvs/ip_vs_core.c:ip_vs_out_hook"),
        .other(
            "net.ipv4.vs.snat_reroute", .balancing, initial: [1],
            "Looks up the route of a server's answer again, as if this host had sent it.",
            "net/netfilter/ipvs/ip_vs_core.c:ip_vs_route_me_harder"),
        .other(
            "net.ipv4.vs.cache_bypass", .balancing, initial: [0],
            "Sends a packet to its own destination if a transparent cache has no server.",
            "net/netfilter/ipvs/ip_vs_core.c:ip_vs_leave"),
        .other(
            "net.ipv4.vs.pmtu_disc", .balancing, initial: [1],
            """
            Refuses packets that are too large for the path to the server with \
            fragmentation-needed; 0 fragments them in a tunnel.
            """,
            "net/netfilter/ipvs/ip_vs_xmit.c:ensure_mtu_is_adequate"),
        .other(
            "net.ipv4.vs.amemthresh", .balancing, initial: [1024], unit: .pages,
            """
            With less free memory than this, mode 1 of drop_entry, drop_packet and secure_tcp \
            takes effect.
            """,
            "net/netfilter/ipvs/ip_vs_ctl.c:update_defense_level"),
        .other(
            "net.ipv4.vs.drop_entry", .balancing, initial: [0],
            """
            Drops half-open connections at random to free memory: 0 never, 1 when memory is short, \
            3 always; the kernel writes 2 while mode 1 is active.
            """,
            "net/netfilter/ipvs/ip_vs_ctl.c:update_defense_level"),
        .other(
            "net.ipv4.vs.drop_packet", .balancing, initial: [0],
            """
            Drops a share of the packets: 0 never, 1 when memory is short, 3 always, one in \
            am_droprate; the kernel writes 2 while mode 1 is active.
            """,
            "net/netfilter/ipvs/ip_vs_ctl.c:update_defense_level"),
        .other(
            "net.ipv4.vs.am_droprate", .balancing, initial: [10],
            "IPVS drops one packet in this many if drop_packet is 3.",
            "net/netfilter/ipvs/ip_vs_ctl.c:update_defense_level"),
        .other(
            "net.ipv4.vs.secure_tcp", .balancing, initial: [0],
            """
            Counts a TCP connection as open only after its handshake: 0 never, 1 when memory is \
            short, 3 always; the kernel writes 2 while mode 1 is active.
            """,
            "net/netfilter/ipvs/ip_vs_ctl.c:update_defense_level"),
        .other(
            "net.ipv4.vs.conn_max", .balancing, unit: .connections,
            "The maximum number of balanced connections of a namespace; from Linux 7.2 on.",
            "net/netfilter/ipvs/ip_vs_conn.c:ip_vs_conn_new"),
        .other(
            "net.ipv4.vs.conn_lfactor", .balancing, initial: [-4],
            """
            When the connection table grows: below 0 it has that many doublings more slots than \
            connections, above 0 fewer; from Linux 7.1 on.
            """,
            "net/netfilter/ipvs/ip_vs_ctl.c:ipvs_proc_conn_lfactor"),
        .other(
            "net.ipv4.vs.svc_lfactor", .balancing, initial: [-3],
            "The same for the service table; from Linux 7.1 on.",
            "net/netfilter/ipvs/ip_vs_ctl.c:ipvs_proc_svc_lfactor"),
        .other(
            "net.ipv4.vs.run_estimation", .balancing, initial: [1],
            "Computes the rates that ipvsadm shows.",
            "net/netfilter/ipvs/ip_vs_ctl.c:ipvs_proc_run_estimation"),
        .other(
            "net.ipv4.vs.est_cpulist", .balancing, type: .word,
            "The processors that compute those rates; from Linux 6.2 on.",
            "net/netfilter/ipvs/ip_vs_ctl.c:ipvs_proc_est_cpulist"),
        .other(
            "net.ipv4.vs.est_nice", .balancing, initial: [0],
            "The nice value of the kernel threads that compute them; from Linux 6.2 on.",
            "net/netfilter/ipvs/ip_vs_ctl.c:ipvs_proc_est_nice"),
        .other(
            "net.ipv4.vs.lblc_expiration", .balancing, initial: [86400], unit: .seconds,
            "How long the scheduler lblc keeps an unused destination.",
            "net/netfilter/ipvs/ip_vs_lblc.c:ip_vs_lblc_full_check"),
        .other(
            "net.ipv4.vs.lblcr_expiration", .balancing, initial: [86400], unit: .seconds,
            "How long the scheduler lblcr keeps an unused destination.",
            "net/netfilter/ipvs/ip_vs_lblcr.c:ip_vs_lblcr_full_check"),
        .other(
            "net.ipv4.vs.backup_only", .balancing, initial: [0],
            "Balances nothing while this host is the backup of another balancer.",
            "net/netfilter/ipvs/ip_vs_core.c:ip_vs_forward_icmp"),
        .other(
            "net.ipv4.vs.sync_version", .balancing, initial: [1],
            "The protocol that tells a backup balancer about connections; 0 for very old ones.",
            "net/netfilter/ipvs/ip_vs_sync.c:ip_vs_sync_conn"),
        .other(
            "net.ipv4.vs.sync_ports", .balancing, initial: [1],
            "How many threads, each with a UDP port from 8848 on, send or receive those messages.",
            "net/netfilter/ipvs/ip_vs_sync.c:start_sync_thread"),
        .other(
            "net.ipv4.vs.sync_persist_mode", .balancing, initial: [0],
            "1 reports a persistent client once, not each of its connections.",
            "net/netfilter/ipvs/ip_vs_sync.c:ip_vs_sync_conn_needed"),
        .other(
            "net.ipv4.vs.sync_threshold", .balancing, initial: [3, 50],
            type: .vector(count: 2, Int64.min...Int64.max),
            "After how many packets IPVS reports a connection first, and then every how many.",
            "net/netfilter/ipvs/ip_vs_sync.c:ip_vs_sync_conn_needed"),
        .other(
            "net.ipv4.vs.sync_refresh_period", .balancing, initial: [0], unit: .seconds,
            "How long IPVS does not report an unchanged connection again.",
            "net/netfilter/ipvs/ip_vs_sync.c:ip_vs_sync_conn_needed"),
        .other(
            "net.ipv4.vs.sync_retries", .balancing, initial: [0], unit: .retries,
            "How often IPVS repeats such a message, an eighth of sync_refresh_period apart.",
            "net/netfilter/ipvs/ip_vs_sync.c:ip_vs_sync_conn_needed"),
        .other(
            "net.ipv4.vs.sync_qlen_max", .balancing,
            "How many such messages may wait to be sent.",
            "net/netfilter/ipvs/ip_vs_sync.c:sb_queue_tail"),
        .other(
            "net.ipv4.vs.sync_sock_size", .balancing, initial: [0], unit: .bytes,
            "The buffer of the sockets for those messages; 0 keeps the system's default.",
            "net/netfilter/ipvs/ip_vs_sync.c:make_send_sock"),
        .other(
            "net.ipv4.vs.debug_level", .balancing, initial: [0], scope: .readOnlyElsewhere,
            "How much IPVS logs, on kernels built for it.",
            "net/netfilter/ipvs/ip_vs_ctl.c:vs_vars"),
    ]
}
