extension Symptom {
    /// What system calls on TCP sockets fail with.
    static let errnos: [Symptom] = [
        Symptom(
            .errno, "EADDRNOTAVAIL",
            texts: [
                "cannot assign requested address", "can't assign requested address", "errno 99",
                "os error 99", "errno=99",
            ],
            meaning: """
                connect() found no free local port to this destination, or bind() was given an \
                address that the host does not have. Nothing was sent, and no counter of the \
                kernel shows it.
                """,
            causes: [
                Cause(
                    "All ports to one destination are in use, most of them in TIME_WAIT.",
                    id: "ports-used-up",
                    rules: ["ports-exhausting", "ports-slow", "ports-forecast"]),
                Cause(
                    "bind() before connect() took ports for every destination at once.",
                    id: "bound-ports-used-up",
                    rules: ["bind-before-connect"]),
                Cause(
                    """
                    A program chooses from a range of its own (bind(), IP_LOCAL_PORT_RANGE), and that is \
                    used up.
                    """,
                    id: "own-range",
                    rules: ["own-range-exhausting"]),
                Cause(
                    "The port range is narrow, or mostly reserved.", id: "range-narrow",
                    rules: ["port-range-narrow"]),
                Cause(
                    "TIME_WAIT ports cannot be reused: tcp_tw_reuse, or timestamps, are off.",
                    id: "reuse-off",
                    rules: ["reuse-disabled"]),
                Cause(
                    "Connections to 127.0.0.1 come faster than loopback reuse allows.",
                    id: "loopback-fast",
                    rules: ["loopback-exhausting"]),
                Cause(
                    "The address to bind is not (yet) on an interface; see ip_nonlocal_bind.",
                    id: "address-absent"),
            ],
            source: [
                "net/ipv4/inet_hashtables.c:__inet_hash_connect", "net/ipv4/af_inet.c:__inet_bind",
            ]),
        Symptom(
            .errno, "EADDRINUSE",
            texts: ["address already in use", "errno 98", "os error 98", "errno=98"],
            meaning: "bind() or listen() found the port taken by a socket that does not share it.",
            causes: [
                Cause(
                    "Another process listens on it, or an older one of the same service.",
                    id: "port-listened"),
                Cause(
                    "A service restarts without SO_REUSEADDR while its port is held in TIME_WAIT.",
                    id: "port-in-time-wait"),
                Cause(
                    "An outbound connection got the service's port from the automatic range.",
                    id: "port-taken-by-connection",
                    rules: ["port-range-overlaps-listener"]),
                Cause(
                    "bind(address, 0) before connect() used up the ports of that address.",
                    id: "bound-ports-used-up",
                    rules: ["bind-before-connect", "ports-exhausting"]),
            ],
            source: ["net/ipv4/inet_connection_sock.c:inet_csk_get_port"]),
        Symptom(
            .errno, "ECONNREFUSED",
            texts: ["connection refused", "errno 111", "os error 111", "errno=111"],
            meaning: """
                The SYN was answered by RST, or by ICMP port unreachable: nobody listens there, or a \
                filter rejects. Of a Unix socket: its file is there, and nobody listens on it.
                """,
            causes: [
                Cause(
                    "The service is down, or listens on another address, such as 127.0.0.1 only.",
                    id: "nothing-listens"),
                Cause(
                    """
                    A filter rejects with tcp-reset or with port-unreachable, the default of nft and \
                    iptables.
                    """,
                    id: "filter-rejects"),
                Cause(
                    "The host's resets rise with it when it is the server.", id: "resets-as-server",
                    rules: ["clients-refused", "resets-high"]),
                Cause(
                    "The file of a Unix socket was left behind by a program that no longer listens.",
                    id: "unix-stale"),
            ],
            source: ["net/ipv4/tcp_input.c:tcp_reset", "net/ipv4/tcp_ipv4.c:tcp_v4_err"]),
        Symptom(
            .errno, "ECONNRESET",
            texts: ["connection reset by peer", "errno 104", "os error 104", "errno=104"],
            meaning: """
                The peer, or something on the path, ended the connection by RST. Programs also say \
                so where the peer closed it by FIN before it had answered.
                """,
            causes: [
                Cause(
                    "The peer closed an idle kept-alive connection just as this side used it again.",
                    id: "idle-closed-by-peer"
                ),
                Cause(
                    "The peer closed with data it had not read, or with SO_LINGER 0.",
                    id: "unread-data",
                    rules: ["resets-high"]),
                Cause(
                    "The accept queue was full and tcp_abort_on_overflow is on.",
                    id: "abort-on-overflow",
                    rules: ["queue-overflowing"]),
                Cause(
                    "A firewall, NAT or load balancer forgot the connection while it was idle.",
                    id: "tracking-forgot",
                    rules: ["conntrack-near-full", "conntrack-dropping"]),
                Cause(
                    "The host had too many orphans or no TCP memory left.", id: "aborts-on-memory",
                    rules: ["orphans-near-limit", "memory-pressure"]),
                Cause(
                    "The peer closed without an answer: its process ended, or met a limit of its own.",
                    id: "closed-unanswered"),
            ],
            source: ["net/ipv4/tcp_input.c:tcp_reset"]),
        Symptom(
            .errno, "ETIMEDOUT",
            texts: ["connection timed out", "errno 110", "os error 110", "errno=110"],
            meaning: """
                No answer for as long as tcp_syn_retries (connect), tcp_retries2 (data) or \
                keepalive wait. Most programs give up sooner, by a time limit of their own.
                """,
            causes: [
                Cause(
                    "SYNs are not answered: the path drops them, or the peer's accept queue is full.",
                    id: "syn-unanswered",
                    rules: ["syn-retransmitting", "queue-overflowing"]),
                Cause(
                    "Packets are dropped because the connection tracking table is full.",
                    id: "tracking-full",
                    rules: ["conntrack-dropping", "conntrack-near-full"]),
                Cause(
                    "The path or the peer is gone.", id: "path-gone",
                    rules: ["peers-silent", "retransmitting"]),
                Cause(
                    "Keepalive probes of an idle connection got no answer.",
                    id: "keepalive-unanswered", rules: ["peers-silent"]),
                Cause(
                    "The peer is there and does not read: what is sent waits in this host's buffers.",
                    id: "peer-not-reading", rules: ["peers-not-reading"]),
                Cause(
                    "This host drops what comes: its firewall, rp_filter, signatures, checksums.",
                    id: "dropped-here", rules: ["segments-dropped", "clients-refused"]),
                Cause(
                    "The connection's local address was taken from this host.", id: "address-gone",
                    rules: ["address-gone"]),
                Cause(
                    "The loopback interface is down.", id: "loopback-down",
                    rules: ["loopback-down"]),
                Cause(
                    "NAT mixes clients whose timestamps differ: old ones are refused in TIME_WAIT.",
                    id: "paws",
                    rules: ["paws-rejecting"]),
                Cause(
                    "The program's own time limit ran out: the server is slow to accept or to answer.",
                    id: "own-time-limit", rules: ["queue-overflowing"]),
            ],
            source: ["net/ipv4/tcp_timer.c:tcp_write_err"]),
        Symptom(
            .errno, "EMFILE",
            texts: ["too many open files", "errno 24", "os error 24", "errno=24"],
            meaning: """
                The process has reached its own limit of descriptors (RLIMIT_NOFILE). accept() \
                fails, and the connection stays in the accept queue.
                """,
            causes: [
                Cause(
                    "The limit is lower than the connections wanted.", id: "descriptor-limit",
                    rules: ["descriptors-near-limit"]),
                Cause(
                    "The program does not close what its peers closed.", id: "close-wait",
                    rules: ["close-wait-leak"]),
                Cause(
                    "A limit of its own is reached first, such as nginx's worker_connections.",
                    id: "worker-connections"),
            ],
            source: ["fs/file.c:alloc_fd"]),
        Symptom(
            .errno, "ENFILE",
            texts: [
                "too many open files in system", "file table overflow", "vfs: file-max limit",
                "errno 23", "os error 23", "errno=23",
            ],
            meaning: "The whole host has reached fs.file-max.",
            causes: [
                Cause(
                    "Many processes hold many descriptors, or one leaks.", id: "file-table",
                    rules: ["files-near-limit"]),
                Cause(
                    "fs.file-max was lowered by an old sysctl file.", id: "file-max-lowered",
                    rules: ["files-near-limit"]),
            ],
            source: ["fs/file_table.c:alloc_empty_file"]),
        Symptom(
            .errno, "ENOBUFS",
            texts: ["no buffer space available", "errno 105", "os error 105", "errno=105"],
            meaning:
                "A buffer or queue of the kernel had no room: device queue, netlink socket, memory.",
            causes: [
                Cause("A netlink listener reads too slowly and lost events.", id: "netlink-slow"),
                Cause(
                    "The neighbour table is full, so the packet had nowhere to go.",
                    id: "neighbour-table"),
                Cause(
                    "Socket memory is at its limit.", id: "tcp-memory", rules: ["memory-pressure"]),
            ],
            source: [
                "net/netlink/af_netlink.c:netlink_overrun",
                "net/ipv4/ip_output.c:ip_finish_output2",
            ]),
        Symptom(
            .errno, "ENOMEM",
            texts: ["cannot allocate memory", "errno 12", "os error 12", "errno=12"],
            meaning:
                "The kernel, or the cgroup of the process, had no memory for the socket or its data.",
            causes: [
                Cause(
                    "TCP memory of the host is used up.", id: "tcp-memory",
                    rules: ["memory-pressure"]),
                Cause("The cgroup's memory limit counts socket buffers too.", id: "cgroup-memory"),
            ],
            source: ["net/core/sock.c:__sk_mem_raise_allocated"]),
        Symptom(
            .errno, "EPIPE",
            texts: ["broken pipe", "errno 32", "os error 32", "errno=32"],
            meaning:
                "Data was written to a connection that this side had shut, or that a reset had ended.",
            causes: [
                Cause(
                    "The peer closed early; the first write drew an RST, the next one met this.",
                    id: "peer-closed-early"),
                Cause(
                    "The client gave up waiting for a slow response.", id: "client-gave-up",
                    rules: ["resets-high"]),
            ],
            source: ["net/core/stream.c:sk_stream_error"]),
        Symptom(
            .errno, "EHOSTUNREACH",
            texts: ["no route to host", "errno 113", "os error 113", "errno=113"],
            meaning: "A router or the local neighbour lookup said that the host cannot be reached.",
            causes: [
                Cause(
                    "The host is down, so that ARP or neighbour discovery got no answer.",
                    id: "neighbour-silent"),
                Cause(
                    "A filter rejects with host-unreachable, host-prohibited or admin-prohibited.",
                    id: "filter-rejects"),
            ],
            source: ["net/ipv4/tcp_ipv4.c:tcp_v4_err", "net/ipv4/route.c:ipv4_link_failure"]),
        Symptom(
            .errno, "ENETUNREACH",
            texts: ["network is unreachable", "errno 101", "os error 101", "errno=101"],
            meaning: "There is no route to the destination.",
            causes: [
                Cause(
                    "The default route, or IPv6, is missing in this network namespace.",
                    id: "no-route"),
                Cause(
                    "The loopback interface is down.", id: "loopback-down",
                    rules: ["loopback-down"]),
            ],
            source: ["net/ipv4/route.c:ip_route_output_key_hash_rcu"]),
        Symptom(
            .errno, "ECONNABORTED",
            texts: [
                "software caused connection abort", "errno 103", "os error 103", "errno=103",
            ],
            meaning: "The connection was destroyed on this host.",
            causes: [
                Cause(
                    "A daemon, a container runtime or `ss -K` destroyed it (SOCK_DESTROY).",
                    id: "socket-destroyed"),
                Cause(
                    "Runtimes also call a connection so that was reset before accept().",
                    id: "reset-before-accept"),
            ],
            source: ["net/ipv4/tcp.c:tcp_abort"]),
        Symptom(
            .errno, "EINPROGRESS",
            texts: ["operation now in progress", "errno 115", "os error 115", "errno=115"],
            meaning: "A connect() that does not block has begun: no failure.",
            causes: [
                Cause(
                    "Logged as an error, it means that the program's own timeout ran out in SYN_SENT.",
                    id: "syn-unanswered",
                    rules: ["syn-retransmitting"])
            ],
            source: ["net/ipv4/af_inet.c:__inet_stream_connect"]),
    ]
}
