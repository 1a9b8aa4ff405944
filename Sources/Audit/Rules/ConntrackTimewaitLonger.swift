import Model
import Text

/// Connection tracking keeps closed connections longer than TCP does, and the table fills up.
///
/// Tracking has its own timer for closed connections, 120 s by default
/// (`net/netfilter/nf_conntrack_proto_tcp.c`, `nf_conntrack_tcp_timeout_time_wait`), while TCP's
/// TIME_WAIT lasts 60 s, compiled in. So each closed connection keeps its entry for another minute
/// after both sockets are gone. The two timers are independent: a lower tracking timeout shortens
/// no TIME_WAIT, it only frees table entries sooner. 60 s loses nothing: tracking lets a new SYN
/// through an entry in TIME_WAIT and replaces the entry anyway. A change affects entries that
/// change state from then on, not existing ones (measured).
///
/// Confirm: `conntrack -L -p tcp --state TIME_WAIT | wc -l`, and `ss -tn state time-wait | wc -l`.
/// Silent if the table is less than a quarter full: then the longer timer costs next to nothing.
/// Silent too if the TIME_WAIT sockets of this namespace account for less than a tenth of the
/// entries: the table may hold UDP, or what a gateway forwards, and no socket here shows that.
struct ConntrackTimewaitLonger: Rule {
    static let id = RuleID.conntrackTimewaitLonger
    static let severities: [Severity] = [.warning, .notice]
    static let needs = RuleNeeds([.tracking])
    static let profileSettings = ShippedProfile.trackingSettings

    /// TCP's own TIME_WAIT, compiled in (`include/net/tcp.h:TCP_TIMEWAIT_LEN`).
    static let timeWaitSeconds: Int64 = 60
    /// From here on entries count: below, even a doubled load fills half the table at most.
    static let substantialRatio = 0.25
    static let key = "net.netfilter.nf_conntrack_tcp_timeout_time_wait"

    func findings(in situation: Situation) -> [Finding] {
        guard let timeout = situation.number(Self.key), timeout > Self.timeWaitSeconds,
            let table = ConntrackTable(situation), table.ratio >= Self.substantialRatio,
            let surplus = table.closedEntries(in: situation, timeout: timeout)
        else { return [] }
        let timeWait = max(0, situation.now.states[.timeWait])
        return [
            Finding(
                rule: id,
                severity: table.ratio >= ConntrackNearFull.warningRatio ? .warning : .notice,
                subject: Self.key,
                observed:
                    "tracking keeps closed connections \(Double(timeout).duration), TCP 60 s; "
                    + "table \(table.ratio.percent) full; \(timeWait.grouped) TIME_WAIT sockets "
                    + "here account for about \(surplus.grouped) entries that no socket needs any "
                    + "more, if they are tracked",
                evidence: [
                    "timeout_seconds": .count(Int(clamping: timeout)),
                    "fill_ratio": .number(table.ratio),
                    "time_wait": .count(timeWait),
                    "surplus_entries": .count(Int(clamping: surplus)),
                ],
                cause: "the tracking timer for closed connections is separate from TCP's and "
                    + "longer",
                remedies: [Self.shorten(in: situation, timeout: timeout)],
                proof:
                    "net/netfilter/nf_conntrack_proto_tcp.c:nf_conntrack_tcp_packet; measured: "
                    + "tracking sets the timeout when the state changes, and a new SYN replaces an "
                    + "entry in TIME_WAIT")
        ]
    }

    /// Entries older than their socket: those closed at the rate that the present TIME_WAIT tell,
    /// for the time between.
    static func surplus(timeWait: Int, timeout: Int64) -> Int64 {
        let surplus = Double(timeWait) / Double(timeWaitSeconds) * Double(timeout - timeWaitSeconds)
        return surplus < 9e15 ? Int64(surplus.rounded()) : .max
    }

    static func shorten(in situation: Situation, timeout: Int64) -> Remedy {
        let surplus = surplus(timeWait: max(0, situation.now.states[.timeWait]), timeout: timeout)
        return .writing(
            key, String(timeWaitSeconds), in: situation,
            text: "make tracking forget closed connections when TCP does",
            effect: "entries of closed connections live 60 s instead of \(Double(timeout).duration)"
                + (surplus > 0 ? ": about \(surplus.grouped) fewer" : "")
                + "; does not shorten TCP's TIME_WAIT",
            risk:
                "tracking treats a very late segment of a closed connection as invalid"
        )
    }
}
