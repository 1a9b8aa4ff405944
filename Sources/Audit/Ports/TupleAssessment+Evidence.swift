import Model
import Text

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
        evidence["growth_per_second"] = growthPerSecond > 0 ? .number(growthPerSecond) : nil
        evidence["uses_timestamps"] = ledger.usesTimestamps.map { .text($0 ? "yes" : "no") }
        evidence["reused_ports"] = reusedInInterval.map { .count($0) }
        evidence["ports_on_one_interface"] = ledger.onOneInterface.map { .count($0) }
        evidence["closing_per_second"] = closingPerSecond.map { .number($0) }
        evidence["recent_closing_per_second"] = recentClosingPerSecond.map { .number($0) }
        evidence["closed_by_local_ratio"] = closedByLocalRatio.map { .number($0) }
        evidence["seconds_to_slow"] = secondsToSlow.map { .number($0) }
        evidence["seconds_to_exhaustion"] = secondsToExhaustion.map { .number($0) }
        if limitPerSecond.isFinite { evidence["limit_per_second"] = .number(limitPerSecond) }
        return evidence
    }

    /// Its ports in a sentence, with what the user already suffers first.
    ///
    /// `connect() is already slow: 21 452 of 28 232 ports are in use (76.0 %), 21 441 of them TIME_WAIT`.
    var observed: String {
        var parts = ["\(used.grouped) of \(usable.grouped) ports are in use (\(usedRatio.percent))"]
        if let (state, count) = ledger.states.present.first {
            parts[0] += ", \(count.grouped) of them \(state.name)"
        }
        if usable > 0, blocked >= usable {
            parts[0] =
                "no port is left, "
                + (reuse == .doubtful ? "unless connect() reuses one" : "so connect() fails")
                + ": " + parts[0]
        } else if usable > 0, secondsToSlow == 0 {
            parts[0] = "connect() is already slow: " + parts[0]
        }
        if let reused { parts.append(reused) }
        if ledger.onOneInterface != nil {
            parts.append(
                "its sockets are bound to several interfaces, and each interface has all the "
                    + "ports: at most this many share one interface")
        }
        if hasEnded {
            parts.append(
                blocked >= usable && usable > 0
                    ? "no connection ended in the last \(ClosingHistory.silence) s: none can begin"
                    : "this host closed none of them in the last \(ClosingHistory.silence) s"
            )
        } else if let rate, rate.perSecond > 0 {
            parts.append("this host closed \(rate.text)")
        }
        if growthPerSecond > 0 {
            parts.append("\(growthPerSecond.figure) more connections are open each second")
        }
        if blocked < usable, let secondsToExhaustion {
            parts.append("ports run out in about \(secondsToExhaustion.duration)")
        }
        return parts.joined(separator: "; ")
    }

    /// What is known of the reuse of its ports; nil if there is nothing to say.
    private var reused: String? {
        switch reuse {
        case .excluded: nil
        case .confirmed where reusable > 0: "\(reusable.grouped) of them can be reused"
        case .probable where reusable > 0:
            "\(reusable.grouped) of them can be reused if the peer uses timestamps (this namespace "
                + "has reused ports)"
        case .unconfirmed where reusable > 0:
            "\(reusable.grouped) of them can be reused if the peer uses timestamps"
                + (reusedInInterval == 0
                    ? "; connect() reused none of its ports in the interval: either nothing "
                        + "connects, or connect() fails" : "")
        case .doubtful: "nothing shows that connect() reuses them"
        case .refuted: "connect() reuses none of them"
        default: nil
        }
    }

    /// Why its ports are taken, by the state of most of them.
    ///
    /// - Parameter called: the program or programs, as a sentence names them.
    func cause(_ called: String) -> String {
        let states = ledger.states
        switch states.present.first?.state ?? .timeWait {
        case .timeWait:
            return "each request of \(called) opens a connection and this host closes first: "
                + "TIME_WAIT then holds the port for \(holdSeconds.duration)" + whyNotReused
        case .finWait2, .finWait1:
            let held = ledger.heldFinWait2 ?? 0
            return "this host has closed and the peer has not: connect() cannot reuse such a port, "
                + "whatever tcp_tw_reuse says"
                + (held > 0
                    ? "; a process still has \(held.grouped) of them open after shutdown(), and no "
                        + "timer ends those" : "")
        case .closeWait:
            return "the peer has closed, and \(called) has not: the port stays taken until it "
                + "calls close()"
        case .synSent:
            return "the peer does not answer: each such connection holds its port until connect() "
                + "gives up"
        default:
            return "this many connections of \(called) are open at once; each has its own port"
        }
    }

    /// Why a setting that is on frees nothing.
    private var whyNotReused: String {
        if ledger.usesTimestamps == false {
            return "; tcp_tw_reuse cannot free it sooner, because the connections use no timestamps"
        }
        return switch reuse {
        case .refuted:
            "; tcp_tw_reuse is on but frees none: the peer uses no timestamps, or the program "
                + "chooses the port with bind(), or the setting is less than a minute old"
        case .doubtful:
            "; tcp_tw_reuse is on, but more ports are in TIME_WAIT than working reuse leaves: the "
                + "peer may use no timestamps, or the program chooses the port with bind()"
        default: ""
        }
    }
}
