/// How much a number of a sysctl comes to: for some, the least number means the most.
enum Magnitude {
    /// For comparisons of two values of one knob.
    static func of(_ number: Int64, _ key: String) -> Int64 {
        switch key {
        // Compared as unsigned: -1 is no limit (net/ipv4/inet_timewait_sock.c:inet_twsk_alloc).
        case "net.ipv4.tcp_max_tw_buckets" where number < 0: .max
        // 0 is no limit (net/netfilter/nf_conntrack_core.c:__nf_conntrack_alloc).
        case "net.netfilter.nf_conntrack_max" where number == 0: .max
        case "net.nf_conntrack_max" where number == 0: .max
        // 0 acts as 8 (net/ipv4/tcp_timer.c:tcp_orphan_retries).
        case "net.ipv4.tcp_orphan_retries" where number == 0: 8
        default: number
        }
    }
}
