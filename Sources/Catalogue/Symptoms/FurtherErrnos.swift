import Model

extension Symptom {
    /// Errors that are less frequent, or mistaken for something else.
    static let furtherErrnos: [Symptom] = [
        Symptom(
            .errno, "EMSGSIZE",
            texts: ["message too long", "errno 90", "os error 90", "errno=90"],
            meaning: """
                A datagram is longer than the socket or the path takes, and may not be split. TCP \
                never returns it: it splits its data itself.
                """,
            causes: [
                Cause(
                    "The path's MTU is smaller than the datagram, whose DF bit is set.",
                    id: "datagram-too-long")
            ],
            source: ["net/ipv4/ip_output.c:__ip_append_data", "net/ipv4/udp.c:udp_sendmsg"]),
        Symptom(
            .errno, "ENOPROTOOPT",
            texts: ["protocol not available", "errno 92", "os error 92", "errno=92"],
            meaning:
                "setsockopt() or getsockopt() asked for an option that this kernel does not have.",
            causes: [
                Cause(
                    "The program is written for a newer kernel, or for another protocol.",
                    id: "option-missing")
            ],
            source: ["net/ipv4/tcp.c:do_tcp_setsockopt"]),
        Symptom(
            .errno, "EAGAIN",
            texts: ["resource temporarily unavailable"],
            meaning: """
                It means two things. connect() to a Unix socket: the listener's queue is full. \
                recv() or send(): no data arrived, or no room became free, in the time that \
                SO_RCVTIMEO or SO_SNDTIMEO allows; without a time limit it is no failure.
                """,
            causes: [
                Cause(
                    "The program behind the Unix socket (php-fpm, gunicorn) accepts too slowly for its backlog.",
                    id: "unix-queue-full"),
                Cause(
                    "somaxconn cuts the backlog of the Unix socket.", id: "unix-backlog-cut",
                    rules: [.backlogLimited]),
                Cause(
                    "The peer did not answer within the program's receive time limit.",
                    id: "receive-time-limit", rules: [.retransmitting]),
                Cause(
                    """
                    The queue of a Unix datagram socket is full (net.unix.max_dgram_qlen): its \
                    reader does not read.
                    """,
                    id: "datagram-queue"),
                Cause(
                    "A program with non-blocking sockets printed it: it is no failure.",
                    id: "no-failure"),
            ],
            source: [
                "net/unix/af_unix.c:unix_stream_connect", "net/ipv4/tcp.c:tcp_recvmsg_locked",
            ]),
        Symptom(
            .errno, "EACCES",
            texts: ["permission denied"],
            meaning: """
                This host refused the connection or address: because of a port below \
                ip_unprivileged_port_start, the permissions of a Unix socket's file, SELinux, or a \
                route of type prohibit.
                """,
            causes: [
                Cause(
                    """
                    bind() used a port below ip_unprivileged_port_start without \
                    CAP_NET_BIND_SERVICE.
                    """,
                    id: "low-port"),
                Cause(
                    "This user may not write to the file of the Unix socket.",
                    id: "unix-rights"),
                Cause(
                    "SELinux or AppArmor forbids the connection: see the audit log.",
                    id: "security-module"),
                Cause("The route has type prohibit.", id: "route-prohibit"),
            ],
            source: ["net/ipv4/af_inet.c:__inet_bind", "net/ipv4/fib_semantics.c:fib_props"]),
        Symptom(
            .errno, "EPERM",
            texts: ["operation not permitted"],
            meaning: """
                A filter dropped a packet of this host on its way out, or a BPF program refused \
                the call. Nothing was sent.
                """,
            causes: [
                Cause(
                    "A rule of the OUTPUT chain drops or rejects it.", id: "output-filter"),
                Cause(
                    "A cgroup's BPF program (systemd's IPAddressDeny, Cilium) refuses it.",
                    id: "bpf"),
                Cause(
                    "The connection tracking table is full.", id: "table-full",
                    rules: [.conntrackNearFull, .conntrackDropping]),
            ],
            source: [
                "net/netfilter/core.c:nf_hook_slow",
                "net/ipv4/af_inet.c:inet_stream_connect",
            ]),
        Symptom(
            .errno, "ENETDOWN",
            texts: ["network is down"],
            meaning: "The outgoing interface of the packet is down.",
            causes: [
                Cause(
                    "Somebody set the interface down, or its driver failed.", id: "interface-down")
            ],
            source: ["net/ipv4/fib_semantics.c:fib_check_nh"]),
        Symptom(
            .errno, "EHOSTDOWN",
            texts: ["host is down"],
            meaning: "A router answered that it does not know the host (ICMP host unknown).",
            causes: [
                Cause(
                    "A network file system (CIFS) reports a server that does not answer.",
                    id: "cifs")
            ],
            source: ["net/ipv4/icmp.c:icmp_err_convert"]),
        Symptom(
            .errno, "EISCONN",
            texts: ["transport endpoint is already connected"],
            meaning: """
                The program called connect() on a socket that is already connected: its own fault.
                """,
            causes: [
                Cause(
                    "The program called connect() again after it had succeeded.",
                    id: "connected-twice")
            ],
            source: ["net/ipv4/af_inet.c:__inet_stream_connect"]),
        Symptom(
            .errno, "ENOTCONN",
            texts: ["transport endpoint is not connected"],
            meaning: """
                The socket is not connected, or no longer connected: the program called shutdown() \
                or getpeername() after the peer's RST.
                """,
            causes: [
                Cause(
                    "The peer reset the connection before the program asked for its address.",
                    id: "reset-before", rules: [.resetsHigh])
            ],
            source: ["net/ipv4/af_inet.c:inet_shutdown", "net/ipv4/af_inet.c:inet_getname"]),
        Symptom(
            .errno, "EALREADY",
            texts: ["operation already in progress"],
            meaning: """
                The program called connect() again while the first is still in progress: it is no \
                failure.
                """,
            causes: [
                Cause(
                    "The peer has not answered the SYN yet.", id: "syn-unanswered",
                    rules: [.synRetransmitting])
            ],
            source: ["net/ipv4/af_inet.c:__inet_stream_connect"]),
        Symptom(
            .errno, "EPROTO",
            texts: ["protocol error"],
            meaning: """
                A router answered that a header is wrong (ICMP parameter problem); accept() passes \
                such an error of its connection on.
                """,
            causes: [
                Cause("A router or a middlebox refuses an option of the packets.", id: "icmp")
            ],
            source: ["net/ipv4/tcp_ipv4.c:tcp_v4_err"]),
        Symptom(
            .errno, "EAFNOSUPPORT",
            texts: ["address family not supported by protocol"],
            meaning: "The kernel does not have this address family, most often IPv6.",
            causes: [
                Cause(
                    "IPv6 is off (ipv6.disable=1), and the program asks for [::].",
                    id: "ipv6-off"),
                Cause(
                    "A sandbox (systemd's RestrictAddressFamilies, seccomp) forbids the family.",
                    id: "sandbox"),
            ],
            source: ["net/socket.c:__sock_create"]),
        Symptom(
            .errno, "ENOENT",
            texts: ["no such file or directory"],
            meaning: "The file of the Unix socket that connect() wants does not exist.",
            causes: [
                Cause("The service behind it is not running.", id: "not-started"),
                Cause(
                    "The service listens at another path, over TCP, or in another mount namespace.",
                    id: "another-path"),
            ],
            source: ["net/unix/af_unix.c:unix_find_bsd"]),
    ]
}
