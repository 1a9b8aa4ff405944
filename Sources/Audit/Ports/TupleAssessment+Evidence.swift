import HostState

extension TupleAssessment {
    /// Its numbers by name, as findings carry them; what was not seen is left out.
    var evidence: [String: Evidence] {
        var evidence: [String: Evidence] = [
            "used_ports": .count(used),
            "usable_ports": .count(usable),
            "used_ratio": .number(usedRatio),
            "reusable_ports": .count(reusable),
            "blocked_ports": .count(blocked),
            "blocked_ratio": .number(blockedRatio),
            "time_wait_sockets": .count(ledger.states[.timeWait]),
            "established_sockets": .count(ledger.states[.established]),
            "hold_seconds": .number(holdSeconds),
        ]
        evidence["closing_per_second"] = closingPerSecond.map { .number($0) }
        evidence["recent_closing_per_second"] = recentClosingPerSecond.map { .number($0) }
        evidence["closed_by_local_ratio"] = closedByLocalRatio.map { .number($0) }
        evidence["seconds_to_slow"] = secondsToSlow.map { .number($0) }
        evidence["seconds_to_exhaustion"] = secondsToExhaustion.map { .number($0) }
        if limitPerSecond.isFinite { evidence["limit_per_second"] = .number(limitPerSecond) }
        return evidence
    }

    /// The state of its ports in a sentence: `27 911 of 28 232 ports used (98.9 %), 27 880 of them TIME_WAIT`.
    var observed: String {
        var parts = ["\(used.grouped) of \(usable.grouped) ports used (\(usedRatio.percent))"]
        if let (state, count) = ledger.states.present.first {
            parts[0] += ", \(count.grouped) of them \(state.name)"
        }
        if reusable > 0 { parts.append("\(reusable.grouped) of them can be reused") }
        if let closingPerSecond, closingPerSecond > 0, !isReusing {
            parts.append("closing \(closingPerSecond.figure)/s over the last 60 s")
        } else if let recentClosingPerSecond, recentClosingPerSecond > 0 {
            parts.append("closing \(recentClosingPerSecond.figure)/s")
        }
        if blocked >= usable {
            parts.append("full")
        } else if let secondsToExhaustion {
            parts.append("full in ~\(secondsToExhaustion.duration)")
        }
        return parts.joined(separator: "; ")
    }

    /// Why its ports are held, by what holds most of them.
    func cause(owner: Owner) -> String {
        let states = ledger.states
        let most = states.present.first?.state ?? .timeWait
        switch most {
        case .timeWait:
            return "\(owner.called) opens a connection for each request and this side closes "
                + "first: TIME_WAIT then holds the port for \(holdSeconds.duration)"
        case .finWait2, .finWait1:
            return "this side has closed and the peer has not: such a port cannot be reused, "
                + "whatever tcp_tw_reuse says"
        case .closeWait:
            return "the peer has closed and \(owner.called) has not: the port stays taken until "
                + "it calls close()"
        case .synSent:
            return "connections that the peer does not answer hold their ports until connect() "
                + "gives up"
        default:
            return "\(owner.called) holds so many connections open at once; each has a port of "
                + "its own"
        }
    }
}
