import Model

extension KernelImprovement {
    /// Oldest release first.
    package static let all: [KernelImprovement] = [
        KernelImprovement(
            KernelRelease(4, 2),
            """
            IP_BIND_ADDRESS_NO_PORT: bind() to a source address no longer takes a port for every \
            destination.
            """,
            needsApplication: true, rules: [.bindBeforeConnect, .portsExhausting],
            source: ["net/ipv4/af_inet.c:__inet_bind"]),
        KernelImprovement(
            KernelRelease(4, 12),
            "tcp_tw_recycle is removed: it no longer refuses clients behind NAT.",
            rules: [.settingRemoved, .pawsRejecting],
            source: ["net/ipv4/tcp_minisocks.c:tcp_timewait_state_process"]),
        KernelImprovement(
            KernelRelease(4, 19),
            "tcp_tw_reuse=2 is the default: connect() reuses ports on loopback after 1 s.",
            rules: [.loopbackExhausting], source: ["net/ipv4/tcp_ipv4.c:tcp_twsk_unique"]),
        KernelImprovement(
            KernelRelease(5, 4), "net.core.somaxconn is 4096 instead of 128.",
            rules: [.backlogLimited, .queueOverflowing],
            source: ["include/linux/socket.h:SOMAXCONN"]),
        KernelImprovement(
            KernelRelease(5, 14),
            "tcp_migrate_req: connections survive the restart of one SO_REUSEPORT listener.",
            rules: [.resetsHigh],
            source: ["net/ipv4/inet_connection_sock.c:inet_csk_listen_stop"]),
        KernelImprovement(
            KernelRelease(6, 1),
            """
            tcp_child_ehash_entries: a namespace may have its own socket table, so listing it does \
            not walk the host's table.
            """,
            rules: [.namespaceDiffers], source: ["net/ipv4/tcp_ipv4.c:tcp_set_hashinfo"]),
        KernelImprovement(
            KernelRelease(6, 3),
            "IP_LOCAL_PORT_RANGE: a socket may narrow the port range it chooses from.",
            needsApplication: true, rules: [.portsSlow, .portsExhausting],
            source: ["net/ipv4/inet_hashtables.c:__inet_hash_connect"]),
        KernelImprovement(
            KernelRelease(6, 8),
            """
            With IP_LOCAL_PORT_RANGE, even the full range, the search tries every port in turn: 11 \
            to 18 µs per connect() at 95 % of the ports, instead of 1 ms and more.
            """,
            needsApplication: true, rules: [.portsSlow],
            source: ["net/ipv4/inet_hashtables.c:__inet_hash_connect"]),
        KernelImprovement(
            KernelRelease(6, 14),
            """
            tcp_tw_reuse_delay: a setting can shorten the 1 s before connect() reuses a port; 100 \
            ms gave 573 instead of 60 connections/s from 60 ports.
            """,
            rules: [.portsExhausting, .portsSlow, .loopbackExhausting],
            source: ["net/ipv4/tcp_ipv4.c:tcp_twsk_unique"]),
        KernelImprovement(
            KernelRelease(6, 15),
            """
            The search for a free port takes no locks (RCU in __inet_hash_connect and \
            __inet_check_established). Published with it, for one many-core client: 47 426 \
            connections/s, then 139 867, then 353 891; mean latency 1.55 s, then 0.51 s.
            """,
            rules: [.portsSlow, .portsExhausting],
            source: [
                "net/ipv4/inet_hashtables.c:__inet_hash_connect",
                "net/ipv4/inet_hashtables.c:__inet_check_established",
            ]),
        KernelImprovement(
            KernelRelease(6, 16),
            "PAWSTimewait separates segments refused in TIME_WAIT, the sign of NAT, from others.",
            rules: [.pawsRejecting],
            source: ["net/ipv4/tcp_minisocks.c:tcp_timewait_state_process"]),
    ]
}
