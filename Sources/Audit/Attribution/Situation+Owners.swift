import HostState

extension Situation {
    /// Whose sockets a tuple holds, from the tuple itself or else from what stands beside it.
    ///
    /// A TIME_WAIT has no process any more, so all but the first line of reasoning is inference and says so.
    func owner(of ledger: PortLedger) -> Owner {
        if ledger.owner.confidence != .unknown {
            return Self.weighed(ledger.owner, for: ledger.states)
        }
        return ownerBefore(ledger.tuple) ?? ownerOfSameDestination(ledger.tuple) ?? ledger.owner
    }

    /// The listener on this host that a tuple leads to; nil where the other end is elsewhere or not seen.
    func server(of tuple: Tuple) -> Listener? {
        guard tuple.isWithinHost else { return nil }
        let candidates = now.listeners.filter { $0.port == tuple.port }
        return candidates.first { $0.address == tuple.destination }
            ?? candidates.first {
                $0.address.isUnspecified
                    && ($0.address.isIPv4 == tuple.destination.isIPv4
                        || (tuple.destination.isIPv4 && !$0.onlyIPv6))
            }
    }

    /// A process holds the live sockets for certain; those in TIME_WAIT were likely its own.
    private static func weighed(_ owner: Owner, for states: StateCounts) -> Owner {
        guard owner.confidence == .certain, states[.timeWait] * 2 > states.total else {
            return owner
        }
        var weighed = owner
        weighed.confidence = .likely
        return weighed
    }

    private func ownerBefore(_ tuple: Tuple) -> Owner? {
        guard let interval, let before = earlier?.tuples.first(where: { $0.tuple == tuple }),
            before.owner.confidence != .unknown
        else { return nil }
        var owner = before.owner
        owner.confidence = .possible
        owner.reason = "held sockets to the same destination \(interval.duration) before"
        return owner
    }

    private func ownerOfSameDestination(_ tuple: Tuple) -> Owner? {
        let same = now.tuples.first {
            $0.tuple.destination == tuple.destination && $0.tuple.port == tuple.port
                && $0.owner.confidence != .unknown
        }
        guard let same else { return nil }
        var owner = same.owner
        owner.confidence = .possible
        owner.reason = "has sockets to the same destination from \(same.tuple.source)"
        return owner
    }
}

extension Owner {
    /// The program's name for a sentence: `php-fpm`, or `the program` where none is known.
    var called: String { name ?? unit ?? "the program" }
}
