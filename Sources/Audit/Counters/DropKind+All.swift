extension DropKind {
    static let all: [DropKind] = received + connections + sent + datagrams

    /// UDP of this host: name servers, logs, metrics, QUIC.
    private static let datagrams: [DropKind] = [
        DropKind(
            subject: "UDP receive buffers",
            parts: [
                Part("Udp", "RcvbufErrors", "UDP datagrams without room in their socket's buffer"),
                Part("snmp6", "Udp6RcvbufErrors", "the same over IPv6"),
                Part("Udp", "MemErrors", "UDP datagrams without memory (udp_mem)"),
                Part("snmp6", "Udp6MemErrors", "the same over IPv6"),
            ], limits: .few,
            cause:
                "a program reads its UDP socket more slowly than datagrams arrive; only the "
                + "program that sent them can resend dropped datagrams",
            remedy: "find the socket, make its program read faster, or give it a larger SO_RCVBUF "
                + "(up to net.core.rmem_max)",
            command: "ss -uanpm",
            effect: "d in skmem shows what each socket dropped, Recv-Q what its program has not "
                + "read",
            source: "net/ipv4/udp.c:__udp_queue_rcv_skb (UDP_MIB_RCVBUFERRORS)"),
        DropKind(
            subject: "UDP send buffers",
            parts: [
                Part("Udp", "SndbufErrors", "UDP datagrams not sent"),
                Part("snmp6", "Udp6SndbufErrors", "the same over IPv6"),
            ], limits: .few,
            cause: "UDP datagrams found no room on their way out: a device queue is full, or a "
                + "socket has a small SO_SNDBUF; send() fails with ENOBUFS or EAGAIN",
            remedy: "check the device queue and the sockets' buffers",
            command: "ss -uanpm",
            effect: "if t in skmem is near tb, it is the socket; otherwise see tc -s qdisc",
            source: "net/ipv4/udp.c:udp_sendmsg (UDP_MIB_SNDBUFERRORS)"),
    ]

    /// Packets that do not reach TCP.
    private static let received: [DropKind] = [
        DropKind(
            subject: "reverse path filter",
            parts: [Part("TcpExt", "IPReversePathFilter", "packets dropped by rp_filter")],
            limits: .any,
            cause: "the route back to the sender uses another interface than the packets came in "
                + "on: its SYNs, or this host's answers, time out as if the host were down",
            remedy: "find the senders, and fix the route back; or make the interface accept them "
                + "(rp_filter 2 accepts any route)",
            command: "sysctl net.ipv4.conf.all.rp_filter net.ipv4.conf.all.log_martians",
            effect: "log_martians 1 logs sender and interface to the kernel log",
            source: "net/ipv4/ip_input.c:ip_rcv_finish_core (LINUX_MIB_IPRPFILTER)"),
        DropKind(
            subject: "packets for others",
            parts: [
                Part("Ip", "InAddrErrors", "not for this host"),
                Part("IpExt", "InNoRoutes", "without a route"),
                Part("snmp6", "Ip6InAddrErrors", "IPv6, not for this host"),
                Part("snmp6", "Ip6InNoRoutes", "IPv6, without a route"),
            ], limits: .few,
            cause: "somebody sends packets to an address that this host does not have, and the "
                + "host does not forward them: an address was removed from it while clients use "
                + "it, or a route elsewhere is wrong",
            remedy: "find the address they want, and who sends them here",
            command: "ip -brief address",
            effect: "the address they want is missing here; tcpdump shows it",
            source: "net/ipv4/route.c:ip_error, net/ipv6/ip6_output.c:ip6_forward"),
        DropKind(
            subject: "checksums",
            parts: [
                Part("Tcp", "InCsumErrors", "TCP segments with a wrong checksum"),
                Part("IpExt", "InCsumErrors", "packets with a wrong IP checksum"),
            ], limits: .any,
            cause:
                "something changed them on the path: a broken link, memory, driver or offload, of "
                + "this host or of one before it; the sender must resend each",
            remedy: "switch the interface's offloads off to see whether they are the cause",
            command: "ip -s -s link",
            effect:
                "if errors grow as well, it is the link; if not, a device or an offload on the "
                + "path",
            source: "net/ipv4/tcp_ipv4.c:tcp_v4_rcv (TCP_MIB_CSUMERRORS)"),
        DropKind(
            subject: "broken headers",
            parts: [
                Part(
                    "Ip", "InHdrErrors", "broken IP headers, or an expired TTL",
                    less: [("IpExt", "InCsumErrors")]),
                Part("IpExt", "InTruncatedPkts", "truncated packets"),
                Part(
                    "Tcp", "InErrs", "broken or unexpected TCP segments",
                    less: [("Tcp", "InCsumErrors"), ("TcpExt", "TCPSYNChallenge")]),
                Part("snmp6", "Ip6InHdrErrors", "broken IPv6 headers, or an expired hop limit"),
                Part("snmp6", "Ip6InTruncatedPkts", "truncated IPv6 packets"),
            ], limits: .harmless,
            cause:
                "a sender, a tunnel or a driver breaks them, or they circle in a routing loop; "
                + "scans send such packets too",
            remedy: "see who sends them",
            command: "tcpdump -ni any -c 20 'ip[8] <= 1 or tcp[tcpflags] & tcp-syn != 0'",
            effect: "if it is one sender, the fault is there; a TTL of 1 means a loop",
            source: "net/ipv4/ip_input.c:ip_rcv_core, net/ipv4/tcp_ipv4.c:tcp_v4_rcv"),
        DropKind(
            subject: "time to live",
            parts: [
                Part("Icmp", "InTimeExcds", "messages that a TTL expired on the path"),
                Part("snmp6", "Icmp6InTimeExcds", "messages that a hop limit expired on the path"),
            ], limits: .harmless,
            cause:
                "packets of this host circle between routers until their TTL expires (a routing "
                + "loop), or somebody traces a path from here, which is intended",
            remedy: "find the routers that they circle between",
            command: "tcpdump -ni any -c 5 'icmp[icmptype] = icmp-timxceed'",
            effect:
                "the message contains the header of the dropped packet: its destination cannot be "
                + "reached",
            source:
                "net/ipv4/ip_forward.c:ip_forward (ICMP_EXC_TTL); one router sends at most 1/s"),
        DropKind(
            subject: "signatures",
            parts: [
                Part("TcpExt", "TCPMD5NotFound", "segments without the required MD5 signature"),
                Part(
                    "TcpExt", "TCPMD5Unexpected",
                    "segments with an MD5 signature but no key on this host"),
                Part("TcpExt", "TCPMD5Failure", "segments with a wrong MD5 signature"),
                Part("TcpExt", "TCPAORequired", "segments without the required TCP-AO"),
                Part("TcpExt", "TCPAOBad", "segments with a wrong TCP-AO signature"),
                Part(
                    "TcpExt", "TCPAOKeyNotFound",
                    "segments with a TCP-AO key unknown to this host"),
            ], limits: .any,
            cause: "the two hosts do not agree on a key (BGP's password): the kernel silently "
                + "drops what the peer sends, so its connect() times out",
            remedy: "set the same key, for the same address, on both hosts",
            command: "journalctl -k --since -1min --grep 'MD5|TCP-AO'",
            effect: "the kernel logs sender and destination of a wrong signature",
            source: "net/ipv4/tcp.c:tcp_inbound_hash"),
        DropKind(
            subject: "TTL below the minimum",
            parts: [Part("TcpExt", "TCPMinTTLDrop", "segments whose TTL is below IP_MINTTL")],
            limits: .any,
            cause:
                "a program requires that its peer is near (GTSM, ttl-security of BGP), but the "
                + "segments passed more routers, or started with a smaller TTL",
            remedy: "make the peer send with TTL 255, or allow for the actual number of hops",
            command: "tcpdump -vni any -c 20 'tcp port 179'",
            effect: "shows the TTL that arrives: compare it with 255 minus the allowed hops",
            source: "net/ipv4/tcp_ipv4.c:tcp_v4_rcv (LINUX_MIB_TCPMINTTLDROP)"),
        DropKind(
            subject: "backlog of received packets",
            parts: [Part("softnet", "dropped", "packets dropped before IP saw them")],
            limits: .few,
            cause:
                "a processor's backlog is full (net.core.netdev_max_backlog): packets arrive "
                + "faster than it processes them",
            remedy: "spread the packets over more processors (RSS, RPS), or lengthen the backlog",
            command: "sysctl net.core.netdev_max_backlog net.core.netdev_budget",
            effect: "the second column of /proc/net/softnet_stat no longer grows",
            source: "net/core/dev.c:enqueue_to_backlog", isOfHost: true),
        DropKind(
            subject: "packets discarded on the way in",
            parts: [
                Part("Ip", "InDiscards", "packets"), Part("snmp6", "Ip6InDiscards", "IPv6 packets"),
            ], limits: .noise,
            cause:
                "there is no memory, or IPv6 is off on the interface they came in on "
                + "(disable_ipv6)",
            remedy: "check whether IPv6 is off on the interface: then it is intended",
            command: "sysctl net.ipv6.conf.all.disable_ipv6",
            effect: "if it is 1 everywhere and only IPv6 packets are discarded, there is no fault",
            source: "net/ipv4/ip_input.c:ip_rcv_core, net/ipv6/ip6_input.c:ip6_rcv_core"),
        DropKind(
            subject: "fragments",
            parts: [
                Part("Ip", "ReasmFails", "packets not reassembled"),
                Part("snmp6", "Ip6ReasmFails", "IPv6 packets not reassembled"),
            ], limits: .harmless,
            cause:
                "a fragment was lost, or a firewall dropped it, or the memory for fragments is "
                + "full; TCP needs no fragments unless the MTU of a tunnel is wrong",
            remedy:
                "check which MTU the tunnel or interface has, and whether a firewall drops "
                + "fragments",
            command: "ip -s link",
            effect: "with the right MTU no packet is fragmented",
            source: "net/ipv4/ip_fragment.c:ip_expire, ip_frag_queue"),
    ]

    /// Segments that TCP itself gives up.
    private static let connections: [DropKind] = [
        DropKind(
            subject: "SYNs and handshakes",
            parts: [
                Part(
                    "TcpExt", "ListenDrops", "dropped at listeners although their queue had room",
                    less: [
                        ("TcpExt", "ListenOverflows"), ("TcpExt", "TCPReqQFullDrop"),
                    ], unless: [("TcpExt", "SyncookiesSent")])
            ], limits: .few,
            cause:
                "there is no memory or no route back to the client, a security module refuses, or, "
                + "with tcp_syncookies 0, the kernel keeps the last quarter of the SYN queue for "
                + "known clients",
            remedy: "check whether there is a route back to the clients, and enough memory",
            command: "nstat -az TcpExtListenDrops TcpExtListenOverflows TcpExtTCPReqQFullDrop",
            effect: "this is the part of ListenDrops that the two others do not explain",
            source: "net/ipv4/tcp_input.c:tcp_conn_request, include/net/tcp.h:tcp_listendrop"),
        DropKind(
            subject: "sockets in use",
            parts: [Part("TcpExt", "TCPBacklogDrop", "segments dropped at a socket in use")],
            limits: .few,
            cause: "a program is in a system call on its socket while segments arrive, and the "
                + "queue for those is full: because of a small SO_RCVBUF, or very large writes",
            remedy: "let receive buffers grow (no SO_RCVBUF), and write in smaller pieces",
            command: "ss -tmn state established",
            effect: "d in skmem is what each socket dropped",
            source: "net/ipv4/tcp_ipv4.c:tcp_add_backlog"),
        DropKind(
            subject: "closed windows",
            parts: [Part("TcpExt", "TCPZeroWindowDrop", "segments that met a closed window")],
            limits: .harmless,
            cause: "a program of this host has stopped reading, and its peer continues to send: it "
                + "probes with data, or ignores the window",
            remedy: "find the sockets with a large Recv-Q, and see why their program does not read",
            command: "ss -tnp state established",
            effect: "when the program reads again, the window opens",
            source: "net/ipv4/tcp_input.c:tcp_data_queue (LINUX_MIB_TCPZEROWINDOWDROP)"),
        DropKind(
            subject: "data out of order",
            parts: [
                Part("TcpExt", "TCPOFODrop", "segments out of order without room"),
                Part("TcpExt", "BeyondWindow", "segments beyond the window"),
            ], limits: .few,
            cause:
                "the receive buffer has no room for segments after a gap: segments were lost on "
                + "the path and buffers are small, or a peer ignores the window",
            remedy: "fix the loss first; allow larger receive buffers",
            command: "ss -tmn state established",
            effect: "rb in skmem shows the limit of each socket",
            source: "net/ipv4/tcp_input.c:tcp_data_queue_ofo, tcp_sequence"),
        DropKind(
            subject: "connections that peers have forgotten",
            parts: [
                Part("TcpExt", "TCPSYNChallenge", "SYNs for connections that are still open here")
            ], limits: .few,
            cause:
                "a peer connects again from an address and port whose old connection is still open "
                + "here: it restarted, or a NAT gave the port to another client. This host answers "
                + "with an ACK, not a SYN-ACK; if the peer's RST to that ACK is dropped on the "
                + "path, its connect() hangs",
            remedy: "let RSTs of the peers through, or end the old connections",
            command: "ss -tno state established",
            effect: "shows the old connections; SO_KEEPALIVE in the program that holds them ends "
                + "such connections without help",
            source: "net/ipv4/tcp_input.c:tcp_validate_incoming (LINUX_MIB_TCPSYNCHALLENGE)"),
        DropKind(
            subject: "memory for emergencies",
            parts: [Part("TcpExt", "PFMemallocDrop", "segments dropped for lack of memory")],
            limits: .any,
            cause: "the host is so short of memory that packets are in its reserves, and those are "
                + "only for swapping",
            remedy: "find the process that takes the memory, or give the host more",
            command: "grep -E 'MemFree|MemAvailable' /proc/meminfo",
            effect: "the kernel accepts segments again",
            source: "net/core/filter.c:sk_filter_trim_cap"),
        DropKind(
            subject: "answers refused",
            parts: [Part("TcpExt", "PAWSActive", "SYN-ACKs with a timestamp never sent, reset")],
            limits: .any,
            cause:
                "something on the path rewrites timestamps, or answers to an older connect() "
                + "arrive late",
            remedy: "find the device that rewrites them",
            command:
                "tcpdump -vni any -c 20 'tcp[tcpflags] & (tcp-syn|tcp-ack) == (tcp-syn|tcp-ack)'",
            effect: "ecr of a SYN-ACK must be the val of the SYN before it",
            source: "net/ipv4/tcp_input.c:tcp_rcv_synsent_state_process"),
        DropKind(
            subject: "restart of a listener",
            parts: [Part("TcpExt", "TCPMigrateReqFailure", "handshakes lost with their listener")],
            limits: .few,
            cause:
                "a listener was closed with handshakes in progress, and no other socket of its "
                + "port took them over",
            remedy: "make the new process listen (SO_REUSEPORT) before the old one closes",
            command: "ss -ltn",
            effect: "clients keep their connections during a restart",
            source: "net/ipv4/inet_connection_sock.c:inet_csk_listen_stop"),
    ]

    /// What does not leave this host.
    private static let sent: [DropKind] = [
        DropKind(
            subject: "destinations without a route",
            parts: [Part("Ip", "OutNoRoutes", "packets or connects without a route")],
            limits: .any,
            cause:
                "connect() fails with ENETUNREACH, or an open connection lost its route: data sent "
                + "on it goes nowhere",
            remedy: "find the destination without a route",
            command: "ip route",
            effect: "a default route, or a route to that network, fixes it",
            source: "net/ipv4/tcp_ipv4.c:tcp_v4_connect, net/ipv4/ip_output.c:__ip_queue_xmit"),
        DropKind(
            subject: "IPv6 destinations without a route",
            parts: [Part("snmp6", "Ip6OutNoRoutes", "packets or connects without an IPv6 route")],
            limits: .noise,
            cause: "connect() over IPv6 fails with ENETUNREACH: programs that try IPv6 first "
                + "continue with IPv4, programs that know only IPv6 addresses fail",
            remedy: "give the host an IPv6 route, or remove the AAAA records",
            command: "ip -6 route",
            effect: "programs try each such connect() once instead of twice",
            source: "net/ipv6/ip6_output.c:ip6_dst_lookup_tail"),
        DropKind(
            subject: "packets discarded on the way out",
            parts: [
                Part("Ip", "OutDiscards", "packets"),
                Part("snmp6", "Ip6OutDiscards", "IPv6 packets"),
            ], limits: .few,
            cause: "the device queue is full, there is no memory, or a filter of this host refuses "
                + "them (OUTPUT)",
            remedy: "check the device queue and the filters",
            command: "tc -s qdisc",
            effect: "if dropped grows, it is the queue; otherwise a filter",
            source: "net/ipv4/ip_output.c:ip_send_skb"),
        DropKind(
            subject: "repetitions not sent",
            parts: [Part("TcpExt", "TCPRetransFail", "segments that could not be resent")],
            limits: .any,
            cause: "this host itself could not send them: its own filter (OUTPUT) drops them, "
                + "their route is gone, or the device queue is full",
            remedy: "check the filters and routes of this host before you look outside",
            command: "nft list ruleset",
            effect: "a dropping rule in the output hook stops them",
            source: "net/ipv4/tcp_output.c:__tcp_retransmit_skb (LINUX_MIB_TCPRETRANSFAIL)"),
        DropKind(
            subject: "packets too large",
            parts: [
                Part("Ip", "FragFails", "packets too large for the next link"),
                Part("snmp6", "Ip6FragFails", "IPv6 packets too large for the next link"),
                Part(
                    "snmp6", "Ip6InTooBigErrors",
                    "IPv6 packets not forwarded because of their size"),
            ], limits: .noise,
            cause: "the next link has a smaller MTU than the sender believes; if a filter drops "
                + "ICMP, the sender never learns it, and connections hang at their first large "
                + "segment",
            remedy: "let ICMP through (fragmentation needed, packet too big), or clamp the MSS",
            command: "ip -s link",
            effect: "shows the tunnel or interface with the smaller MTU",
            source: "net/ipv4/ip_output.c:ip_fragment"),
    ]
}
