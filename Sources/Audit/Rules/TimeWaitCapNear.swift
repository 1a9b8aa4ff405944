import Model
import Text

/// The sockets in TIME_WAIT come near tcp_max_tw_buckets, or somebody lowered that limit to get rid
/// of them.
///
/// The limit counts TIME_WAIT and orphaned FIN_WAIT2 sockets of a network namespace. At the limit
/// the kernel does not create the new TIME_WAIT, and the connection ends unprotected (see
/// timewait-overflow). By default it is half the slots of the kernel's connection table, 131 072 on
/// a host with 24 GB; that many take 32 to 64 MiB. 0 refuses every TIME_WAIT, -1 refuses none.
///
/// A warning from 80 % of the limit on, and if the limit is 0. A myth if the limit is lowered to
/// less than half of the kernel's default, now or by what boot will set: a low limit neither frees
/// ports sooner nor saves memory worth mentioning (256 to 512 bytes each); it removes what protects the
/// next connection from segments of the last. Silent while timewait-overflow reports, and if the
/// setting could not be read.
///
/// Confirm: compare `grep TCP: /proc/net/sockstat` (tw) with `sysctl net.ipv4.tcp_max_tw_buckets`.
/// A namespace created while tcp_child_ehash_entries is small has a small limit by default. Source:
/// net/ipv4/inet_timewait_sock.c:inet_twsk_alloc; tcp_ipv4.c:tcp_sk_init. Measured: a lower limit
/// kills no existing TIME_WAIT.
struct TimeWaitCapNear: Rule {
    static let id = RuleID.timewaitCapNear
    static let severities: [Severity] = [.warning, .myth]
    static let needs = RuleNeeds([.setting("net.ipv4.tcp_max_tw_buckets")])

    /// Share of the limit: one more burst of a quarter reaches it.
    static let nearRatio = 0.8

    /// Below it a limit is lower than the kernel's own on any host with 4 GiB of memory.
    static let lowForMost: Int64 = 16384
    private static let key = "net.ipv4.tcp_max_tw_buckets"

    func findings(in situation: Situation) -> [Finding] {
        let now = Self.live(situation)
        return now.isEmpty ? [Self.planned(situation)].compactMap { $0 } : now
    }

    private static func live(_ situation: Situation) -> [Finding] {
        guard let cap = TimeWaitCap(situation), let limit = cap.limit else { return [] }
        let overflows = situation.counter("TcpExt", "TCPTimeWaitOverflow") ?? 0
        let rate = situation.rate("TcpExt", "TCPTimeWaitOverflow")
        guard !TimeWaitOverflow.applies(cap, overflows: overflows, rate: rate) else { return [] }
        if limit == 0 || (cap.ratio ?? 0) >= Self.nearRatio {
            return [Self.near(cap, limit: limit)]
        }
        guard cap.isLowered, let standard = cap.standard else { return [] }
        let line = situation.planned(key).flatMap { $0.numbers?.first == cap.value ? $0 : nil }
        return [Self.myth(cap, limit: limit, assignment: line?.assignment, standard: standard)]
    }

    /// What boot will set, if the current value differs or is not known.
    private static func planned(_ situation: Situation) -> Finding? {
        guard let line = situation.planned(key), let value = line.numbers?.first, value >= 0,
            situation.number(key) != value
        else { return nil }
        let standard = TimeWaitCap.standard(of: situation.host)
        guard standard.map({ value < Int64($0) / 2 }) ?? (value < lowForMost) else { return nil }
        var evidence: [String: Evidence] = [
            "limit_sockets": .count(Int(clamping: value)), "set_in": .text(line.assignment.place),
        ]
        evidence["standard_limit_sockets"] = standard.map { .count($0) }
        return Finding(
            rule: id, severity: .myth, subject: line.assignment.place,
            observed: "\(line.words(key)), which does not end TIME_WAIT sooner: at "
                + "\(value.grouped) the kernel creates no new ones ("
                + (standard.map { "the kernel's default here is \($0.grouped)" }
                    ?? "the kernel's default is one for each 256 KiB of memory") + ")",
            evidence: evidence,
            cause: "a TIME_WAIT costs 256 to 512 bytes; beyond the limit connections end without "
                + "its protection",
            remedies: [
                Remedy(
                    .application, "remove the line from \(line.assignment.file)",
                    effect: "the kernel's default stays", risk: "none",
                    undo: "add the line again")
            ], proof: TimeWaitCap.proof)
    }

    private static func near(_ cap: TimeWaitCap, limit: Int) -> Finding {
        let share = cap.ratio.map { " (\($0.percent))" } ?? ""
        return Finding(
            rule: id, severity: .warning, subject: "net.ipv4.tcp_max_tw_buckets",
            observed: "\(cap.sockets.grouped) of \(limit.grouped) allowed TIME_WAIT sockets"
                + share,
            evidence: cap.evidence,
            cause: limit == 0
                ? "0 refuses every TIME_WAIT: each connection that this host closes ends "
                    + "unprotected"
                : "at the limit the next closed connection gets no TIME_WAIT, and after a lost "
                    + "last ACK the peer gets a RST",
            remedies: [TimeWaitOverflow.closeLess, cap.raise].compactMap { $0 },
            proof: TimeWaitCap.proof)
    }

    private static func myth(
        _ cap: TimeWaitCap, limit: Int, assignment: Assignment?, standard: Int
    ) -> Finding {
        Finding(
            rule: id, severity: .myth, subject: assignment?.place ?? key,
            observed: "net.ipv4.tcp_max_tw_buckets = \(cap.value) does not end TIME_WAIT sooner; "
                + "at \(limit.grouped) the kernel creates no new ones (now \(cap.sockets.grouped), "
                + "the kernel's default here is \(standard.grouped))",
            evidence: cap.evidence,
            cause: "a TIME_WAIT costs 256 to 512 bytes: the lower limit saves at most "
                + "\(Int64((standard - limit) * TimeWaitCap.bytesEach).bytes), and beyond it "
                + "connections end without its protection",
            remedies: [cap.raise].compactMap { $0 }, proof: TimeWaitCap.proof)
    }
}
