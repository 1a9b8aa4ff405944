import Model

extension Symptom {
    /// What the kernel itself logs.
    static let logLines: [Symptom] = [
        Symptom(
            .log, "conntrack-table-full",
            texts: [
                "nf_conntrack: table full", "ip_conntrack: table full",
                "table full, dropping packet",
            ],
            meaning: """
                Connection tracking has reached nf_conntrack_max: the kernel drops packets that \
                would start a new connection, while existing connections continue.
                """,
            causes: [
                Cause(
                    "There are more connections at once than the table has room for.",
                    id: "tracking-full",
                    rules: [.conntrackNearFull, .conntrackDropping]),
                Cause(
                    "Closed connections stay in tracking's TIME_WAIT for 120 s, TCP's own is 60 s.",
                    id: "tracking-closed",
                    rules: [.conntrackTimewaitLonger]),
                Cause(
                    """
                    Connections whose end tracking did not see stay for five days \
                    (timeout_established).
                    """,
                    id: "tracking-stale",
                    rules: [.conntrackNearFull]),
            ],
            source: ["net/netfilter/nf_conntrack_core.c:__nf_conntrack_alloc"]),
        Symptom(
            .log, "syn-flooding",
            texts: ["possible syn flooding on port"],
            meaning: """
                More connections were half open than the listener's backlog allows. The kernel \
                logs it once for each listener, whatever follows; most often the cause is load, \
                not an attack.
                """,
            causes: [
                Cause(
                    "The application's backlog, or somaxconn, is too small for its bursts.",
                    id: "backlog-small",
                    rules: [.backlogLimited, .synQueueFull, .synCookiesSent]),
                Cause(
                    "The application accepts too slowly.", id: "accepts-slowly",
                    rules: [.queueOverflowing]),
                Cause(
                    """
                    If it says \"Dropping request\" instead of \"Sending cookies\", syncookies are \
                    off.
                    """,
                    id: "cookies-off",
                    rules: [.syncookiesOff]),
                Cause(
                    "It is a flood: the kernel sent far more cookies than came back.", id: "flood",
                    rules: [.synCookiesSent]),
            ],
            source: ["net/ipv4/tcp_input.c:tcp_syn_flood_action"]),
        Symptom(
            .log, "timewait-table-overflow",
            texts: ["time wait bucket table overflow"],
            meaning: """
                tcp_max_tw_buckets was reached and the kernel did not create a TIME_WAIT socket. \
                Only older kernels log it; newer ones only count TCPTimeWaitOverflow.
                """,
            causes: [
                Cause(
                    """
                    Somebody lowered tcp_max_tw_buckets, or the host closes very many connections \
                    first.
                    """,
                    id: "time-wait-cap",
                    rules: [.timewaitOverflow, .timewaitCapNear])
            ],
            source: ["net/ipv4/tcp_minisocks.c:tcp_time_wait"]),
        Symptom(
            .log, "tcp-out-of-memory",
            texts: ["out of memory -- consider tuning tcp_mem", "consider tuning tcp_mem"],
            meaning:
                "TCP on the whole host uses more pages than the third value of tcp_mem allows.",
            causes: [
                Cause(
                    "Programs that read too slowly fill receive buffers.", id: "slow-readers",
                    rules: [.memoryPressure]),
                Cause(
                    "Many connections have large buffers.", id: "large-buffers",
                    rules: [.memoryPressure]),
                Cause(
                    "Sockets that were never closed contain data.", id: "unclosed-sockets",
                    rules: [.closeWaitLeak, .orphansNearLimit]),
            ],
            source: ["net/ipv4/tcp.c:tcp_check_oom"]),
        Symptom(
            .log, "out-of-socket-memory",
            texts: ["out of socket memory"],
            meaning: """
                This is the old wording (before Linux 3.4) for two things: too many orphans, or \
                used-up TCP memory. Check both.
                """,
            causes: [
                Cause(
                    "There are too many orphans.", id: "orphans",
                    rules: [.orphansNearLimit, .lastAckStuck]),
                Cause("TCP memory is used up.", id: "tcp-memory", rules: [.memoryPressure]),
            ],
            source: ["net/ipv4/tcp_timer.c:tcp_out_of_resources"]),
        Symptom(
            .log, "too-many-orphans",
            texts: ["too many orphaned sockets", "too many of orphaned sockets"],
            meaning: """
                More closed sockets still have data or a FIN to deliver than tcp_max_orphans \
                allows; sockets without progress count double or fourfold. The kernel resets the \
                connection.
                """,
            causes: [
                Cause(
                    "Clients vanished without an answer: mobile clients, a crash, an attack.",
                    id: "clients-vanished",
                    rules: [.orphansNearLimit, .lastAckStuck]),
                Cause(
                    "tcp_fin_timeout above 60 keeps full sockets in FIN_WAIT2.",
                    id: "fin-timeout-large",
                    rules: [.finWait2Orphans, .finTimeoutTrap]),
            ],
            source: ["net/ipv4/tcp.c:tcp_check_oom"]),
        Symptom(
            .log, "peer-shrunk-window",
            texts: ["unexpectedly shrunk window", "probing zero-window on"],
            meaning: """
                A peer closed its window below what it had offered while data was in transit; the \
                kernel continues to probe. The kernel also logs it for a peer that stopped \
                reading: as a shrunk window up to Linux 6.5, as "Probing zero-window" from 6.6 on.
                """,
            causes: [
                Cause(
                    "The receiver is out of memory, or a middlebox changes windows.",
                    id: "receiver-short"),
                Cause(
                    "The peer's answers are lost.", id: "path-gone", rules: [.retransmitting]),
            ],
            source: ["net/ipv4/tcp_timer.c:tcp_retransmit_timer"]),
        Symptom(
            .log, "neighbour-table-overflow",
            texts: ["neighbor table overflow", "neighbour table overflow"],
            meaning: """
                The table of link-layer addresses has reached gc_thresh3: the kernel drops packets \
                to hosts that are not in it.
                """,
            causes: [
                Cause(
                    """
                    The segment has more hosts, pods or containers than \
                    net.ipv4.neigh.default.gc_thresh3.
                    """,
                    id: "many-neighbours"
                ),
                Cause("Somebody scans a large subnet.", id: "subnet-scan"),
            ],
            source: ["net/core/neighbour.c:neigh_alloc"]),
        Symptom(
            .log, "open-request-dropped",
            texts: ["drop open request from"],
            meaning: """
                The kernel dropped a SYN because less than a quarter of tcp_max_syn_backlog was \
                free and it did not know the peer; only with tcp_syncookies=0.
                """,
            causes: [
                Cause("Syncookies are off.", id: "cookies-off", rules: [.syncookiesOff]),
                Cause(
                    "The SYN queue is too small for the load.", id: "syn-queue-small",
                    rules: [.synQueueFull]),
            ],
            source: ["net/ipv4/tcp_input.c:tcp_conn_request"]),
        Symptom(
            .log, "port-range-parity",
            texts: ["prefer different parity for start/end values"],
            meaning: """
                Both ends of ip_local_port_range are even, or both are odd: the half of the range \
                that connect() tries first has one port more. No port is lost.
                """,
            causes: [
                Cause(
                    "Somebody set the range by hand.", id: "range-by-hand",
                    rules: [.portRangeNarrow])
            ],
            source: ["net/ipv4/sysctl_net_ipv4.c:ipv4_local_port_range"]),
        Symptom(
            .log, "softnet-budget",
            texts: ["net_rx_action: budget exhausted"],
            meaning: "The receive softirq stopped with work left; see time_squeeze.",
            causes: [
                Cause("One processor receives more packets than it can handle.", id: "softnet-busy")
            ],
            source: ["net/core/dev.c:net_rx_action"]),
        Symptom(
            .log, "conntrack-helper-expectations",
            texts: ["expectation table full"],
            meaning: "A helper (FTP, SIP) expects more connections than nf_conntrack_expect_max.",
            causes: [
                Cause(
                    "Many transfers go through a helper, or one goes wrong.",
                    id: "tracking-helper")
            ],
            source: ["net/netfilter/nf_conntrack_expect.c:__nf_ct_expect_check"]),
    ]
}
