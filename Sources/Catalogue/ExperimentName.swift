/// The experiments of the lab, by the names under which `tcptune lab run` starts them, and what each of them shows.
public enum ExperimentName {
    /// In the order in which `tcptune lab list` shows them.
    public static let all: [String] = [
        "port-exhaustion", "port-reuse", "fin-timeout", "who-closes", "port-scan-cliff",
        "bind-before-connect", "timewait-cap", "accept-queue", "syn-queue", "close-wait",
        "keep-alive", "conntrack-full", "handshake", "simultaneous-open", "reset-on-closed-port",
        "teardown", "simultaneous-close", "retransmission-timeout", "keepalive", "last-ack-lost",
        "old-duplicates", "timewait-restart", "syn-over-timewait", "dns-ports", "resolution",
    ]

    /// The experiments that show what is said of a rule, a sysctl, a counter, a state or an errno; the nearest first.
    public static func showing(_ topic: String) -> [String] {
        all.filter { topics[$0]?.contains(topic) == true }
    }

    /// What each shows.
    static let topics: [String: Set<String>] = [
        "port-exhaustion": [
            "ports-exhausting", "ports-forecast", "port-range-narrow", "EADDRNOTAVAIL",
            "net.ipv4.ip_local_port_range", "TIME_WAIT",
        ],
        "port-reuse": [
            "reuse-disabled", "loopback-exhausting", "net.ipv4.tcp_tw_reuse",
            "net.ipv4.tcp_tw_reuse_delay", "net.ipv4.tcp_timestamps", "TcpExt.TWRecycled",
        ],
        "fin-timeout": [
            "fin-timeout-trap", "fin-wait2-orphans", "net.ipv4.tcp_fin_timeout", "FIN_WAIT2",
            "TIME_WAIT",
        ],
        "who-closes": ["TIME_WAIT", "ECONNRESET"],
        "port-scan-cliff": ["ports-slow", "net.ipv4.ip_local_port_range"],
        "bind-before-connect": ["bind-before-connect", "EADDRINUSE"],
        "timewait-cap": [
            "timewait-overflow", "timewait-cap-near", "net.ipv4.tcp_max_tw_buckets",
            "TcpExt.TCPTimeWaitOverflow",
        ],
        "accept-queue": [
            "queue-overflowing", "backlog-limited", "net.core.somaxconn",
            "net.ipv4.tcp_abort_on_overflow", "TcpExt.ListenOverflows", "TcpExt.ListenDrops",
        ],
        "syn-queue": [
            "syn-queue-full", "syn-cookies-sent", "syncookies-off", "net.ipv4.tcp_syncookies",
            "net.ipv4.tcp_max_syn_backlog", "SYN_RECV", "TcpExt.SyncookiesSent",
            "TcpExt.TCPReqQFullDrop", "TcpExt.TCPReqQFullDoCookies",
        ],
        "close-wait": ["close-wait-leak", "CLOSE_WAIT"],
        "handshake": [
            "SYN_SENT", "SYN_RECV", "ESTABLISHED", "net.ipv4.tcp_syn_retries",
            "net.ipv4.tcp_syn_linear_timeouts", "net.ipv4.tcp_syncookies",
        ],
        "simultaneous-open": ["SYN_SENT", "SYN_RECV"],
        "reset-on-closed-port": [
            "ECONNREFUSED", "EHOSTUNREACH", "ENETUNREACH", "ETIMEDOUT", "net.ipv4.tcp_syn_retries",
            "net.ipv4.tcp_syn_linear_timeouts",
        ],
        "simultaneous-close": ["CLOSING", "TIME_WAIT", "EADDRINUSE"],
        "keepalive": [
            "net.ipv4.tcp_keepalive_time", "net.ipv4.tcp_keepalive_intvl",
            "net.ipv4.tcp_keepalive_probes", "TcpExt.TCPKeepAlive", "ETIMEDOUT",
        ],
        "teardown": [
            "FIN_WAIT1", "FIN_WAIT2", "CLOSE_WAIT", "LAST_ACK", "CLOSING", "TIME_WAIT",
        ],
        "retransmission-timeout": [
            "net.ipv4.tcp_retries2", "ETIMEDOUT", "Tcp.RetransSegs", "TcpExt.TCPTimeouts",
        ],
        "conntrack-full": [
            "conntrack-near-full", "conntrack-dropping", "conntrack-timewait-longer",
            "net.netfilter.nf_conntrack_max",
            "net.netfilter.nf_conntrack_tcp_timeout_time_wait",
        ],
        "last-ack-lost": [
            "last-ack-stuck", "LAST_ACK", "TIME_WAIT", "net.ipv4.tcp_orphan_retries",
            "net.ipv4.tcp_max_tw_buckets",
        ],
        "old-duplicates": [
            "TIME_WAIT", "net.ipv4.tcp_timestamps", "TcpExt.PAWSEstab",
            "net.ipv4.tcp_max_tw_buckets",
        ],
        "timewait-restart": ["rfc1337", "net.ipv4.tcp_rfc1337", "TcpExt.PAWSTimewait"],
        "syn-over-timewait": [
            "paws-rejecting", "rfc1337", "TcpExt.PAWSTimewait", "net.ipv4.tcp_rfc1337",
        ],
        "dns-ports": [
            "net.netfilter.nf_conntrack_udp_timeout",
            "net.netfilter.nf_conntrack_udp_timeout_stream",
        ],
    ]
}
