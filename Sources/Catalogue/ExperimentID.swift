package import Model

/// The experiments of the lab, by the names under which `tcptune lab run` starts them, in the order of `tcptune lab list`.
package enum ExperimentID: String, Sendable, CaseIterable {
    case portExhaustion = "port-exhaustion"
    case portReuse = "port-reuse"
    case finTimeout = "fin-timeout"
    case whoCloses = "who-closes"
    case portScanCliff = "port-scan-cliff"
    case bindBeforeConnect = "bind-before-connect"
    case timeWaitCap = "timewait-cap"
    case acceptQueue = "accept-queue"
    case synQueue = "syn-queue"
    case closeWait = "close-wait"
    case keepAlive = "keep-alive"
    case conntrackFull = "conntrack-full"
    case handshake = "handshake"
    case simultaneousOpen = "simultaneous-open"
    case resetOnClosedPort = "reset-on-closed-port"
    case teardown = "teardown"
    case simultaneousClose = "simultaneous-close"
    case retransmissionTimeout = "retransmission-timeout"
    case keepalive = "keepalive"
    case lastAckLost = "last-ack-lost"
    case oldDuplicates = "old-duplicates"
    case timeWaitRestart = "timewait-restart"
    case synOverTimeWait = "syn-over-timewait"
    case dnsPorts = "dns-ports"
    case resolution = "resolution"

    /// The names of all of them.
    package static let names = allCases.map(\.rawValue)

    /// The experiments that show what the texts say about a rule; the nearest first.
    package static func showing(_ rule: RuleID) -> [ExperimentID] {
        allCases.filter { $0.rules.contains(rule) }
    }

    /// The experiments that show what the texts say about a sysctl, a counter, a state or an errno; the nearest first.
    package static func showing(_ topic: String) -> [ExperimentID] {
        allCases.filter { $0.topics.contains(topic) }
    }

    /// Whether its runs wait side by side: what one of them met, all met, so together they are one observation.
    package var runsSideBySide: Bool {
        switch self {
        case .whoCloses, .portScanCliff, .bindBeforeConnect, .keepAlive, .conntrackFull, .dnsPorts:
            false
        default: true
        }
    }

    /// Sysctls, counters, states and errnos that it shows.
    package var topics: Set<String> {
        switch self {
        case .portExhaustion:
            ["EADDRNOTAVAIL", "net.ipv4.ip_local_port_range", "TIME_WAIT"]
        case .portReuse:
            [
                "net.ipv4.tcp_tw_reuse", "net.ipv4.tcp_tw_reuse_delay", "net.ipv4.tcp_timestamps",
                "TcpExt.TWRecycled",
            ]
        case .finTimeout:
            ["net.ipv4.tcp_fin_timeout", "FIN_WAIT2", "TIME_WAIT"]
        case .whoCloses:
            ["TIME_WAIT", "ECONNRESET"]
        case .portScanCliff:
            ["net.ipv4.ip_local_port_range"]
        case .bindBeforeConnect:
            ["EADDRINUSE"]
        case .timeWaitCap:
            ["net.ipv4.tcp_max_tw_buckets", "TcpExt.TCPTimeWaitOverflow"]
        case .acceptQueue:
            [
                "net.core.somaxconn", "net.ipv4.tcp_abort_on_overflow", "TcpExt.ListenOverflows",
                "TcpExt.ListenDrops",
            ]
        case .synQueue:
            [
                "net.ipv4.tcp_syncookies", "net.ipv4.tcp_max_syn_backlog", "SYN_RECV",
                "TcpExt.SyncookiesSent", "TcpExt.TCPReqQFullDrop", "TcpExt.TCPReqQFullDoCookies",
            ]
        case .closeWait:
            ["CLOSE_WAIT"]
        case .conntrackFull:
            ["net.netfilter.nf_conntrack_max", "net.netfilter.nf_conntrack_tcp_timeout_time_wait"]
        case .handshake:
            [
                "SYN_SENT", "SYN_RECV", "ESTABLISHED", "net.ipv4.tcp_syn_retries",
                "net.ipv4.tcp_syn_linear_timeouts", "net.ipv4.tcp_syncookies",
            ]
        case .simultaneousOpen:
            ["SYN_SENT", "SYN_RECV"]
        case .resetOnClosedPort:
            [
                "ECONNREFUSED", "EHOSTUNREACH", "ENETUNREACH", "ETIMEDOUT",
                "net.ipv4.tcp_syn_retries", "net.ipv4.tcp_syn_linear_timeouts",
            ]
        case .teardown:
            ["FIN_WAIT1", "FIN_WAIT2", "CLOSE_WAIT", "LAST_ACK", "CLOSING", "TIME_WAIT"]
        case .simultaneousClose:
            ["CLOSING", "TIME_WAIT", "EADDRINUSE"]
        case .retransmissionTimeout:
            ["net.ipv4.tcp_retries2", "ETIMEDOUT", "Tcp.RetransSegs", "TcpExt.TCPTimeouts"]
        case .keepalive:
            [
                "net.ipv4.tcp_keepalive_time", "net.ipv4.tcp_keepalive_intvl",
                "net.ipv4.tcp_keepalive_probes", "TcpExt.TCPKeepAlive", "ETIMEDOUT",
            ]
        case .lastAckLost:
            ["LAST_ACK", "TIME_WAIT", "net.ipv4.tcp_orphan_retries", "net.ipv4.tcp_max_tw_buckets"]
        case .oldDuplicates:
            [
                "TIME_WAIT", "net.ipv4.tcp_timestamps", "TcpExt.PAWSEstab",
                "net.ipv4.tcp_max_tw_buckets",
            ]
        case .timeWaitRestart:
            ["net.ipv4.tcp_rfc1337", "TcpExt.PAWSTimewait"]
        case .synOverTimeWait:
            ["TcpExt.PAWSTimewait", "net.ipv4.tcp_rfc1337"]
        case .dnsPorts:
            [
                "net.netfilter.nf_conntrack_udp_timeout",
                "net.netfilter.nf_conntrack_udp_timeout_stream",
            ]
        case .keepAlive, .resolution:
            []
        }
    }

    /// Rules of the audit whose findings it shows.
    package var rules: Set<RuleID> {
        switch self {
        case .portExhaustion: [.portsExhausting, .portsForecast, .portRangeNarrow]
        case .portReuse: [.reuseDisabled, .loopbackExhausting]
        case .finTimeout: [.finTimeoutTrap, .finWait2Orphans]
        case .portScanCliff: [.portsSlow]
        case .bindBeforeConnect: [.bindBeforeConnect]
        case .timeWaitCap: [.timewaitOverflow, .timewaitCapNear]
        case .acceptQueue: [.queueOverflowing, .backlogLimited]
        case .synQueue: [.synQueueFull, .synCookiesSent, .syncookiesOff]
        case .closeWait: [.closeWaitLeak]
        case .conntrackFull: [.conntrackNearFull, .conntrackDropping, .conntrackTimewaitLonger]
        case .lastAckLost: [.lastAckStuck]
        case .timeWaitRestart: [.rfc1337]
        case .synOverTimeWait: [.pawsRejecting, .rfc1337]
        default: []
        }
    }
}
