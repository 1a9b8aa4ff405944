extension Knob {
    /// Settings of IPVS, the kernel's load balancer; there while the module ip_vs is loaded, as kube-proxy may have it.
    static let balancing: [Knob] = [
        .other(
            "net.ipv4.vs.conn_reuse_mode", .balancing, initial: [1],
            "What becomes of a SYN that has address and port of a connection that is over: 0 it goes to the same server, 1 to a newly chosen one, 2 also from FIN_WAIT. Before Linux 5.9 the first such SYN was dropped where conntrack is 1: a second lost, hence 0 in old guides.",
            "net/netfilter/ipvs/ip_vs_core.c:ip_vs_in_hook"),
        .other(
            "net.ipv4.vs.conntrack", .balancing, initial: [0],
            "Tracks balanced connections, so that firewall rules see them; kube-proxy sets it.",
            "net/netfilter/ipvs/ip_vs_conn.c:ip_vs_conn_new"),
        .other(
            "net.ipv4.vs.expire_nodest_conn", .balancing, initial: [0],
            "1 ends a connection whose server was taken out, so that the client notices; 0 drops its packets in silence.",
            "net/netfilter/ipvs/ip_vs_core.c:ip_vs_in_hook"),
        .other(
            "net.ipv4.vs.expire_quiescent_template", .balancing, initial: [0],
            "Chooses a new server for persistent clients whose server has weight 0.",
            "net/netfilter/ipvs/ip_vs_conn.c:expire_quiescent_template"),
        .other(
            "net.ipv4.vs.sloppy_tcp", .balancing, initial: [0],
            "Takes up a TCP connection by any segment that is no RST, not by its SYN alone.",
            "net/netfilter/ipvs/ip_vs_proto_tcp.c:tcp_conn_schedule"),
        .other(
            "net.ipv4.vs.sloppy_sctp", .balancing, initial: [0],
            "Takes up an SCTP association by any packet, not by its INIT alone.",
            "net/netfilter/ipvs/ip_vs_proto_sctp.c:sctp_conn_schedule"),
        .other(
            "net.ipv4.vs.schedule_icmp", .balancing, initial: [0],
            "Sends an ICMP error about an unknown connection to a server as well.",
            "net/netfilter/ipvs/ip_vs_core.c:ip_vs_in_icmp"),
        .other(
            "net.ipv4.vs.ignore_tunneled", .balancing, initial: [0],
            "Leaves packets of unknown protocols alone, so that tunnelled ones are not balanced again.",
            "net/netfilter/ipvs/ip_vs_core.c:ip_vs_in_hook"),
        .other(
            "net.ipv4.vs.nat_icmp_send", .balancing, initial: [0],
            "Answers a server's packet of an unknown connection by ICMP port unreachable.",
            "net/netfilter/ipvs/ip_vs_core.c:ip_vs_out_hook"),
        .other(
            "net.ipv4.vs.snat_reroute", .balancing, initial: [1],
            "Looks the route of a server's answer up again, as if this host had sent it.",
            "net/netfilter/ipvs/ip_vs_core.c:ip_vs_route_me_harder"),
        .other(
            "net.ipv4.vs.cache_bypass", .balancing, initial: [0],
            "Sends a packet to its own destination where a transparent cache has no server.",
            "net/netfilter/ipvs/ip_vs_core.c:ip_vs_leave"),
        .other(
            "net.ipv4.vs.pmtu_disc", .balancing, initial: [1],
            "Refuses packets that are too large for the way to the server by fragmentation-needed; 0 divides them in a tunnel.",
            "net/netfilter/ipvs/ip_vs_xmit.c:ensure_mtu_is_adequate"),
        .other(
            "net.ipv4.vs.amemthresh", .balancing, initial: [1024], unit: .pages,
            "With less free memory than this, mode 1 of drop_entry, drop_packet and secure_tcp acts.",
            "net/netfilter/ipvs/ip_vs_ctl.c:update_defense_level"),
        .other(
            "net.ipv4.vs.drop_entry", .balancing, initial: [0],
            "Drops half-open connections at random to win memory back: 0 never, 1 when memory is short, 3 always; the kernel writes 2 while mode 1 acts.",
            "net/netfilter/ipvs/ip_vs_ctl.c:update_defense_level"),
        .other(
            "net.ipv4.vs.drop_packet", .balancing, initial: [0],
            "Drops a share of the packets: 0 never, 1 when memory is short, 3 always, one in am_droprate; the kernel writes 2 while mode 1 acts.",
            "net/netfilter/ipvs/ip_vs_ctl.c:update_defense_level"),
        .other(
            "net.ipv4.vs.am_droprate", .balancing, initial: [10],
            "Of how many packets one is dropped where drop_packet is 3.",
            "net/netfilter/ipvs/ip_vs_ctl.c:update_defense_level"),
        .other(
            "net.ipv4.vs.secure_tcp", .balancing, initial: [0],
            "Counts a TCP connection as open only after its handshake: 0 never, 1 when memory is short, 3 always; the kernel writes 2 while mode 1 acts.",
            "net/netfilter/ipvs/ip_vs_ctl.c:update_defense_level"),
        .other(
            "net.ipv4.vs.conn_max", .balancing, unit: .connections,
            "The most balanced connections of a namespace; from Linux 7.2 on.",
            "net/netfilter/ipvs/ip_vs_conn.c:ip_vs_conn_new"),
        .other(
            "net.ipv4.vs.conn_lfactor", .balancing, initial: [-4],
            "When the table of connections grows: below 0 it has that many doublings more slots than connections, above 0 fewer; from Linux 7.1 on.",
            "net/netfilter/ipvs/ip_vs_ctl.c:ipvs_proc_conn_lfactor"),
        .other(
            "net.ipv4.vs.svc_lfactor", .balancing, initial: [-3],
            "The same for the table of services; from Linux 7.1 on.",
            "net/netfilter/ipvs/ip_vs_ctl.c:ipvs_proc_svc_lfactor"),
        .other(
            "net.ipv4.vs.run_estimation", .balancing, initial: [1],
            "Works out the rates that ipvsadm shows.",
            "net/netfilter/ipvs/ip_vs_ctl.c:ipvs_proc_run_estimation"),
        .other(
            "net.ipv4.vs.est_cpulist", .balancing, type: .word,
            "The processors that work those rates out; from Linux 6.2 on.",
            "net/netfilter/ipvs/ip_vs_ctl.c:ipvs_proc_est_cpulist"),
        .other(
            "net.ipv4.vs.est_nice", .balancing, initial: [0],
            "The nice value of the kernel's threads that do; from Linux 6.2 on.",
            "net/netfilter/ipvs/ip_vs_ctl.c:ipvs_proc_est_nice"),
        .other(
            "net.ipv4.vs.lblc_expiration", .balancing, initial: [86400], unit: .seconds,
            "How long the scheduler lblc keeps a destination that is not asked for.",
            "net/netfilter/ipvs/ip_vs_lblc.c:ip_vs_lblc_full_check"),
        .other(
            "net.ipv4.vs.lblcr_expiration", .balancing, initial: [86400], unit: .seconds,
            "How long the scheduler lblcr keeps a destination that is not asked for.",
            "net/netfilter/ipvs/ip_vs_lblcr.c:ip_vs_lblcr_full_check"),
        .other(
            "net.ipv4.vs.backup_only", .balancing, initial: [0],
            "Balances nothing while this host is the backup of another balancer.",
            "net/netfilter/ipvs/ip_vs_core.c:ip_vs_forward_icmp"),
        .other(
            "net.ipv4.vs.sync_version", .balancing, initial: [1],
            "The protocol by which a backup balancer is told of connections; 0 for very old ones.",
            "net/netfilter/ipvs/ip_vs_sync.c:ip_vs_sync_conn"),
        .other(
            "net.ipv4.vs.sync_ports", .balancing, initial: [1],
            "How many threads, each with a UDP port from 8848 on, send or take those messages.",
            "net/netfilter/ipvs/ip_vs_sync.c:start_sync_thread"),
        .other(
            "net.ipv4.vs.sync_persist_mode", .balancing, initial: [0],
            "1 tells of a persistent client once, not of each of its connections.",
            "net/netfilter/ipvs/ip_vs_sync.c:ip_vs_sync_conn_needed"),
        .other(
            "net.ipv4.vs.sync_threshold", .balancing, initial: [3, 50],
            type: .vector(count: 2, Int64.min...Int64.max),
            "After how many packets a connection is told of at first, then every how many.",
            "net/netfilter/ipvs/ip_vs_sync.c:ip_vs_sync_conn_needed"),
        .other(
            "net.ipv4.vs.sync_refresh_period", .balancing, initial: [0], unit: .seconds,
            "For how long a connection that did not change is not told of again.",
            "net/netfilter/ipvs/ip_vs_sync.c:ip_vs_sync_conn_needed"),
        .other(
            "net.ipv4.vs.sync_retries", .balancing, initial: [0], unit: .retries,
            "How often such a message is repeated, an eighth of sync_refresh_period apart.",
            "net/netfilter/ipvs/ip_vs_sync.c:ip_vs_sync_conn_needed"),
        .other(
            "net.ipv4.vs.sync_qlen_max", .balancing,
            "The most such messages that wait to be sent.",
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
