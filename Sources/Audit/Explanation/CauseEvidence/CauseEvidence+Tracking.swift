import Model
import Text

extension CauseEvidence {
    static let tracking: [String: Predicate] = [
        "tracking-full": { $0.trackingFull },
        "tracking-closed": { $0.trackingClosed },
        "tracking-stale": { $0.trackingStale },
        "tracking-forgot": { $0.trackingForgot },
    ]

    private static let noTable = CauseVerdict.notFound(
        "this namespace has no connection tracking table; another host on the path may have one")

    private static func text(_ table: ConntrackTable) -> String {
        "\(table.count.grouped) of \(table.maximum.grouped) entries (\(table.ratio.percent))"
    }

    var trackingFull: CauseVerdict {
        guard let table = ConntrackTable(situation) else { return Self.noTable }
        let text = Self.text(table)
        if table.ratio >= Self.fullRatio { return .found(text) }
        if let drops = situation.reading("nf_conntrack", "drop"), drops.grows {
            return .mayBe("packets dropped: \(drops.growthText ?? ""); \(text)")
        }
        if table.ratio >= 0.75 { return .mayBe(text) }
        if let early = situation.reading("nf_conntrack", "early_drop"), early.total > 0 {
            return .mayBe(
                "entries deleted early: \(situation.sinceStart(early.total)); \(text) now")
        }
        return .notFound(text)
    }

    private var trackingClosed: CauseVerdict {
        guard let table = ConntrackTable(situation) else { return Self.noTable }
        let key = ConntrackTimewaitLonger.key
        guard let timeout = situation.number(key) else {
            return .cannotBeSeen("\(key) was not read")
        }
        let timeWait = max(0, now.states[.timeWait])
        let surplus = ConntrackTimewaitLonger.surplus(timeWait: timeWait, timeout: timeout)
        let text =
            "\(timeWait.grouped) TIME_WAIT of this host, timeout \(timeout) s; \(Self.text(table))"
        guard timeout > ConntrackTimewaitLonger.timeWaitSeconds else { return .notFound(text) }
        if Double(surplus) >= 0.25 * Double(table.count), surplus > 0, table.ratio >= 0.5 {
            return .found(text)
        }
        // A gateway's table holds connections of others, whose states no socket here shows.
        return surplus > 0 && table.ratio >= 0.5
            ? .mayBe(text)
            : table.ratio >= 0.5
                ? .cannotBeSeen(
                    "conntrack -L shows what the entries belong to; \(Self.text(table))")
                : .notFound(text)
    }

    private var trackingStale: CauseVerdict {
        guard let table = ConntrackTable(situation) else { return Self.noTable }
        let sockets = now.states.total
        let text = "\(Self.text(table)); \(sockets.counted("TCP socket")) here"
        guard table.ratio >= 0.5 else { return .notFound(text) }
        return .cannotBeSeen(
            "\(text); the rest may be forwarded connections: conntrack -L")
    }

    private var trackingForgot: CauseVerdict {
        guard let table = ConntrackTable(situation) else {
            return .cannotBeSeen(
                "no table here; this host cannot see what other hosts on the path forget")
        }
        if let early = situation.reading("nf_conntrack", "early_drop"), early.total > 0 {
            return .mayBe(
                "entries deleted early: \(early.growthText ?? situation.sinceStart(early.total))"
            )
        }
        return .cannotBeSeen(
            "this host's table deleted none early (\(Self.text(table))); this host cannot see "
                + "other hosts on the path"
        )
    }
}
