extension CauseEvidence {
    /// Causes that nothing tcptune reads can show, each with where to look instead.
    static let outOfSight: [String: Predicate] = [
        "address-absent": unseen("tcptune does not read interface addresses: ip address"),
        "datagram-too-long": unseen(
            "tcptune does not read path MTUs: ip route get ADDRESS, ip link"),
        "option-missing": unseen("only the program's calls show it: strace -e trace=setsockopt"),
        "idle-closed-by-peer": unseen("only the two programs' idle timeouts show it"),
        "netlink-slow": unseen(
            "tcptune does not read netlink sockets: /proc/net/netlink, column Drops"),
        "neighbour-table": unseen("tcptune does not read the neighbour table: ip -s neigh | wc -l"),
        "neighbour-silent": unseen("tcptune does not read the neighbour table: ip neigh"),
        "many-neighbours": unseen("tcptune does not read the neighbour table: ip neigh | wc -l"),
        "subnet-scan": unseen(
            "tcptune does not read the neighbour table: ip neigh show nud failed"),
        "cgroup-memory": unseen(
            "tcptune does not read control group limits: memory.max, memory.events"),
        "peer-closed-early": unseen("only the peer's log, or tcpdump, shows who closed first"),
        "socket-destroyed": unseen("no counter counts destroyed sockets"),
        "reset-before-accept": unseen("no counter counts connections reset before accept()"),
        "receiver-short": unseen("only the peer's memory, or tcpdump, shows it"),
        "tracking-helper": unseen("tcptune does not read expectations: conntrack -L expect"),
        "closed-unanswered": unseen("only the peer's log shows it: journalctl of its service"),
        "worker-connections": unseen("nginx's own limit: nginx -T | grep worker_connections"),
        "no-failure": unseen("only the program's own handling shows it: strace -e trace=network"),
        "datagram-queue": unseen(
            "tcptune does not read datagram sockets: ss -xa, net.unix.max_dgram_qlen"),
        "unix-rights": unseen("tcptune does not read file permissions: ls -l PATH"),
        "security-module": unseen(
            "tcptune does not read the audit log: ausearch -m avc, journalctl -k"),
        "route-prohibit": unseen("tcptune does not read routes: ip route get ADDRESS"),
        "datagram-unanswered": unseen(
            "no counter shows missing answers: tcpdump -ni any udp port PORT"),
        "bpf": unseen("tcptune does not read BPF programs: bpftool cgroup tree"),
        "interface-down": unseen("tcptune does not read interfaces: ip link"),
        "cifs": unseen("tcptune does not read mounts: journalctl -k, mount -t cifs"),
        "connected-twice": unseen("only the program's calls show it: strace -e trace=connect"),
        "icmp": unseen("tcptune does not read ICMP: tcpdump icmp or icmp6"),
        "sandbox": unseen(
            "tcptune does not read sandboxes: systemctl show -p RestrictAddressFamilies UNIT"),
        "not-started": unseen("tcptune lists only Unix sockets with waiting clients: ss -xl"),
        "another-path": unseen("tcptune lists only Unix sockets with waiting clients: ss -xl"),
        "slow-requests": unseen("only the program's own times show it: its log or metrics"),
        "limit-low": unseen("tcptune does not read programs' limits: their configuration"),
        "servers-down": unseen("this host cannot see what other hosts do: connect to each of them"),
        "own-close": unseen("only the program's own code shows it: its log"),
        "device": unseen("tcptune does not read devices: ethtool -S DEVICE, journalctl -k"),
        "standstill": unseen("tcptune does not read pauses of the machine: the host's log"),
        "max-size": unseen("tcptune does not count routes: ip -6 route show table all | wc -l"),
        "memory": unseen("tcptune does not read free memory by size: /proc/buddyinfo"),
        "asymmetric": unseen("tcptune does not read routes: ip route get ADDRESS, rp_filter"),
        "leak": unseen("tcptune does not read routes and interfaces: ip route, ip address"),
        "line-before": unseen("tcptune does not read the log: journalctl -k"),
        "driver": unseen("tcptune does not read devices: ethtool -i DEVICE"),
        "peer": unseen("tcptune does not read packets: tcpdump 'tcp[tcpflags] & tcp-syn != 0'"),
    ]

    private static func unseen(_ reason: String) -> Predicate { { _ in .cannotBeSeen(reason) } }
}
