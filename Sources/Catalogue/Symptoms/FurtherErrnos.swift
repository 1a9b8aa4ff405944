extension Symptom {
    /// What fails less often, or is mistaken for something else.
    static let furtherErrnos: [Symptom] = [
        Symptom(
            .errno, "EAGAIN",
            texts: ["resource temporarily unavailable"],
            meaning: """
                Two things. connect() to a Unix socket: the listener's queue is full. recv() or \
                send(): nothing came, or no room came free, in the time that SO_RCVTIMEO or \
                SO_SNDTIMEO allows; without a time limit it is no failure.
                """,
            causes: [
                Cause(
                    "The program behind the Unix socket (php-fpm, gunicorn) accepts too slowly for its backlog.",
                    id: "unix-queue-full"),
                Cause(
                    "The backlog of the Unix socket is cut to somaxconn.", id: "unix-backlog-cut",
                    rules: ["backlog-limited"]),
                Cause(
                    "The peer did not answer within the program's receive time limit.",
                    id: "receive-time-limit", rules: ["retransmitting"]),
                Cause(
                    "The queue of a Unix datagram socket is full (net.unix.max_dgram_qlen): its reader stands still.",
                    id: "datagram-queue"),
                Cause(
                    "Printed by a program that does not block: no failure.", id: "no-failure"),
            ],
            source: [
                "net/unix/af_unix.c:unix_stream_connect", "net/ipv4/tcp.c:tcp_recvmsg_locked",
            ]),
        Symptom(
            .errno, "EACCES",
            texts: ["permission denied"],
            meaning: """
                The connection or address was refused on this host: by a port below \
                ip_unprivileged_port_start, the rights of a Unix socket's file, SELinux, or a \
                route of type prohibit.
                """,
            causes: [
                Cause(
                    "bind() to a port below ip_unprivileged_port_start without CAP_NET_BIND_SERVICE.",
                    id: "low-port"),
                Cause(
                    "The file of the Unix socket may not be written by this user.",
                    id: "unix-rights"),
                Cause(
                    "SELinux or AppArmor forbids the connection: see the audit log.",
                    id: "security-module"),
                Cause("A route of type prohibit.", id: "route-prohibit"),
            ],
            source: ["net/ipv4/af_inet.c:__inet_bind", "net/ipv4/fib_semantics.c:fib_props"]),
        Symptom(
            .errno, "EPERM",
            texts: ["operation not permitted"],
            meaning: """
                A packet of this host was dropped on its way out by a filter, or a BPF program \
                refused the call. Nothing was sent.
                """,
            causes: [
                Cause(
                    "A rule of the OUTPUT chain drops or rejects it.", id: "output-filter"),
                Cause(
                    "A cgroup's BPF program (systemd's IPAddressDeny, Cilium) refuses it.",
                    id: "bpf"),
                Cause(
                    "The connection tracking table is full.", id: "table-full",
                    rules: ["conntrack-near-full", "conntrack-dropping"]),
            ],
            source: [
                "net/netfilter/core.c:nf_hook_slow",
                "net/ipv4/af_inet.c:inet_stream_connect",
            ]),
        Symptom(
            .errno, "ENETDOWN",
            texts: ["network is down"],
            meaning: "The interface that the packet would leave by is down.",
            causes: [
                Cause("The interface was set down, or its driver failed.", id: "interface-down")
            ],
            source: ["net/ipv4/fib_semantics.c:fib_check_nh"]),
        Symptom(
            .errno, "EHOSTDOWN",
            texts: ["host is down"],
            meaning: "A router answered that it does not know the host (ICMP host unknown).",
            causes: [
                Cause(
                    "A file system over the network (CIFS) says so of a server that does not answer.",
                    id: "cifs")
            ],
            source: ["net/ipv4/icmp.c:icmp_err_convert"]),
        Symptom(
            .errno, "EISCONN",
            texts: ["transport endpoint is already connected"],
            meaning: "connect() on a socket that is connected already: a fault of the program.",
            causes: [
                Cause("connect() was called again after it had succeeded.", id: "connected-twice")
            ],
            source: ["net/ipv4/af_inet.c:__inet_stream_connect"]),
        Symptom(
            .errno, "ENOTCONN",
            texts: ["transport endpoint is not connected"],
            meaning: """
                The socket is not connected, or no longer: shutdown() or getpeername() came after \
                the peer's RST.
                """,
            causes: [
                Cause(
                    "The peer reset the connection before the program asked for its address.",
                    id: "reset-before", rules: ["resets-high"])
            ],
            source: ["net/ipv4/af_inet.c:inet_shutdown", "net/ipv4/af_inet.c:inet_getname"]),
        Symptom(
            .errno, "EALREADY",
            texts: ["operation already in progress"],
            meaning: "connect() was called again while the first is still on its way: no failure.",
            causes: [
                Cause(
                    "The peer has not answered the SYN yet.", id: "syn-unanswered",
                    rules: ["syn-retransmitting"])
            ],
            source: ["net/ipv4/af_inet.c:__inet_stream_connect"]),
        Symptom(
            .errno, "EPROTO",
            texts: ["protocol error"],
            meaning: """
                A router answered that a header is wrong (ICMP parameter problem); accept() passes \
                on such an error of the connection it takes.
                """,
            causes: [
                Cause("A router or a middlebox refuses an option of the packets.", id: "icmp")
            ],
            source: ["net/ipv4/tcp_ipv4.c:tcp_v4_err"]),
        Symptom(
            .errno, "EAFNOSUPPORT",
            texts: ["address family not supported by protocol"],
            meaning: "The kernel has no such family of addresses, most often no IPv6.",
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
            meaning: "connect() to a Unix socket whose file is not there.",
            causes: [
                Cause("The service behind it is not started.", id: "not-started"),
                Cause(
                    "It listens by another path, or by TCP, or in another mount namespace.",
                    id: "another-path"),
            ],
            source: ["net/unix/af_unix.c:unix_find_bsd"]),
    ]
}
