import Model
import Text

extension CauseEvidence {
    /// Share of the ports in use from which connect() fails.
    static let fullRatio = 0.95
    /// Share from which ports may have run out at a peak.
    static let pressingRatio = 0.5

    static let ports: [String: Predicate] = [
        "ports-used-up": { $0.portsUsedUp },
        "range-narrow": { $0.rangeNarrow },
        "reuse-off": { $0.reuseOff },
        "loopback-fast": { $0.loopbackFast },
        "range-by-hand": { $0.rangeByHand },
        "own-range": { $0.ownRange },
    ]

    /// The destination that the line names, or else the one with most ports in use.
    private var fullest: TupleAssessment? {
        let meant = named.targets.flatMap { lookup.tuples(to: $0) }
        return (meant.isEmpty ? situation.tuples : meant).max { $0.usedRatio < $1.usedRatio }
    }

    private static func text(_ tuple: TupleAssessment) -> String {
        "\(tuple.used.grouped) of \(tuple.usable.grouped) ports in use for \(tuple.tuple.text) "
            + "(\(tuple.usedRatio.percent))"
    }

    var portsUsedUp: CauseVerdict {
        if let unread = unread(.connections) { return unread }
        guard let fullest else { return .notFound("no outgoing connection") }
        let text = Self.text(fullest)
        if fullest.blockedRatio >= Self.fullRatio { return .found(text) }
        if fullest.usedRatio >= Self.fullRatio {
            guard fullest.ledger.usesTimestamps != false else {
                return .found(text + "; without timestamps connect() reuses none")
            }
            let reusable = "connect() can reuse \(fullest.reusable.grouped) in TIME_WAIT"
            return fullest.ledger.usesTimestamps == true
                ? .mayBe(text + "; " + reusable)
                : .mayBe(text + "; \(reusable) only if the peer uses timestamps")
        }
        if fullest.usedRatio >= Self.pressingRatio { return .mayBe(text) }
        if let forecast = finding(.portsForecast) { return .mayBe(Self.text(of: forecast)) }
        return .notFound("\(text), the most of any destination")
    }

    private var rangeNarrow: CauseVerdict {
        if let unread = unread(.portRange) { return unread }
        let budget = situation.budget
        let text =
            "\(budget.usable.grouped) of \(PortBudget.standardRange.count.grouped) usable: "
            + "\(budget.range.lowerBound) to \(budget.range.upperBound), "
            + "\(budget.reserved.grouped) reserved, \(budget.held.grouped) held"
        if budget.usable == 0 { return .found(text) }
        guard budget.usable < PortBudget.standardRange.count / 2 else { return .notFound(text) }
        let isFelt = (fullest?.usedRatio ?? 0) >= Self.fullRatio
        return isFelt ? .found(text) : .mayBe(text)
    }

    private var reuseOff: CauseVerdict {
        if let unread = unread(.connections) { return unread }
        if let unread = unread(.setting("net.ipv4.tcp_tw_reuse")) { return unread }
        guard let fullest, fullest.ledger.states[.timeWait] > 0 else {
            return .notFound("no port of a destination is in TIME_WAIT")
        }
        let timeWait = fullest.ledger.states[.timeWait]
        let why: String
        if !situation.reuse.timestamps {
            why = "tcp_timestamps = 0"
        } else if !situation.reuse.applies(to: fullest.tuple) {
            why = "tcp_tw_reuse = \(situation.reuse.mode)"
        } else if fullest.ledger.usesTimestamps == false {
            why = "the peer uses no timestamps"
        } else if fullest.ledger.usesTimestamps == nil, fullest.usedRatio >= Self.fullRatio {
            return .mayBe(
                "tcp_tw_reuse = \(situation.reuse.mode), but it is unknown whether the peer uses "
                    + "timestamps: \(timeWait.grouped) ports in TIME_WAIT")
        } else {
            return .notFound("tcp_tw_reuse = \(situation.reuse.mode), and timestamps are on")
        }
        let text = "\(why): connect() reuses none of \(timeWait.grouped) ports in TIME_WAIT"
        if fullest.usedRatio >= Self.fullRatio { return .found(text) }
        return fullest.usedRatio >= Self.pressingRatio
            ? .mayBe(text + "; \(Self.text(fullest))")
            : .notFound("\(why), but \(Self.text(fullest))")
    }

    private var loopbackFast: CauseVerdict {
        if let unread = unread(.connections) { return unread }
        let within = situation.tuples.filter { $0.tuple.isWithinHost }
        guard let fullest = within.max(by: { $0.usedRatio < $1.usedRatio }) else {
            return .notFound("no connection of this host to itself")
        }
        let text = Self.text(fullest)
        if fullest.usedRatio >= Self.fullRatio { return .found(text) }
        return fullest.usedRatio >= Self.pressingRatio ? .mayBe(text) : .notFound(text)
    }

    /// A block without a gap shows a program's own range; nothing shows that the range ends with it.
    private var ownRange: CauseVerdict {
        if let unread = unread(.connections) ?? unread(.portBlocks) { return unread }
        if let finding = finding(.ownRangeExhausting) { return .mayBe(Self.text(of: finding)) }
        return .notFound(
            "no block of \(OwnRangeExhausting.fewest) or more consecutive ports is completely in "
                + "use"
        )
    }

    private var rangeByHand: CauseVerdict {
        if let unread = unread(.portRange) { return unread }
        let range = situation.budget.range
        let text = "ip_local_port_range = \(range.lowerBound) \(range.upperBound)"
        return range.lowerBound % 2 == range.upperBound % 2 ? .found(text) : .notFound(text)
    }
}
