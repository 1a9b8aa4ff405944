package import Model
import Text

extension Situation {
    /// Who owns the sockets of a tuple: from the tuple itself, or else from a similar tuple.
    ///
    /// A TIME_WAIT has no process any more, so all but the first line of reasoning is inference and says so.
    package func owner(of ledger: PortLedger) -> Owner {
        if let shares = ledger.owners, shares.count > 1, let owner = Self.shared(shares) {
            return owner
        }
        if ledger.owner.confidence != .unknown {
            return weighed(ledger.owner, for: ledger)
        }
        return knownOwners.possible(for: ledger.tuple) ?? ledger.owner
    }

    /// The listener on this host that a tuple leads to; nil if the peer is another host or was not seen.
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

    /// Who holds the connections of a listener in CLOSE_WAIT; the listener's owner if nothing shows another.
    ///
    /// After a graceful reload the old process keeps its connections, and a new one listens.
    func ownerOfCloseWait(at listener: Listener) -> Owner {
        let waiting = listener.states[.closeWait]
        // Those that nobody has accepted are the listener's.
        let unaccepted = max(0, listener.withoutInodeStates?[.closeWait] ?? 0)
        guard let sample = now.stateSamples?.first(where: { $0.state == .closeWait }),
            let first = sample.owners.first?.owner, unaccepted < waiting - unaccepted
        else { return listener.owner }
        let looked = sample.samples.count
        let here = sample.samples.count { $0.localPort == listener.port }
        let isOneProgram =
            sample.owners.count == 1 && sample.owners.allSatisfy { $0.sockets == looked }
        guard here > 0, here == looked || isOneProgram,
            !first.pids.allSatisfy(listener.owner.pids.contains)
        else { return listener.owner }
        return Owner.ofSome(sample.owners, looked: looked, of: waiting) ?? listener.owner
    }

    /// The one with most sockets, and in words how many each has of those looked at; nil if one program has all.
    private static func shared(_ shares: [OwnerShare]) -> Owner? {
        let programs = programs(shares)
        guard programs.count > 1, var owner = programs.first?.owner else { return nil }
        var parts = programs.prefix(named).map { "\($0.owner.called) \($0.sockets.grouped)" }
        parts[0] = "\(owner.called) has \(programs[0].sockets.grouped)"
        let more = programs.count - parts.count
        if more > 0 { parts.append("\(more.grouped) other programs the rest") }
        owner.reason =
            parts.joined(separator: ", ") + " of the open connections looked at"
        // Each has its own for certain, and none of them has all.
        owner.confidence = owner.atMostLikely
        return owner
    }

    /// The processes of one name as one, most sockets first.
    private static func programs(_ shares: [OwnerShare]) -> [OwnerShare] {
        var programs: [OwnerShare] = []
        for share in shares where share.sockets > 0 {
            if let place = programs.firstIndex(where: { $0.owner.called == share.owner.called }) {
                programs[place].sockets += share.sockets
                programs[place].owner.pids += share.owner.pids.filter {
                    !programs[place].owner.pids.contains($0)
                }
            } else {
                programs.append(share)
            }
        }
        return programs.sorted { ($0.sockets, $1.owner.called) > ($1.sockets, $0.owner.called) }
    }

    /// So many owners are named in a sentence.
    private static let named = 4

    /// The programs that own a tuple's sockets, as a sentence names them: `php-fpm`, `java and telegraf`.
    func called(_ ledger: PortLedger) -> String {
        let names = Self.programs(ledger.owners ?? []).map(\.owner.called)
        guard names.count > 1 else { return owner(of: ledger).called }
        let shown = names.prefix(Self.named)
        let more = names.count - shown.count
        guard more == 0, let last = shown.last else {
            return shown.joined(separator: ", ") + " and \(more.grouped) more"
        }
        return shown.dropLast().joined(separator: ", ") + " and \(last)"
    }

    /// The owner of several tuples together, by the ports that each known one holds; of the first if none is known.
    func owner(of tuples: [TupleAssessment]) -> Owner {
        var names: [(name: String, ports: Int, owner: Owner)] = []
        for tuple in tuples where tuple.ledger.owner.confidence != .unknown {
            let owner = owner(of: tuple.ledger)
            guard let name = owner.displayName else { continue }
            if let place = names.firstIndex(where: { $0.name == name }) {
                names[place].ports += tuple.used
            } else {
                names.append((name, tuple.used, owner))
            }
        }
        names.sort { $0.ports > $1.ports }
        guard var owner = names.first?.owner else {
            return tuples.first.map { self.owner(of: $0.ledger) } ?? .unknown
        }
        let known = names.reduce(0) { $0 + $1.ports }
        let all = tuples.reduce(0) { $0 + $1.used }
        // What was looked at is a part of them, the destinations with most.
        if names.count > 1 || known < all { owner.confidence = owner.atMostLikely }
        if names.count > 1 {
            owner.reason =
                names.prefix(Self.named).map { "\($0.name): \($0.ports.grouped)" }
                .joined(separator: ", ") + " ports of the destinations looked at"
        }
        return owner
    }

    /// A process has the live sockets for certain; those in TIME_WAIT were likely its own.
    ///
    /// Not if its sockets follow another rhythm: if no connection closes any more and its sockets are open, or if they
    /// are the same ones at both looks while others came and went.
    private func weighed(_ owner: Owner, for ledger: PortLedger) -> Owner {
        let states = ledger.states
        guard owner.confidence == .certain || owner.confidence == .likely,
            states[.timeWait] * 2 > states.total
        else { return owner }
        var weighed = owner
        weighed.confidence = .likely
        if ClosingHistory(ledger.closings).hasEnded(interval: interval) {
            weighed.confidence = .possible
            weighed.reason +=
                "; none of the TIME_WAIT sockets was closed in the last \(ClosingHistory.silence) "
                + "s, so another program may have closed them"
        } else if stayed(ledger) {
            weighed.confidence = .possible
            weighed.reason +=
                "; it had the same ones \((interval ?? 0).duration) earlier, so others may have "
                + "closed those in TIME_WAIT"
        }
        return weighed
    }

    /// Whether all live sockets that were looked at are those of the earlier look.
    private func stayed(_ ledger: PortLedger) -> Bool {
        guard interval != nil, !ledger.samples.isEmpty,
            let before = self.before(ledger.tuple)
        else { return false }
        let old = Set(before.samples.map(\.inode))
        return ledger.samples.allSatisfy { old.contains($0.inode) }
    }
}

extension Owner {
    /// The program's name for a sentence: `php-fpm`, or `the program` if none is known.
    var called: String { displayName ?? "the program" }

    /// Its confidence for sockets that were not all looked at.
    fileprivate var atMostLikely: Confidence { confidence == .certain ? .likely : confidence }
}
