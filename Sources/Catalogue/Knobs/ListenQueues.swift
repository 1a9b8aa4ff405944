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
                The ceiling of the backlog that listen() asks for, applied at that moment: the \
                accept queue holds the smaller of the two, plus one.
                """,
            myth: """
                It takes effect at once. A listener keeps its old backlog until it calls listen() \
                again; and it never lifts a small backlog of the application.
                """,
            risk: "Memory only; a long queue hides an application that accepts too slowly.",
            source: [
                "net/socket.c:__sys_listen",
                "net/socket.c:__sys_listen_socket",
            ]),
        Knob(
            "net.ipv4.tcp_max_syn_backlog", unit: .connections, type: .anyInt,
            initial: .computed("tcp_ehash_entries/128, at least 128: 2048 where that is 262144"),
            scope: .namespace,
            meaning: """
                With tcp_syncookies=0 only: SYNs of peers not known to be alive are dropped when \
                less than a quarter of it is free. Otherwise the limit is the listener's backlog.
                """,
            myth: "It is the size of the SYN queue.",
            source: ["net/ipv4/tcp_input.c:tcp_conn_request"]),
        Knob(
            "net.ipv4.tcp_syncookies", type: .byte, initial: .fixed([1]), scope: .namespace,
            meaning: """
                What happens to a SYN when more than backlog connections are half open: 1 answers \
                with a cookie and keeps no state, 0 drops it; 2 always sends cookies.
                """,
            myth: "It protects the accept queue. It acts on half-open connections alone.",
            risk: """
                0 lets a flood of SYNs shut clients out. A connection made by cookie loses window \
                scaling and SACK where the client sends no timestamps.
                """,
            source: [
                "net/ipv4/tcp_input.c:tcp_syn_flood_action",
                "net/ipv4/syncookies.c:cookie_v4_check",
            ]),
        Knob(
            "net.ipv4.tcp_abort_on_overflow", type: .byte, initial: .fixed([0]), scope: .namespace,
            meaning: """
                1: when the final ACK of a handshake finds the accept queue full, the client is \
                reset; 0: it is left to try again.
                """,
            myth: "It answers SYNs with RST. They are dropped in silence either way.",
            risk: "A short burst becomes hard failures that a retry would have hidden.",
            source: ["net/ipv4/tcp_minisocks.c:tcp_check_req"]),
        Knob(
            "net.ipv4.tcp_synack_retries", unit: .retries, type: .byte, initial: .fixed([5]),
            scope: .namespace,
            meaning: """
                How often an unanswered SYN-ACK is sent again; a half-open connection lives \
                2^(n+1) − 1 s: 63 s for 5. Shortened by itself when the queue is more than half \
                full.
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
                cookie, 0x400 all listeners. Data then travels in the SYN.
                """,
            risk: "A SYN may be delivered twice: only for requests that may be repeated.",
            source: ["net/ipv4/tcp_fastopen.c:tcp_try_fastopen"]),
        Knob(
            "net.ipv4.tcp_fastopen_key", type: .word, initial: .computed("random, at first use"),
            scope: .namespace,
            meaning: "The keys that make and check Fast Open cookies; readable by root only.",
            risk: "Servers behind one address must share it, and it must stay secret.",
            source: ["net/ipv4/sysctl_net_ipv4.c:proc_tcp_fastopen_key"]),
        Knob(
            "net.ipv4.tcp_fastopen_blackhole_timeout_sec", unit: .seconds, type: .nonNegativeInt,
            initial: .changed([
                // 5.14, and at once in the stable releases: 5.10.262 has it (measured).
                (since: KernelRelease(5, 10), value: [0]), (since: nil, value: [3600]),
            ]), scope: .namespace, since: KernelRelease(4, 12),
            meaning: """
                How long Fast Open rests after a middlebox was seen to swallow it, doubling each \
                time; 0 never rests.
                """,
            source: ["net/ipv4/tcp_fastopen.c:tcp_fastopen_active_disable"]),
        Knob(
            "net.core.netdev_max_backlog", unit: .packets, type: .anyInt, initial: .fixed([1000]),
            scope: .host,
            meaning: """
                The input queue of each processor for loopback, veth and RPS; what does not fit \
                is dropped and counted in the second column of softnet_stat.
                """,
            myth: "It is the network card's ring, or the queue of SYNs.",
            risk: "Long queues are latency.",
            source: ["net/core/dev.c:enqueue_to_backlog"]),
        Knob(
            "net.core.netdev_budget", unit: .packets, type: .anyInt, initial: .fixed([300]),
            scope: .host,
            meaning: "The most packets one round of the receive softirq takes from all devices.",
            risk: "High values keep a processor from its programs.",
            source: ["net/core/dev.c:net_rx_action"]),
        Knob(
            "net.core.netdev_budget_usecs", unit: .microseconds, type: .anyInt,
            initial: .computed("two jiffies: 8000 at HZ=250, 2000 at HZ=1000"), scope: .host,
            since: KernelRelease(4, 12),
            meaning: "The longest that one round of the receive softirq takes.",
            source: ["net/core/dev.c:net_rx_action"]),
        Knob(
            "net.core.dev_weight", unit: .packets, type: .anyInt, initial: .fixed([64]),
            scope: .host,
            meaning: "The most packets that one processor's input queue delivers in one poll.",
            source: ["net/core/dev.c:process_backlog"]),
    ]
}
