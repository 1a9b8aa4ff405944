import Model

extension Symptom {
    /// What programs report about their own limits and states, for which the kernel has no errno.
    static let programs: [Symptom] = [
        Symptom(
            .program, "program-connection-limit",
            texts: ["too many clients already"],
            meaning: """
                The program has reached its own limit: workers, clients or a pool. The kernel \
                still accepts connections for it, and they wait in the accept queue.
                """,
            causes: [
                Cause(
                    "Requests take longer than before: a database or upstream is slow.",
                    id: "slow-requests"),
                Cause(
                    """
                    The limit is lower than the number of clients (worker_connections, \
                    max_children, max_connections).
                    """,
                    id: "limit-low"),
                Cause(
                    "Clients open connections and do not close them, or their pools are too large.",
                    id: "idle-clients"),
                Cause(
                    "Meanwhile the accept queue fills.", id: "queue-fills",
                    rules: [.queueOverflowing]),
            ],
            source: ["net/ipv4/inet_connection_sock.c:inet_csk_accept"]),
        Symptom(
            .program, "no-live-upstreams",
            texts: ["no live upstreams"],
            meaning: """
                A proxy has no server left: all failed its checks, or connections to them just \
                failed. The lines before this one show the errno.
                """,
            causes: [
                Cause("The servers are down or refuse connections.", id: "servers-down"),
                Cause(
                    "connect() found no free port, and the proxy took that for a failed server.",
                    id: "no-ports", rules: [.portsExhausting, .portsSlow]),
                Cause(
                    "The servers answer too late: their accept queues are full.",
                    id: "servers-slow", rules: [.queueOverflowing, .synRetransmitting]),
            ],
            source: ["net/ipv4/tcp_input.c:tcp_rcv_synsent_state_process"]),
        Symptom(
            .program, "closed-by-program",
            texts: ["use of closed network connection"],
            meaning: """
                The program itself had closed the socket and used it again; the network did not \
                fail.
                """,
            causes: [
                Cause(
                    "Another thread closed it: a time limit, a shutdown, a pool that removed it.",
                    id: "own-close")
            ],
            source: ["net/socket.c:sock_close"]),
        Symptom(
            .program, "client-silent",
            texts: ["timeout before authentication"],
            meaning: """
                The program closed a connection because its client sent nothing for as long as the \
                program waits. No SYN was lost: the connection was there.
                """,
            causes: [
                Cause(
                    "The client is idle, or holds the connection in a pool and does not use it.",
                    id: "idle-clients"),
                Cause(
                    "The path to the client, or the client itself, is gone.", id: "path-gone",
                    rules: [.peersSilent, .retransmitting]),
            ],
            source: ["net/ipv4/tcp.c:tcp_recvmsg_locked"]),
    ]
}
