public import HostState

extension Situation {
    /// Whose sockets a tuple holds, from the tuple itself or else from what stands beside it.
    ///
    /// A TIME_WAIT has no process any more, so all but the first line of reasoning is inference and says so.
    public func owner(of ledger: PortLedger) -> Owner {
        if ledger.owner.confidence != .unknown {
            return Self.weighed(ledger.owner, for: ledger.states)
        }
        return knownOwners.possible(for: ledger.tuple) ?? ledger.owner
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
}

extension Owner {
    /// The program's name for a sentence: `php-fpm`, or `the program` where none is known.
    var called: String { name ?? unit ?? "the program" }
}
