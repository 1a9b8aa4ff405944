import Model

extension Knob {
    /// Connections on their way to accept().
    static let listenQueues: [Knob] = [
        Knob(
            "net.core.somaxconn", unit: .connections, type: .nonNegativeInt,
            initial: .changed([
                (since: KernelRelease(5, 4), value: [4096]), (since: nil, value: [128]),
            ]),
            scope: .namespace,
            meaning: """
                The limit of the backlog that listen() asks for, applied at that moment: the \
                accept queue takes the smaller of the two, plus one.
                """,
            myth: """
                It takes effect at once. In fact: a listener keeps its old backlog until it calls \
                listen() again, and the setting never raises a small backlog of the application.
                """,
            risk: "Only memory; a long queue hides an application that accepts too slowly.",
            source: [
                "net/socket.c:__sys_listen",
                "net/socket.c:__sys_listen_socket",
            ]),
        Knob(
            "net.ipv4.tcp_max_syn_backlog", unit: .connections, type: .anyInt,
            initial: .computed("tcp_ehash_entries/128, at least 128: 2048 if that is 262144"),
            scope: .namespace,
            meaning: """
                Only with tcp_syncookies=0: the kernel drops SYNs of unproven peers when less than \
                a quarter of it is free. Otherwise the limit is the listener's backlog.
                """,
            myth:
                "It is the size of the SYN queue. In fact: the listener's backlog is; this counts only without SYN cookies.",
            source: ["net/ipv4/tcp_input.c:tcp_conn_request"]),
        Knob(
            "net.ipv4.tcp_syncookies", type: .byte, initial: .fixed([1]), scope: .namespace,
            meaning: """
                What happens to a SYN when more than backlog connections are half open: 1 answers \
                with a cookie and keeps no state, 0 drops it; 2 always sends cookies.
                """,
            myth: "It protects the accept queue. In fact: it affects only half-open connections.",
            risk: """
                With 0 a SYN flood locks clients out. A connection made with a cookie loses window \
                scaling and SACK if the client sends no timestamps.
                """,
            source: [
                "net/ipv4/tcp_input.c:tcp_syn_flood_action",
                "net/ipv4/syncookies.c:cookie_v4_check",
            ]),
        Knob(
            "net.ipv4.tcp_abort_on_overflow", type: .byte, initial: .fixed([0]), scope: .namespace,
            meaning: """
                If the final ACK of a handshake finds the accept queue full, 1 resets the client, \
                and 0 lets it try again.
                """,
            myth: "It answers SYNs with a RST. In fact: the kernel silently drops SYNs either way.",
            risk: "A short burst becomes hard failures that a retry would have hidden.",
            source: ["net/ipv4/tcp_minisocks.c:tcp_check_req"]),
        Knob(
            "net.ipv4.tcp_synack_retries", unit: .retries, type: .byte, initial: .fixed([5]),
            scope: .namespace,
            meaning: """
                How often the kernel resends an unanswered SYN-ACK; a half-open connection lives \
                2^(n+1) − 1 s: 63 s for 5. The kernel shortens the time when the queue is more \
                than half full.
                """,
            risk: "Low values drop clients on slow or lossy paths.",
            source: ["net/ipv4/inet_connection_sock.c:reqsk_timer_handler"]),
        Knob(
            "net.ipv4.tcp_migrate_req", type: .flag, initial: .fixed([0]), scope: .namespace,
            since: KernelRelease(5, 14),
            meaning: """
                When a SO_REUSEPORT listener closes, its half-open and unaccepted connections \
                move to another listener of the group instead of being reset.
                """,
            risk: "The other listeners must serve the same thing with the same socket options.",
            source: [
                "net/core/sock_reuseport.c:reuseport_migrate_sock",
                "net/ipv4/inet_connection_sock.c:inet_csk_listen_stop",
            ]),
        Knob(
            "net.ipv4.tcp_fastopen", type: .anyInt, initial: .fixed([1]), scope: .namespace,
            meaning: """
                A bitmap: 1 client, 2 server, 4 client without a cookie, 0x200 server without a \
                cookie, 0x400 all listeners. The SYN then carries data.
                """,
            risk: "The network may deliver a SYN twice: use it only for repeatable requests.",
            source: ["net/ipv4/tcp_fastopen.c:tcp_try_fastopen"]),
        Knob(
            "net.ipv4.tcp_fastopen_key", type: .word, initial: .computed("random, at first use"),
            scope: .namespace,
            meaning: "The keys that make and check Fast Open cookies; only root can read them.",
            risk: "Servers behind one address must share the keys, and keep them secret.",
            source: ["net/ipv4/sysctl_net_ipv4.c:proc_tcp_fastopen_key"]),
        Knob(
            "net.ipv4.tcp_fastopen_blackhole_timeout_sec", unit: .seconds, type: .nonNegativeInt,
            initial: .changed([
                // 5.14, and at once in the stable releases: 5.10.262 has it (measured).
                (since: KernelRelease(5, 10), value: [0]), (since: nil, value: [3600]),
            ]), scope: .namespace, since: KernelRelease(4, 12),
            meaning: """
                How long the kernel stops using Fast Open after a middlebox dropped it, doubling \
                each time; 0 never stops.
                """,
            source: ["net/ipv4/tcp_fastopen.c:tcp_fastopen_active_disable"]),
        Knob(
            "net.core.netdev_max_backlog", unit: .packets, type: .anyInt, initial: .fixed([1000]),
            scope: .host,
            meaning: """
                The input queue of each processor for loopback, veth and RPS; the kernel drops \
                what does not fit and counts it in the second column of softnet_stat.
                """,
            myth:
                "It is the network card's ring, or the SYN queue. In fact: no card's packets pass it unless RPS is on.",
            risk: "Long queues add latency.",
            source: ["net/core/dev.c:enqueue_to_backlog"]),
        Knob(
            "net.core.netdev_budget", unit: .packets, type: .anyInt, initial: .fixed([300]),
            scope: .host,
            meaning: """
                The maximum number of packets that one round of the receive softirq takes from all \
                devices.
                """,
            risk: "High values keep a processor away from its programs.",
            source: ["net/core/dev.c:net_rx_action"]),
        Knob(
            "net.core.netdev_budget_usecs", unit: .microseconds, type: .anyInt,
            initial: .computed("two jiffies: 8000 at HZ=250, 2000 at HZ=1000"), scope: .host,
            since: KernelRelease(4, 12),
            meaning: "The longest time of one round of the receive softirq.",
            source: ["net/core/dev.c:net_rx_action"]),
        Knob(
            "net.core.dev_weight", unit: .packets, type: .anyInt, initial: .fixed([64]),
            scope: .host,
            meaning: """
                The maximum number of packets that one processor's input queue delivers in one \
                poll.
                """,
            source: ["net/core/dev.c:process_backlog"]),
    ]
}
