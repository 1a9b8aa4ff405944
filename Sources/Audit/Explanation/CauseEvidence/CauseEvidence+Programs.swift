import Model
import Text

extension CauseEvidence {
    /// Causes of what programs report beside the errnos of TCP.
    static let programs: [String: Predicate] = [
        "own-time-limit": { $0.ownTimeLimit },
        "receive-time-limit": { $0.pathGone.weakened },
        "unix-backlog-cut": { $0.unixBacklogCut },
        "low-port": { $0.lowPort },
        "table-full": { $0.trackingFull },
        "ipv6-off": { $0.ipv6Off },
        "reset-before": {
            $0.verdict(
                ofCounter: "Tcp", "EstabResets", proves: false,
                what: "connections ended by a RST, sent by this host or by the peer")
        },
        "queue-fills": { $0.acceptsSlowly },
        "idle-clients": { _ in
            .cannotBeSeen(
                "tcptune cannot see whether an open connection is used, or is one too many")
        },
        "no-ports": { $0.portsUsedUp },
        "servers-slow": { $0.serversSlow },
        "retransmits": { $0.pathGone },
    ]

    /// Only what is slow on this host can be seen: the server may be another.
    private var ownTimeLimit: CauseVerdict {
        let verdict = acceptsSlowly
        if verdict.isFound || verdict.isPossible { return .mayBe(verdict.evidence) }
        return .cannotBeSeen(
            "no listener of this network namespace looks slow to accept; only the program's log "
                + "shows its time limit"
        )
    }

    private var serversSlow: CauseVerdict {
        for verdict in [acceptsSlowly, synUnanswered] where verdict.isFound || verdict.isPossible {
            return .mayBe(verdict.evidence)
        }
        return .cannotBeSeen("this host cannot see the queues of other hosts")
    }

    private var unixBacklogCut: CauseVerdict {
        if let unread = unread(.unixListeners) { return unread }
        guard let somaxconn = situation.number("net.core.somaxconn") else {
            return .cannotBeSeen("net.core.somaxconn was not read")
        }
        let full = (now.unixListeners?.waiting ?? []).filter {
            $0.queue > $0.backlog && (named.paths.isEmpty || named.paths.contains($0.path))
        }
        guard let first = full.first else {
            return .notFound("no accept queue of a Unix socket is full")
        }
        let text = "backlog \(first.backlog.grouped), net.core.somaxconn = \(somaxconn)"
        return Int64(first.backlog) == somaxconn ? .mayBe(text) : .notFound(text)
    }

    private var lowPort: CauseVerdict {
        guard let port = namedPorts.lazy.compactMap(\.port).first else { return Self.noPortNamed }
        guard let start = situation.number("net.ipv4.ip_unprivileged_port_start") else {
            return .cannotBeSeen("ip_unprivileged_port_start was not read")
        }
        let text = "port \(port), ip_unprivileged_port_start = \(start)"
        return Int64(port) < start
            ? .mayBe(text + "; the program's rights are unknown") : .notFound(text)
    }

    private var ipv6Off: CauseVerdict {
        if now.counters.groups["snmp6"] != nil { return .notFound("/proc/net/snmp6 exists") }
        return now.counters.groups["Tcp"] == nil
            ? .cannotBeSeen("the counters were not read")
            : .mayBe("this namespace has no IPv6 counters")
    }
}

extension CauseVerdict {
    /// The same, if what was found is no more than consistent with the cause.
    var weakened: CauseVerdict { isFound ? .mayBe(evidence) : self }
}
