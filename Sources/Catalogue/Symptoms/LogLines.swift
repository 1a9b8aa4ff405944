extension Symptom {
    /// What the kernel itself writes to its log.
    static let logLines: [Symptom] = [
        Symptom(
            .log, "conntrack-table-full",
            texts: [
                "nf_conntrack: table full", "ip_conntrack: table full",
                "table full, dropping packet",
            ],
            meaning: """
                Connection tracking has reached nf_conntrack_max: packets that would begin a new \
                connection are dropped, while existing ones go on.
                """,
            causes: [
                Cause(
                    "More connections at once than the table holds.", id: "tracking-full",
                    rules: ["conntrack-near-full", "conntrack-dropping"]),
                Cause(
                    "Closed connections stay: 120 s in TIME_WAIT here against TCP's own 60 s.",
                    id: "tracking-closed",
                    rules: ["conntrack-timewait-longer"]),
                Cause(
                    "Connections that ended unseen stay for five days (timeout_established).",
                    id: "tracking-stale",
                    rules: ["conntrack-near-full"]),
            ],
            source: ["net/netfilter/nf_conntrack_core.c:__nf_conntrack_alloc"]),
        Symptom(
            .log, "syn-flooding",
            texts: ["possible syn flooding on port"],
            meaning: """
                More connections were half open than the listener's backlog allows. It is written \
                once for each listener, whatever follows; most often it is load, not an attack.
                """,
            causes: [
                Cause(
                    "The backlog of the application, or somaxconn, is small for its bursts.",
                    id: "backlog-small",
                    rules: ["backlog-limited", "syn-queue-full", "syn-cookies-sent"]),
                Cause(
                    "The application accepts too slowly.", id: "accepts-slowly",
                    rules: ["queue-overflowing"]),
                Cause(
                    "\"Dropping request\" instead of \"Sending cookies\": syncookies are off.",
                    id: "cookies-off",
                    rules: ["syncookies-off"]),
                Cause(
                    "A flood: far more cookies sent than returned.", id: "flood",
                    rules: ["syn-cookies-sent"]),
            ],
            source: ["net/ipv4/tcp_input.c:tcp_syn_flood_action"]),
        Symptom(
            .log, "timewait-table-overflow",
            texts: ["time wait bucket table overflow"],
            meaning: """
                tcp_max_tw_buckets was reached and a TIME_WAIT socket was not made. Written by \
                older kernels only; newer ones only count TCPTimeWaitOverflow.
                """,
            causes: [
                Cause(
                    "tcp_max_tw_buckets was lowered, or the host closes very many connections first.",
                    id: "time-wait-cap",
                    rules: ["timewait-overflow", "timewait-cap-near"])
            ],
            source: ["net/ipv4/tcp_minisocks.c:tcp_time_wait"]),
        Symptom(
            .log, "tcp-out-of-memory",
            texts: ["out of memory -- consider tuning tcp_mem", "consider tuning tcp_mem"],
            meaning:
                "TCP of the whole host holds more pages than the third value of tcp_mem allows.",
            causes: [
                Cause(
                    "Programs that read too slowly fill receive buffers.", id: "slow-readers",
                    rules: ["memory-pressure"]),
                Cause(
                    "Many connections with large buffers.", id: "large-buffers",
                    rules: ["memory-pressure"]),
                Cause(
                    "Sockets that were never closed hold data.", id: "unclosed-sockets",
                    rules: ["close-wait-leak", "orphans-near-limit"]),
            ],
            source: ["net/ipv4/tcp.c:tcp_check_oom"]),
        Symptom(
            .log, "out-of-socket-memory",
            texts: ["out of socket memory"],
            meaning: """
                The old wording (before Linux 3.4) for two things: too many orphans, or TCP \
                memory used up. Compare both.
                """,
            causes: [
                Cause(
                    "Too many orphans.", id: "orphans",
                    rules: ["orphans-near-limit", "last-ack-stuck"]),
                Cause("TCP memory used up.", id: "tcp-memory", rules: ["memory-pressure"]),
            ],
            source: ["net/ipv4/tcp_timer.c:tcp_out_of_resources"]),
        Symptom(
            .log, "too-many-orphans",
            texts: ["too many orphaned sockets", "too many of orphaned sockets"],
            meaning: """
                More closed sockets still have data or a FIN to get across than tcp_max_orphans \
                allows; sockets that send badly count double or fourfold. The connection is \
                reset.
                """,
            causes: [
                Cause(
                    "Clients vanished without an answer: mobile, crash, attack.",
                    id: "clients-vanished",
                    rules: ["orphans-near-limit", "last-ack-stuck"]),
                Cause(
                    "tcp_fin_timeout above 60 keeps full sockets in FIN_WAIT2.",
                    id: "fin-timeout-large",
                    rules: ["fin-wait2-orphans", "fin-timeout-trap"]),
            ],
            source: ["net/ipv4/tcp.c:tcp_check_oom"]),
        Symptom(
            .log, "peer-shrunk-window",
            texts: ["unexpectedly shrunk window", "probing zero-window on"],
            meaning: """
                A peer closed its window below what it had offered while data was under way; the \
                kernel goes on probing. Written for a peer that stopped reading too: as a \
                shrunk window up to Linux 6.5, as "Probing zero-window" from 6.6 on.
                """,
            causes: [
                Cause(
                    "A receiver out of memory, or a middlebox that changes windows.",
                    id: "receiver-short"),
                Cause(
                    "The answers of the peer are lost.", id: "path-gone", rules: ["retransmitting"]),
            ],
            source: ["net/ipv4/tcp_timer.c:tcp_retransmit_timer"]),
        Symptom(
            .log, "neighbour-table-overflow",
            texts: ["neighbor table overflow", "neighbour table overflow"],
            meaning: """
                The table of link-layer addresses has reached gc_thresh3: packets to hosts not in \
                it are dropped.
                """,
            causes: [
                Cause(
                    "More hosts, pods or containers on the segment than net.ipv4.neigh.default.gc_thresh3.",
                    id: "many-neighbours"
                ),
                Cause("A scan of a large subnet.", id: "subnet-scan"),
            ],
            source: ["net/core/neighbour.c:neigh_alloc"]),
        Symptom(
            .log, "open-request-dropped",
            texts: ["drop open request from"],
            meaning: """
                A SYN was dropped because less than a quarter of tcp_max_syn_backlog was free and \
                the peer was not known to be alive; only with tcp_syncookies=0.
                """,
            causes: [
                Cause("Syncookies are off.", id: "cookies-off", rules: ["syncookies-off"]),
                Cause(
                    "The SYN queue is small for the load.", id: "syn-queue-small",
                    rules: ["syn-queue-full"]),
            ],
            source: ["net/ipv4/tcp_input.c:tcp_conn_request"]),
        Symptom(
            .log, "port-range-parity",
            texts: ["prefer different parity for start/end values"],
            meaning: """
                Both ends of ip_local_port_range are even, or both odd: one half of the range, \
                where connect() looks first, has a port more. No port is lost.
                """,
            causes: [
                Cause(
                    "The range was set by hand.", id: "range-by-hand", rules: ["port-range-narrow"])
            ],
            source: ["net/ipv4/sysctl_net_ipv4.c:ipv4_local_port_range"]),
        Symptom(
            .log, "softnet-budget",
            texts: ["net_rx_action: budget exhausted"],
            meaning: "The receive softirq stopped with work left; see time_squeeze.",
            causes: [Cause("One processor takes in more packets than it can.", id: "softnet-busy")],
            source: ["net/core/dev.c:net_rx_action"]),
        Symptom(
            .log, "conntrack-helper-expectations",
            texts: ["expectation table full"],
            meaning: "A helper (FTP, SIP) expects more connections than nf_conntrack_expect_max.",
            causes: [
                Cause(
                    "Many transfers through a helper, or one that goes wrong.",
                    id: "tracking-helper")
            ],
            source: ["net/netfilter/nf_conntrack_expect.c:__nf_ct_expect_check"]),
    ]
}
