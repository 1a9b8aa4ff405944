import Testing

@testable import Catalogue

@Suite struct `A topic` {
    @Test(arguments: [
        "net.ipv4.tcp_fin_timeout", "net/ipv4/tcp_fin_timeout", "tcp_fin_timeout",
        "/proc/sys/net/ipv4/tcp_fin_timeout", "TCP_FIN_TIMEOUT", " tcp_fin_timeout\n",
        "net.ipv4.tcp_fin_timeout = 30", "sysctl -w net.ipv4.tcp_fin_timeout=30",
        "-net.ipv4.tcp_fin_timeout = 30", "'net.ipv4.tcp_fin_timeout'",
        "what does tcp_fin_timeout do?",
    ])
    func `is a sysctl by key, path, last component or line`(text: String) {
        #expect(Topic.find(text)?.name == "net.ipv4.tcp_fin_timeout")
    }

    @Test(arguments: [
        "ListenOverflows", "TcpExt.ListenOverflows", "TcpExtListenOverflows", "listenoverflows",
        "TcpExtListenOverflows           12                 0.0",
    ])
    func `is a counter as nstat or proc spells it`(text: String) {
        #expect(Topic.find(text)?.name == "TcpExt.ListenOverflows")
    }

    @Test(arguments: [
        ("TW", "TcpExt.TW"), ("tw", "sockstat.TCP.tw"),
        ("sockstat.TCP.orphan", "sockstat.TCP.orphan"),
        ("TcpRetransSegs", "Tcp.RetransSegs"),
        ("nf_conntrack.early_drop", "nf_conntrack.early_drop"),
        ("time_squeeze", "softnet.time_squeeze"), ("net.nf_conntrack_max", "net.nf_conntrack_max"),
        ("nf_conntrack_max", "net.netfilter.nf_conntrack_max"),
        ("ip_conntrack_max", "net.ipv4.ip_conntrack_max"),
    ])
    func `keeps names apart that are alike`(text: String, name: String) {
        #expect(Topic.find(text)?.name == name)
    }

    @Test(arguments: [
        "TIME_WAIT", "TIME-WAIT", "time-wait", "TimeWait", "timewait", "time wait",
        "many sockets in TIME_WAIT",
    ])
    func `is a state in any spelling`(text: String) {
        #expect(Topic.find(text)?.name == "TIME_WAIT")
    }

    @Test(arguments: [
        ("ESTAB", "ESTABLISHED"), ("syn-recv", "SYN_RECV"), ("FIN-WAIT-2", "FIN_WAIT2"),
        ("fin_wait1", "FIN_WAIT1"), ("UNCONN", "CLOSE"), ("Listen", "LISTEN"),
    ])
    func `is a state as ss and netstat call it`(text: String, name: String) {
        #expect(Topic.find(text)?.name == name)
    }

    @Test(arguments: [
        "EADDRNOTAVAIL", "eaddrnotavail", "Cannot assign requested address",
        "Error: connect EADDRNOTAVAIL 10.0.0.9:5432 - Local (10.0.0.5:0)",
        "OSError: [Errno 99] Cannot assign requested address",
        "dial tcp 10.0.0.9:6379: connect: cannot assign requested address",
        "2026/11/22 10:00:01 [crit] 71#71: *9 connect() to 10.0.0.9:80 failed (99: Cannot assign requested address)",
    ])
    func `is an errno by name or text`(text: String) {
        #expect(Topic.find(text)?.name == "EADDRNOTAVAIL")
    }

    @Test(
        arguments: [
            ("accept4() failed (24: Too many open files)", "EMFILE"),
            ("open /etc/hosts: too many open files in system", "ENFILE"),
            ("VFS: file-max limit 1024 reached", "ENFILE"),
            ("[Errno 104] Connection reset by peer", "ECONNRESET"), ("[Errno 10]", nil),
            ("read tcp 10.0.0.5:4711->10.0.0.9:80: read: connection reset by peer", "ECONNRESET"),
            ("connect: Connection refused", "ECONNREFUSED"),
            ("Os { code: 110 } os error 110", "ETIMEDOUT"),
            ("bind: Address already in use", "EADDRINUSE"), ("write: Broken pipe", "EPIPE"),
            ("connect: No route to host", "EHOSTUNREACH"), ("ECONNABORTED", "ECONNABORTED"),
            ("sendmsg: No buffer space available", "ENOBUFS"), ("Cannot allocate memory", "ENOMEM"),
        ] as [(String, String?)])
    func `tells errnos apart whose texts begin alike`(text: String, name: String?) {
        #expect(Topic.find(text)?.name == name)
    }

    /// Wordings of the kernels from 2.6 to 6.18, with what syslog, dmesg and journald put in front.
    @Test(arguments: [
        (
            "Nov 22 11:20:07 web-3 kernel: [1234567.890123] nf_conntrack: nf_conntrack: table full, dropping packet",
            "conntrack-table-full"
        ),
        // As 5.10 and 6.1, then 7.3 and 6.18 wrote them.
        (
            "TCP: request_sock_TCP: Possible SYN flooding on port 8080. Sending cookies.  Check SNMP counters.",
            "syn-flooding"
        ),
        (
            "TCP: request_sock_TCP: Possible SYN flooding on port 0.0.0.0:8080. Sending cookies.",
            "syn-flooding"
        ),
        ("[   39.165233] TCP: too many orphaned sockets", "too-many-orphans"),
        ("nf_conntrack: table full, dropping packet.", "conntrack-table-full"),
        ("ip_conntrack: table full, dropping packet.", "conntrack-table-full"),
        (
            "[  601.749973][    C1] TCP: request_sock_TCP: Possible SYN flooding on port 127.0.0.1:23456. Sending cookies.",
            "syn-flooding"
        ),
        (
            "[Wed Mar 10 20:19:39 2021] TCP: request_sock_TCPv6: Possible SYN flooding on port 34391. Dropping request.  Check SNMP counters.",
            "syn-flooding"
        ),
        (
            "Feb 25 21:35:48 server kernel: [16508.733356] possible SYN flooding on port 4671. Sending cookies.",
            "syn-flooding"
        ),
        (
            "Aug  4 17:25:37 static1 kernel: TCP: time wait bucket table overflow",
            "timewait-table-overflow"
        ),
        (
            "<14>May 21 23:14:08 api kernel: [4621211.812] TCP: out of memory -- consider tuning tcp_mem",
            "tcp-out-of-memory"
        ),
        ("[13662.489289] TCP: too many orphaned sockets", "too-many-orphans"),
        ("kernel: TCP: too many of orphaned sockets", "too-many-orphans"),
        ("kernel: Out of socket memory", "out-of-socket-memory"),
        (
            "Jan 24 20:01:36 lab3 kernel: TCP: Peer 192.0.2.201:50524/6960 unexpectedly shrunk window 930362701:930364976 (repaired)",
            "peer-shrunk-window"
        ),
        ("neighbour: arp_cache: neighbor table overflow!", "neighbour-table-overflow"),
        ("Neighbour table overflow.", "neighbour-table-overflow"),
        ("TCP: drop open request from 192.0.2.7/41234", "open-request-dropped"),
        (
            "[ 1296.379368] ip_local_port_range: prefer different parity for start/end values.",
            "port-range-parity"
        ),
    ])
    func `is a symptom by a pasted line`(line: String, name: String) {
        #expect(Topic.find(line)?.name == name)
        #expect(Topic.find(line.uppercased())?.name == name)
    }

    @Test(arguments: [
        "", "   ", "\"\"", "nonsense", "net.ipv4", "/proc/sys/", "=", "tcp_fin_timeou",
        "connection closed by foreign host", "EADDRNOTAVAILABLE",
    ])
    func `is nothing where nothing is known`(text: String) {
        #expect(Topic.find(text)?.name == nil)
    }

    @Test func `is found in a page of log as in a line`() {
        let noise = String(
            repeating: "a_b.c TcpX 1234567890 \u{1B}[31m kernel: eth0: link up\n", count: 200)
        #expect(Topic.find(noise)?.name == nil)
        #expect(Topic.find(noise + "connect: Connection refused\n" + noise)?.name == "ECONNREFUSED")
    }
}
