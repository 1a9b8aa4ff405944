extension DropKind {
    static let all: [DropKind] = received + connections + sent + datagrams

    /// UDP of this host: name servers, logs, metrics, QUIC.
    private static let datagrams: [DropKind] = [
        DropKind(
            subject: "UDP receive buffers",
            parts: [
                Part("Udp", "RcvbufErrors", "UDP datagrams without room at their socket"),
                Part("snmp6", "Udp6RcvbufErrors", "the same over IPv6"),
                Part("Udp", "MemErrors", "UDP datagrams without memory (udp_mem)"),
                Part("snmp6", "Udp6MemErrors", "the same over IPv6"),
            ], limits: .few,
            cause:
                "a program reads its UDP socket more slowly than datagrams come; what is dropped "
                + "nobody sends again, but the program that asked",
            remedy: "find the socket, let its program read faster, or give it a larger SO_RCVBUF "
                + "(up to net.core.rmem_max)",
            command: "ss -uanpm",
            effect: "d in skmem is what each socket dropped, Recv-Q what it has not read",
            source: "net/ipv4/udp.c:__udp_queue_rcv_skb (UDP_MIB_RCVBUFERRORS)"),
        DropKind(
            subject: "UDP send buffers",
            parts: [
                Part("Udp", "SndbufErrors", "UDP datagrams not sent"),
                Part("snmp6", "Udp6SndbufErrors", "the same over IPv6"),
            ], limits: .few,
            cause: "UDP datagrams found no room on their way out: a full device queue, or a socket "
                + "with a small SO_SNDBUF; send() fails with ENOBUFS or EAGAIN",
            remedy: "look at the queue of the device, and at the sockets' buffers",
            command: "ss -uanpm",
            effect: "t in skmem near tb: the socket; otherwise tc -s qdisc",
            source: "net/ipv4/udp.c:udp_sendmsg (UDP_MIB_SNDBUFERRORS)"),
    ]

    /// Packets that do not come as far as TCP.
    private static let received: [DropKind] = [
        DropKind(
            subject: "reverse path filter",
            parts: [Part("TcpExt", "IPReversePathFilter", "packets dropped by rp_filter")],
            limits: .any,
            cause: "the route back to their sender leads through another interface than they came "
                + "by: its SYNs, or this host's answers, time out as if the host were down",
            remedy: "see who they are, and mend the route back; or let the interface take them "
                + "(rp_filter 2: any route will do)",
            command: "sysctl net.ipv4.conf.all.rp_filter net.ipv4.conf.all.log_martians",
            effect: "log_martians 1 names sender and interface in the kernel's log",
            source: "net/ipv4/ip_input.c:ip_rcv_finish_core (LINUX_MIB_IPRPFILTER)"),
        DropKind(
            subject: "packets for others",
            parts: [
                Part("Ip", "InAddrErrors", "not for this host"),
                Part("IpExt", "InNoRoutes", "without a route"),
                Part("snmp6", "Ip6InAddrErrors", "IPv6, not for this host"),
                Part("snmp6", "Ip6InNoRoutes", "IPv6, without a route"),
            ], limits: .few,
            cause: "somebody sends packets here whose destination is no address of this host, and "
                + "it does not forward them: an address was taken from it while clients use it, or a "
                + "route elsewhere is wrong",
            remedy: "see which address they want, and who sends them here",
            command: "ip -brief address",
            effect: "an address that is missing here is what they want; tcpdump shows it",
            source: "net/ipv4/route.c:ip_error, net/ipv6/ip6_output.c:ip6_forward"),
        DropKind(
            subject: "checksums",
            parts: [
                Part("Tcp", "InCsumErrors", "TCP segments with a wrong checksum"),
                Part("IpExt", "InCsumErrors", "packets with a wrong IP checksum"),
            ], limits: .any,
            cause:
                "they were changed on the way: a broken link, memory, driver or offload, of this "
                + "host or of one before it; each has to be sent again",
            remedy: "switch the interface's offloads off to see whether they do it",
            command: "ip -s -s link",
            effect:
                "errors that grow beside them: the link; none: a device or an offload on the way",
            source: "net/ipv4/tcp_ipv4.c:tcp_v4_rcv (TCP_MIB_CSUMERRORS)"),
        DropKind(
            subject: "broken headers",
            parts: [
                Part(
                    "Ip", "InHdrErrors", "broken IP headers, or a TTL that ran out",
                    less: [("IpExt", "InCsumErrors")]),
                Part("IpExt", "InTruncatedPkts", "truncated packets"),
                Part(
                    "Tcp", "InErrs", "broken or unexpected TCP segments",
                    less: [("Tcp", "InCsumErrors")]),
                Part("snmp6", "Ip6InHdrErrors", "broken IPv6 headers, or a hop limit that ran out"),
                Part("snmp6", "Ip6InTruncatedPkts", "truncated IPv6 packets"),
            ], limits: .harmless,
            cause:
                "a sender, a tunnel or a driver breaks them, or they go round in a routing loop; "
                + "scans send such, too",
            remedy: "see who sends them",
            command: "tcpdump -ni any -c 20 'ip[8] <= 1 or tcp[tcpflags] & tcp-syn != 0'",
            effect: "one sender: its fault; a TTL of 1: a loop",
            source: "net/ipv4/ip_input.c:ip_rcv_core, net/ipv4/tcp_ipv4.c:tcp_v4_rcv"),
        DropKind(
            subject: "time to live",
            parts: [
                Part("Icmp", "InTimeExcds", "messages that a TTL ran out on the way"),
                Part("snmp6", "Icmp6InTimeExcds", "messages that a hop limit ran out on the way"),
            ], limits: .harmless,
            cause:
                "packets of this host go round between routers until their TTL runs out (a routing "
                + "loop), or somebody traces a path here, which is meant",
            remedy: "see where they go round: the same routers again and again",
            command: "tcpdump -ni any -c 5 'icmp[icmptype] = icmp-timxceed'",
            effect:
                "the message holds the header of what was dropped: its destination is not reached",
            source:
                "net/ipv4/ip_forward.c:ip_forward (ICMP_EXC_TTL); at most 1/s comes of one router"),
        DropKind(
            subject: "signatures",
            parts: [
                Part("TcpExt", "TCPMD5NotFound", "segments without the MD5 signature required"),
                Part(
                    "TcpExt", "TCPMD5Unexpected", "segments with an MD5 signature and no key here"),
                Part("TcpExt", "TCPMD5Failure", "segments with a wrong MD5 signature"),
                Part("TcpExt", "TCPAORequired", "segments without the TCP-AO required"),
                Part("TcpExt", "TCPAOBad", "segments with a wrong TCP-AO signature"),
                Part("TcpExt", "TCPAOKeyNotFound", "segments with a TCP-AO key unknown here"),
            ], limits: .any,
            cause: "the two ends do not agree on a key (BGP's password): what the peer sends is "
                + "dropped without a word, so its connect() times out",
            remedy: "set the same key, for the same address, at both ends",
            command: "journalctl -k --since -1min --grep 'MD5|TCP-AO'",
            effect: "the kernel logs sender and destination of a wrong signature",
            source: "net/ipv4/tcp.c:tcp_inbound_hash"),
        DropKind(
            subject: "TTL below the minimum",
            parts: [Part("TcpExt", "TCPMinTTLDrop", "segments whose TTL is below IP_MINTTL")],
            limits: .any,
            cause:
                "a program asks that its peer be near (GTSM, ttl-security of BGP), and what comes "
                + "has passed more routers, or starts with a smaller TTL",
            remedy: "let the peer send with TTL 255, or allow for the hops there are",
            command: "tcpdump -vni any -c 20 'tcp port 179'",
            effect: "the TTL that arrives, against 255 less the hops allowed",
            source: "net/ipv4/tcp_ipv4.c:tcp_v4_rcv (LINUX_MIB_TCPMINTTLDROP)"),
        DropKind(
            subject: "backlog of received packets",
            parts: [Part("softnet", "dropped", "packets dropped before IP saw them")],
            limits: .few,
            cause:
                "a processor's backlog is full (net.core.netdev_max_backlog): packets come faster "
                + "than it takes them in",
            remedy: "spread the packets over more processors (RSS, RPS), or lengthen the backlog",
            command: "sysctl net.core.netdev_max_backlog net.core.netdev_budget",
            effect: "the second column of /proc/net/softnet_stat stands still",
            source: "net/core/dev.c:enqueue_to_backlog", isOfHost: true),
        DropKind(
            subject: "packets discarded on the way in",
            parts: [
                Part("Ip", "InDiscards", "packets"), Part("snmp6", "Ip6InDiscards", "IPv6 packets"),
            ], limits: .noise,
            cause:
                "no memory, or IPv6 is switched off on the interface they came by (disable_ipv6)",
            remedy: "see whether the interface has IPv6 switched off: then it is meant",
            command: "sysctl net.ipv6.conf.all.disable_ipv6",
            effect: "1 everywhere, and IPv6 packets alone: no fault",
            source: "net/ipv4/ip_input.c:ip_rcv_core, net/ipv6/ip6_input.c:ip6_rcv_core"),
        DropKind(
            subject: "fragments",
            parts: [
                Part("Ip", "ReasmFails", "packets not put together"),
                Part("snmp6", "Ip6ReasmFails", "IPv6 packets not put together"),
            ], limits: .harmless,
            cause:
                "a fragment was lost or dropped by a firewall, or the memory for fragments is full; "
                + "TCP needs none unless the MTU of a tunnel is wrong",
            remedy:
                "see which MTU the tunnel or interface has, and whether a firewall drops fragments",
            command: "ip -s link",
            effect: "with the right MTU nothing is divided",
            source: "net/ipv4/ip_fragment.c:ip_expire, ip_frag_queue"),
    ]

    /// Segments that TCP itself gives up.
    private static let connections: [DropKind] = [
        DropKind(
            subject: "SYNs and handshakes",
            parts: [
                Part(
                    "TcpExt", "ListenDrops", "dropped at listeners though their queue had room",
                    less: [
                        ("TcpExt", "ListenOverflows"), ("TcpExt", "TCPReqQFullDrop"),
                    ], unless: [("TcpExt", "SyncookiesSent")])
            ], limits: .few,
            cause:
                "no memory, no route back to the client, a security module that refuses, or, with "
                + "tcp_syncookies 0, the last quarter of the SYN queue kept for known clients",
            remedy: "see whether there is a route back to the clients, and memory",
            command: "nstat -az TcpExtListenDrops TcpExtListenOverflows TcpExtTCPReqQFullDrop",
            effect: "ListenDrops above the two others is what this is about",
            source: "net/ipv4/tcp_input.c:tcp_conn_request, include/net/tcp.h:tcp_listendrop"),
        DropKind(
            subject: "sockets in use",
            parts: [Part("TcpExt", "TCPBacklogDrop", "segments dropped at a socket in use")],
            limits: .few,
            cause: "a program holds its socket in a system call while segments come, and the queue "
                + "for those is full: a small SO_RCVBUF, or very large writes",
            remedy: "let receive buffers grow (no SO_RCVBUF), and write in smaller pieces",
            command: "ss -tmn state established",
            effect: "d in skmem is what each socket dropped",
            source: "net/ipv4/tcp_ipv4.c:tcp_add_backlog"),
        DropKind(
            subject: "closed windows",
            parts: [Part("TcpExt", "TCPZeroWindowDrop", "segments that met a closed window")],
            limits: .harmless,
            cause: "a program of this host has stopped reading, and its peer sends on: it probes "
                + "with data, or ignores the window",
            remedy: "find the sockets with a large Recv-Q, and see why their program does not read",
            command: "ss -tnp state established",
            effect: "the program that reads again opens the window",
            source: "net/ipv4/tcp_input.c:tcp_data_queue (LINUX_MIB_TCPZEROWINDOWDROP)"),
        DropKind(
            subject: "data out of order",
            parts: [
                Part("TcpExt", "TCPOFODrop", "segments out of order without room"),
                Part("TcpExt", "BeyondWindow", "segments beyond the window"),
            ], limits: .few,
            cause:
                "the receive buffer has no room for what comes after a gap: loss on the way that "
                + "meets small buffers, or a peer that ignores the window",
            remedy: "mend the loss first; let receive buffers grow further",
            command: "ss -tmn state established",
            effect: "rb in skmem is the limit of each socket",
            source: "net/ipv4/tcp_input.c:tcp_data_queue_ofo, tcp_sequence"),
        DropKind(
            subject: "memory for emergencies",
            parts: [Part("TcpExt", "PFMemallocDrop", "segments dropped for want of memory")],
            limits: .any,
            cause: "the host is so short of memory that packets lie in its reserves, and those are "
                + "for swapping only",
            remedy: "find who takes the memory, or give the host more",
            command: "grep -E 'MemFree|MemAvailable' /proc/meminfo",
            effect: "segments are taken again",
            source: "net/core/filter.c:sk_filter_trim_cap"),
        DropKind(
            subject: "answers refused",
            parts: [Part("TcpExt", "PAWSActive", "SYN-ACKs with a timestamp never sent, reset")],
            limits: .any,
            cause:
                "something on the way rewrites timestamps, or answers to an older connect() come "
                + "late",
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
                "a listener was closed with handshakes under way, and no other socket of its port "
                + "took them",
            remedy: "let the new process listen (SO_REUSEPORT) before the old one closes",
            command: "ss -ltn",
            effect: "clients of a restart keep their connections",
            source: "net/ipv4/inet_connection_sock.c:inet_csk_listen_stop"),
    ]

    /// What does not get out.
    private static let sent: [DropKind] = [
        DropKind(
            subject: "destinations without a route",
            parts: [Part("Ip", "OutNoRoutes", "packets or connects without a route")],
            limits: .any,
            cause:
                "connect() fails with ENETUNREACH, or an open connection lost its route: what is "
                + "sent on it goes nowhere",
            remedy: "see which destination has no route",
            command: "ip route",
            effect: "a default route, or one to that network, ends it",
            source: "net/ipv4/tcp_ipv4.c:tcp_v4_connect, net/ipv4/ip_output.c:__ip_queue_xmit"),
        DropKind(
            subject: "IPv6 destinations without a route",
            parts: [Part("snmp6", "Ip6OutNoRoutes", "packets or connects without an IPv6 route")],
            limits: .noise,
            cause: "connect() over IPv6 fails with ENETUNREACH: programs that try IPv6 first go on "
                + "with IPv4, those that know IPv6 addresses only fail",
            remedy: "give the host an IPv6 route, or take the AAAA records out",
            command: "ip -6 route",
            effect: "each such connect() is tried once, not twice",
            source: "net/ipv6/ip6_output.c:ip6_dst_lookup_tail"),
        DropKind(
            subject: "packets discarded on the way out",
            parts: [
                Part("Ip", "OutDiscards", "packets"),
                Part("snmp6", "Ip6OutDiscards", "IPv6 packets"),
            ], limits: .few,
            cause: "the queue of the device is full, there is no memory, or a filter of this host "
                + "refuses them (OUTPUT)",
            remedy: "look at the queue of the device, and at the filters",
            command: "tc -s qdisc",
            effect: "dropped that grows: the queue; otherwise a filter",
            source: "net/ipv4/ip_output.c:ip_send_skb"),
        DropKind(
            subject: "repetitions not sent",
            parts: [Part("TcpExt", "TCPRetransFail", "segments that could not be sent again")],
            limits: .any,
            cause: "this host itself could not send them: a filter of its own (OUTPUT) drops them, "
                + "their route is gone, or the device's queue is full",
            remedy: "look at the filters and routes of this host before looking outside",
            command: "nft list ruleset",
            effect: "a rule of the output hook that drops is what stops them",
            source: "net/ipv4/tcp_output.c:__tcp_retransmit_skb (LINUX_MIB_TCPRETRANSFAIL)"),
        DropKind(
            subject: "packets too large",
            parts: [
                Part("Ip", "FragFails", "packets larger than the next link takes"),
                Part("snmp6", "Ip6FragFails", "IPv6 packets larger than the next link takes"),
                Part("snmp6", "Ip6InTooBigErrors", "IPv6 packets not forwarded for their size"),
            ], limits: .noise,
            cause: "the next link is narrower than the sender believes; where ICMP is filtered it "
                + "never learns, and connections hang with their first large segment",
            remedy: "let ICMP through (fragmentation needed, packet too big), or clamp the MSS",
            command: "ip -s link",
            effect: "the MTU of a tunnel or interface that is smaller than the others",
            source: "net/ipv4/ip_output.c:ip_fragment"),
    ]
}
