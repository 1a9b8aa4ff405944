package import Model

/// The local ports of one source address over all its destinations, and how they were chosen.
package struct SourceAssessment: Sendable, Hashable {
    package let ports: SourcePorts
    /// Ports that connect() and bind() may choose from, taken or not.
    package let usable: Int
    /// How its sockets got their ports.
    package let choice: Choice
    /// How many ports connections to different destinations would share by chance, had connect() chosen them.
    package let expectedShared: Double
    /// The places of its tuples in ``Situation/tuples``: those that hold a port of the range.
    let tuples: [Int]
    /// Ports of its largest destination.
    let fullest: Int

    package enum Choice: Sendable, Hashable {
        /// connect() may have chosen them: it shares a port among destinations.
        case connect
        /// bind() took them, each for all destinations: the half that connect() takes last is used.
        case bindByParity
        /// The same: no port is shared, which connect() does not give.
        case bindBySharing
    }

    package var address: IPAddress { ports.address }
    package var isBound: Bool { choice != .connect }
    /// The share of the usable ports that bind() with port 0 finds taken.
    package var usedRatio: Double {
        usable > 0 ? min(1, Double(ports.distinct) / Double(usable)) : ports.distinct > 0 ? 1 : 0
    }
    /// Whether bind() with port 0 finds no port, or as good as none.
    var isFull: Bool { usedRatio >= PortsExhausting.fullRatio }

    /// Ports from which a share of one parity is no chance: nine tenths of 32, once in 100 000 (binomial, p = 1/2).
    static let fewestPorts = 32
    /// Share of one half of the ports that shows who chose them.
    static let parityRatio = 0.9
    /// Shared ports to be expected, so that none at all says something.
    static let fewestShared = 20.0
    /// The chance that connect() shares none below which it has not chosen them.
    static let chance = 1e-6

    static func all(
        of now: Snapshot, tuples: [TupleAssessment], budget: PortBudget
    ) -> [SourceAssessment] {
        guard budget.isMeasured, let sources = now.sourcePorts, !sources.isEmpty else { return [] }
        var places: [IPAddress: [Int]] = [:]
        for index in tuples.indices where tuples[index].used > 0 {
            places[tuples[index].tuple.source, default: []].append(index)
        }
        // What is not listed has no more sockets than the least of those that are.
        let least =
            now.socketsInTuplesLeftOut > 0 ? tuples.map(\.ledger.states.total).min() ?? 0 : 0
        return sources.map {
            let own = places[$0.address] ?? []
            return SourceAssessment(
                $0, used: own.map { tuples[$0].used }, leastListed: least, places: own,
                budget: budget)
        }
    }

    private init(
        _ ports: SourcePorts, used: [Int], leastListed: Int, places: [Int], budget: PortBudget
    ) {
        self.ports = ports
        usable = budget.usable
        tuples = places
        fullest = max(used.max() ?? 0, used.isEmpty ? leastListed : 0)
        let expected = Self.expectedShared(ports, used, leastListed, usable: budget.usable)
        expectedShared = expected
        let isSpread = fullest < budget.usableFirstParity && leastListed < budget.usableFirstParity
        if isSpread, Self.isSecondHalf(ports, budget) {
            choice = .bindByParity
        } else if Self.sharesTooFew(ports, expected: expected, usable: budget.usable) {
            choice = .bindBySharing
        } else {
            choice = .connect
        }
    }

    /// Whether the ports are those that bind() with port 0 tries first; connect() takes them if the others are used up.
    ///
    /// A program that sets IP_LOCAL_PORT_RANGE takes both halves alike, and shares the ports. If both halves are used
    /// up, the parity shows nothing.
    private static func isSecondHalf(_ ports: SourcePorts, _ budget: PortBudget) -> Bool {
        let distinct = max(0, ports.distinct)
        let even = min(max(0, ports.even), distinct)
        let second = Double(budget.evenFirst ? distinct - even : even)
        let half = Double(budget.usable - budget.usableFirstParity)
        let isFirstLeft =
            Double(distinct) - second < parityRatio * Double(budget.usableFirstParity)
        return second >= Double(fewestPorts) && ports.shared <= distinct / 2
            && (second >= parityRatio * Double(distinct)
                || (half > 0 && second >= parityRatio * half && isFirstLeft))
    }

    /// Pairs of sockets with different destinations, divided by the ports: so many meet on one port by chance.
    ///
    /// If sockets are many times the ports, pairs are more than ports, and all ports would be shared.
    private static func expectedShared(
        _ ports: SourcePorts, _ used: [Int], _ leastListed: Int, usable: Int
    ) -> Double {
        guard usable > 0, ports.destinations > 1 else { return 0 }
        let sockets = Double(max(0, ports.sockets))
        let listed = used.reduce(into: (sum: 0.0, squares: 0.0)) {
            $0.sum += Double($1)
            $0.squares += Double($1) * Double($1)
        }
        let rest = max(0, sockets - listed.sum)
        // Of those that are not listed no destination has more than the least listed.
        let squares = listed.squares + rest * Double(max(1, leastListed))
        return min(
            Double(max(0, ports.distinct)), max(0, sockets * sockets - squares) / 2 / Double(usable)
        )
    }

    /// Whether connect() would have shared more of the ports than are, with hardly a chance not to.
    ///
    /// For one destination connect() goes from port to port, so the ports of each are a run that begins anywhere; D
    /// runs of S ports in all miss each other on a circle of U with the probability Π (U − S + k) / U, k = 1…D − 1.
    /// Scattered ports meet sooner.
    private static func sharesTooFew(
        _ ports: SourcePorts, expected: Double, usable: Int
    ) -> Bool {
        guard expected >= fewestShared, Double(ports.shared) * 100 <= expected else { return false }
        let free = Double(max(0, usable - ports.distinct))
        var chance = 1.0
        for run in 1..<max(2, min(ports.destinations, 65536)) {
            chance *= min(1, (free + Double(run)) / Double(usable))
            if chance <= Self.chance { return true }
        }
        return false
    }
}
