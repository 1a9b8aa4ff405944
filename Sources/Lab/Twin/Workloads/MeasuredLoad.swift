package import Model
import Text

/// What a host's connections do, as far as one or two snapshots tell.
package struct MeasuredLoad: Sendable, Hashable {
    /// Of the busiest (source, destination, port), or of all listeners together.
    package var ratePerSecond: Double
    package var isOutbound: Bool
    /// Over addresses of 127/8 or ::1, where the kernel's default reuses ports in TIME_WAIT.
    package var isLoopback: Bool
    /// Where it goes, or where it comes in.
    package var subject: String
    /// Destinations that get a tenth of the busiest one's share at least.
    package var destinations: Int
    /// Local ports that stay held: by open connections to the destination, and by sockets that are bound and do nothing.
    package var heldPorts: Int
    /// The share of the ended connections that this host closed first; nil where none was seen to end.
    package var closedByLocalRatio: Double?
    /// Seconds that a connection stays open: how many are, by how many come (Little 1961).
    package var lifetime: Double
    /// What it rests on.
    package var basis: String

    /// Nil where nothing moved.
    package init?(_ view: Observation.View) {
        let seconds = view.earlier.map { view.now.uptime - $0.uptime }.flatMap {
            $0.isFinite && $0 > 0 ? $0 : nil
        }
        let ended = Dictionary(view.now.endings.map { ($0.tuple, $0.count) }) { $0 + $1 }
        let tuples = view.now.tuples.map { ($0, Self.rate(of: $0, ended[$0.tuple], seconds)) }
            .filter { $0.1 > 0 }
        let busiest = tuples.max { $0.1 < $1.1 }
        let inbound = Self.inbound(view, seconds)
        let outbound = tuples.reduce(0) { $0 + $1.1 }
        basis =
            seconds.map { "two snapshots \($0.duration) apart" }
            ?? "the ages of the sockets in TIME_WAIT in one snapshot"
        if let busiest, outbound >= inbound {
            let (ledger, rate) = busiest
            isOutbound = true
            isLoopback = ledger.tuple.destination.isLoopback
            heldPorts = Self.held(ledger, view.now)
            ratePerSecond = rate
            subject =
                ledger.tuple.route
            destinations = min(max(tuples.count { $0.1 >= rate / 10 }, 1), 8)
            closedByLocalRatio = Self.closedHere(ledger, ended[ledger.tuple], seconds)
            lifetime = Double(ledger.states[.established]) / rate
        } else if inbound > 0 {
            isOutbound = false
            isLoopback = false
            heldPorts = 0
            ratePerSecond = inbound
            subject = Self.name(of: view.now.listeners)
            destinations = 1
            let states = view.now.listeners.reduce(StateCounts()) { $0 + $1.states }
            closedByLocalRatio = Self.visible(states)
            lifetime = Double(states[.established]) / inbound
        } else {
            return nil
        }
    }

    private static func held(_ ledger: PortLedger, _ snapshot: Snapshot) -> Int {
        let open = max(ledger.used - ledger.states[.timeWait], 0)
        // A socket bound to no address has its port for each.
        let bound = (snapshot.bound ?? []).filter {
            $0.address == ledger.tuple.source || $0.address.isUnspecified
        }
        return open + bound.reduce(0) { $0 + max($1.portsInRange, 0) }
    }

    /// Connections of a tuple a second: those seen to end, or those that went to TIME_WAIT here.
    private static func rate(of ledger: PortLedger, _ ended: Int?, _ seconds: Double?) -> Double {
        let recent = ledger.closings.dropFirst().prefix(10)
        let closing =
            recent.isEmpty ? 0 : Double(recent.reduce(0) { $0 + max($1, 0) }) / Double(recent.count)
        guard let ended, let seconds else { return closing }
        return max(closing, Double(max(ended, 0)) / seconds)
    }

    private static func closedHere(
        _ ledger: PortLedger, _ ended: Int?, _ seconds: Double?
    ) -> Double? {
        guard let ended, ended > 0, let seconds, !ledger.closings.isEmpty else {
            return visible(ledger.states)
        }
        let whole = max(Int(seconds.rounded()), 1)
        let here = ledger.closings.prefix(whole).reduce(0) { $0 + max($1, 0) }
        return min(Double(here) / Double(ended), 1)
    }

    /// From the rows alone: those that this side closed against those that the peer closed.
    private static func visible(_ states: StateCounts) -> Double? {
        let local = states[.timeWait] + states[.finWait1] + states[.finWait2] + states[.closing]
        let peer = states[.closeWait] + states[.lastAck]
        return local + peer > 0 ? Double(local) / Double(local + peer) : nil
    }

    private static func inbound(_ view: Observation.View, _ seconds: Double?) -> Double {
        if let seconds, let now = view.now.counters["Tcp", "PassiveOpens"],
            let then = view.earlier?.counters["Tcp", "PassiveOpens"], now >= then
        {
            return Double(now - then) / seconds
        }
        let waiting = view.now.listeners.reduce(0) { $0 + $1.states[.timeWait] }
        return Double(waiting) / 60
    }

    private static func name(of listeners: [Listener]) -> String {
        guard let busiest = listeners.max(by: { $0.states.total < $1.states.total }) else {
            return "its listeners"
        }
        return "\(busiest.address.with(port: busiest.port))"
            + (listeners.count > 1 ? " and others" : "")
    }
}
