import HostState

/// The sockets in TIME_WAIT come near tcp_max_tw_buckets, or that limit was lowered to be rid of
/// them.
///
/// The limit counts TIME_WAIT and orphaned FIN_WAIT2 of a network namespace. At the limit the new
/// TIME_WAIT is not made and the connection ends unguarded (see timewait-overflow). By default it
/// is half the slots of the kernel's table of connections, 131 072 on a host of 24 GB; that many
/// take 32 to 64 MiB. 0 refuses every TIME_WAIT, -1 none.
///
/// A warning from 80 % of the limit on, and where the limit is 0. A myth where a file lowers it to
/// less than half of the kernel's own value: a low limit neither frees ports sooner nor saves
/// memory worth naming (512 bytes each), it leaves out what protects the next connection from
/// segments of the last. The rule is silent while timewait-overflow speaks, and where the setting
/// could not be read.
///
/// Confirm: `grep TCP: /proc/net/sockstat` (tw) against `sysctl net.ipv4.tcp_max_tw_buckets`. A
/// namespace made while tcp_child_ehash_entries is small gets a small limit by default.
/// Source: net/ipv4/inet_timewait_sock.c:inet_twsk_alloc; tcp_ipv4.c:tcp_sk_init. Measured:
/// lowering kills none.
struct TimeWaitCapNear: Rule {
    static let id = "timewait-cap-near"

    /// Share of the limit: one more burst of a quarter reaches it.
    static let nearRatio = 0.8

    func findings(in situation: Situation) -> [Finding] {
        guard let cap = TimeWaitCap(situation), let limit = cap.limit else { return [] }
        let overflows = situation.counter("TcpExt", "TCPTimeWaitOverflow") ?? 0
        let rate = situation.rate("TcpExt", "TCPTimeWaitOverflow")
        guard !TimeWaitOverflow.applies(cap, overflows: overflows, rate: rate) else { return [] }
        if limit == 0 || (cap.ratio ?? 0) >= Self.nearRatio {
            return [Self.near(cap, limit: limit)]
        }
        guard cap.isLowered, let assignment = cap.assignment, let standard = cap.standard else {
            return []
        }
        return [Self.myth(cap, limit: limit, assignment: assignment, standard: standard)]
    }

    private static func near(_ cap: TimeWaitCap, limit: Int) -> Finding {
        let share = cap.ratio.map { " (\($0.percent))" } ?? ""
        return Finding(
            rule: id, severity: .warning, subject: "net.ipv4.tcp_max_tw_buckets",
            observed: "\(cap.sockets.grouped) of \(limit.grouped) allowed TIME_WAIT sockets"
                + share,
            evidence: cap.evidence,
            cause: limit == 0
                ? "0 refuses every TIME_WAIT: each connection that this side closes ends unguarded"
                : "at the limit the next closing gets no TIME_WAIT, and a lost last ACK becomes a "
                    + "RST for the peer",
            remedies: [TimeWaitOverflow.closeLess, cap.raise].compactMap { $0 },
            proof: TimeWaitCap.proof)
    }

    private static func myth(
        _ cap: TimeWaitCap, limit: Int, assignment: Assignment, standard: Int
    ) -> Finding {
        Finding(
            rule: id, severity: .myth, subject: assignment.place,
            observed: "net.ipv4.tcp_max_tw_buckets = \(assignment.value) does not end TIME_WAIT "
                + "sooner; at \(limit.grouped) it refuses new ones (now \(cap.sockets.grouped), "
                + "the kernel's own limit here is \(standard.grouped))",
            evidence: cap.evidence,
            cause: "a TIME_WAIT costs 256 to 512 bytes: the lower limit saves at most "
                + "\(Int64((standard - limit) * TimeWaitCap.bytesEach).bytes), and beyond it "
                + "connections end without what protects them",
            remedies: [cap.raise].compactMap { $0 }, proof: TimeWaitCap.proof)
    }
}
