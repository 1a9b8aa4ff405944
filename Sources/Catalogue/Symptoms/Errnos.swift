import Model

extension Symptom {
    /// The errors of system calls on TCP sockets.
    static let errnos: [Symptom] = [
        Symptom(
            .errno, "EADDRNOTAVAIL",
            texts: [
                "cannot assign requested address", "can't assign requested address", "errno 99",
                "os error 99", "errno=99",
            ],
            meaning: """
                connect() found no free local port for this destination, or bind() got an address \
                that the host does not have. Nothing was sent, and no kernel counter shows it.
                """,
            causes: [
                Cause(
                    "All ports to one destination are in use, most of them in TIME_WAIT.",
                    id: "ports-used-up",
                    rules: [.portsExhausting, .portsSlow, .portsForecast]),
                Cause(
                    "bind() before connect() took each port for all destinations.",
                    id: "bound-ports-used-up",
                    rules: [.bindBeforeConnect]),
                Cause(
                    """
                    A program chooses from its own range (bind(), IP_LOCAL_PORT_RANGE), and that \
                    range is used up.
                    """,
                    id: "own-range",
                    rules: [.ownRangeExhausting]),
                Cause(
                    "The port range is narrow, or mostly reserved.", id: "range-narrow",
                    rules: [.portRangeNarrow]),
                Cause(
                    "connect() cannot reuse TIME_WAIT ports: tcp_tw_reuse or timestamps are off.",
                    id: "reuse-off",
                    rules: [.reuseDisabled]),
                Cause(
                    "Programs of this host connect to each other faster than their ports come free.",
                    id: "loopback-fast",
                    rules: [.loopbackExhausting]),
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
            meaning: """
                A socket that does not share the port holds the port that bind() or listen() \
                wants.
                """,
            causes: [
                Cause(
                    "Another process, or an older one of the same service, listens on it.",
                    id: "port-listened"),
                Cause(
                    "A service restarts without SO_REUSEADDR while its port is in TIME_WAIT.",
                    id: "port-in-time-wait"),
                Cause(
                    "An outgoing connection got the service's port from the automatic range.",
                    id: "port-taken-by-connection",
                    rules: [.portRangeOverlapsListener]),
                Cause(
                    "bind(address, 0) before connect() used up the ports of that address.",
                    id: "bound-ports-used-up",
                    rules: [.bindBeforeConnect, .portsExhausting]),
            ],
            source: ["net/ipv4/inet_connection_sock.c:inet_csk_get_port"]),
        Symptom(
            .errno, "ECONNREFUSED",
            texts: ["connection refused", "errno 111", "os error 111", "errno=111"],
            meaning: """
                A RST or ICMP port unreachable answered the SYN: no program listens on the port, \
                or a filter rejects. For a Unix socket: its file exists, but no program listens on \
                it.
                """,
            causes: [
                Cause(
                    "The service is down, or listens only on another address, such as 127.0.0.1.",
                    id: "nothing-listens"),
                Cause(
                    """
                    A filter rejects with tcp-reset or with port-unreachable, the default of nft and \
                    iptables.
                    """,
                    id: "filter-rejects"),
                Cause(
                    "This host is the server and sends the resets: its reset counters grow too.",
                    id: "resets-as-server",
                    rules: [.clientsRefused, .resetsHigh]),
                Cause(
                    "A program that no longer listens left the file of its Unix socket behind.",
                    id: "unix-stale"),
            ],
            source: ["net/ipv4/tcp_input.c:tcp_reset", "net/ipv4/tcp_ipv4.c:tcp_v4_err"]),
        Symptom(
            .errno, "ECONNRESET",
            texts: [
                "connection reset by peer", "errno 104", "os error 104", "errno=104",
                "got error 104",
            ],
            meaning: """
                The peer, or something on the path, ended the connection with a RST. Programs also \
                say so if the peer closed with a FIN before it answered.
                """,
            causes: [
                Cause(
                    """
                    The peer closed an idle keep-alive connection just as this host used it again.
                    """,
                    id: "idle-closed-by-peer"
                ),
                Cause(
                    "The peer closed with unread data, or with SO_LINGER 0.",
                    id: "unread-data",
                    rules: [.resetsHigh]),
                Cause(
                    "The accept queue was full and tcp_abort_on_overflow is on.",
                    id: "abort-on-overflow",
                    rules: [.queueOverflowing]),
                Cause(
                    "A firewall, NAT or load balancer forgot the connection while it was idle.",
                    id: "tracking-forgot",
                    rules: [.conntrackNearFull, .conntrackDropping]),
                Cause(
                    "The host had too many orphans or no TCP memory left.", id: "aborts-on-memory",
                    rules: [.orphansNearLimit, .memoryPressure]),
                Cause(
                    """
                    The peer closed without an answer: its process ended, or reached its own \
                    limit.
                    """,
                    id: "closed-unanswered"),
            ],
            source: ["net/ipv4/tcp_input.c:tcp_reset"]),
        Symptom(
            .errno, "ETIMEDOUT",
            texts: ["connection timed out", "errno 110", "os error 110", "errno=110"],
            meaning: """
                No answer came for as long as tcp_syn_retries (connect), tcp_retries2 (data) or \
                keepalive wait. Most programs have their own time limit and give up sooner.
                """,
            causes: [
                Cause(
                    "SYNs get no answer: the path drops them, or the peer's accept queue is full.",
                    id: "syn-unanswered",
                    rules: [.synRetransmitting, .queueOverflowing]),
                Cause(
                    "The kernel drops packets because the connection tracking table is full.",
                    id: "tracking-full",
                    rules: [.conntrackDropping, .conntrackNearFull]),
                Cause(
                    "The path or the peer is gone.", id: "path-gone",
                    rules: [.peersSilent, .retransmitting]),
                Cause(
                    "Keepalive probes of an idle connection got no answer.",
                    id: "keepalive-unanswered", rules: [.peersSilent]),
                Cause(
                    "The peer is there but does not read: sent data waits in this host's buffers.",
                    id: "peer-not-reading", rules: [.peersNotReading]),
                Cause(
                    "This host drops what arrives: its firewall, rp_filter, signatures, checksums.",
                    id: "dropped-here", rules: [.segmentsDropped, .clientsRefused]),
                Cause(
                    "The connection's local address was removed from this host.",
                    id: "address-gone",
                    rules: [.addressGone]),
                Cause(
                    "The loopback interface is down.", id: "loopback-down",
                    rules: [.loopbackDown]),
                Cause(
                    "NAT mixes clients with different timestamps: TIME_WAIT refuses older ones.",
                    id: "paws",
                    rules: [.pawsRejecting]),
                Cause(
                    "The program's own time limit ran out: the server is slow to accept or to answer.",
                    id: "own-time-limit", rules: [.queueOverflowing]),
                Cause(
                    "The program behind a Unix socket does not accept: its clients wait.",
                    id: "unix-queue-full", rules: [.unixQueueOverflowing]),
            ],
            source: [
                "net/ipv4/tcp_timer.c:tcp_write_err", "net/unix/af_unix.c:unix_stream_connect",
            ]),
        Symptom(
            .errno, "EMFILE",
            texts: ["too many open files", "errno 24", "os error 24", "errno=24"],
            meaning: """
                The process has reached its own descriptor limit (RLIMIT_NOFILE). accept() fails, \
                and the connection stays in the accept queue.
                """,
            causes: [
                Cause(
                    "The limit is lower than the number of connections.", id: "descriptor-limit",
                    rules: [.descriptorsNearLimit]),
                Cause(
                    "The program does not close connections that its peers closed.",
                    id: "close-wait",
                    rules: [.closeWaitLeak]),
                Cause(
                    "The program reaches its own limit first, such as nginx's worker_connections.",
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
                    "Many processes have many open descriptors, or one process leaks them.",
                    id: "file-table",
                    rules: [.filesNearLimit]),
                Cause(
                    "An old sysctl file lowers fs.file-max.", id: "file-max-lowered",
                    rules: [.filesNearLimit]),
            ],
            source: ["fs/file_table.c:alloc_empty_file"]),
        Symptom(
            .errno, "ENOBUFS",
            texts: ["no buffer space available", "errno 105", "os error 105", "errno=105"],
            meaning:
                "A kernel buffer or queue had no room: device queue, netlink socket, memory.",
            causes: [
                Cause("A netlink listener reads too slowly and lost events.", id: "netlink-slow"),
                Cause(
                    "The neighbour table is full, so the kernel could not send the packet.",
                    id: "neighbour-table"),
                Cause(
                    "Socket memory is at its limit.", id: "tcp-memory", rules: [.memoryPressure]),
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
                    "The host's TCP memory is used up.", id: "tcp-memory",
                    rules: [.memoryPressure]),
                Cause("The cgroup's memory limit counts socket buffers too.", id: "cgroup-memory"),
            ],
            source: ["net/core/sock.c:__sk_mem_raise_allocated"]),
        Symptom(
            .errno, "EPIPE",
            texts: ["broken pipe", "errno 32", "os error 32", "errno=32"],
            meaning:
                """
                The program wrote data to a connection that this host had shut down, or that a \
                reset had ended.
                """,
            causes: [
                Cause(
                    """
                    The peer closed early; the first write got a RST, the next one got this error.
                    """,
                    id: "peer-closed-early"),
                Cause(
                    "The client gave up waiting for a slow response.", id: "client-gave-up",
                    rules: [.resetsHigh]),
            ],
            source: ["net/core/stream.c:sk_stream_error"]),
        Symptom(
            .errno, "EHOSTUNREACH",
            texts: ["no route to host", "errno 113", "os error 113", "errno=113"],
            meaning: "A router or the local neighbour lookup said that the host cannot be reached.",
            causes: [
                Cause(
                    "The host is down, so ARP or neighbour discovery got no answer.",
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
                    rules: [.loopbackDown]),
            ],
            source: ["net/ipv4/route.c:ip_route_output_key_hash_rcu"]),
        Symptom(
            .errno, "ECONNABORTED",
            texts: [
                "software caused connection abort", "errno 103", "os error 103", "errno=103",
            ],
            meaning: "A program on this host destroyed the connection.",
            causes: [
                Cause(
                    "A daemon, a container runtime or `ss -K` destroyed it (SOCK_DESTROY).",
                    id: "socket-destroyed"),
                Cause(
                    "Runtimes also report it for a connection that was reset before accept().",
                    id: "reset-before-accept"),
            ],
            source: ["net/ipv4/tcp.c:tcp_abort"]),
        Symptom(
            .errno, "EINPROGRESS",
            texts: ["operation now in progress", "errno 115", "os error 115", "errno=115"],
            meaning: "A non-blocking connect() has begun: it is no failure.",
            causes: [
                Cause(
                    "Logged as an error, it means that the program's own timeout ran out in SYN_SENT.",
                    id: "syn-unanswered",
                    rules: [.synRetransmitting])
            ],
            source: ["net/ipv4/af_inet.c:__inet_stream_connect"]),
    ]
}
