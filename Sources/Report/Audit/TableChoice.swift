import Audit
import Model

/// Which rows of an audit's tables are shown, and in which order.
package struct TableChoice: Sendable, Hashable {
    /// What the destinations are ordered by.
    package enum Order: String, Sendable, Hashable, CaseIterable {
        /// Ports that connect() cannot have: the most in need first.
        case ports
        case timeWait = "time-wait"
        case closing
        case fullIn = "full-in"
        case owner
    }

    package var order: Order
    /// Only rows in which this occurs: an address, a port, a program; nil for all.
    package var filter: String?

    package init(order: Order = .ports, filter: String? = nil) {
        self.order = order
        self.filter = filter
    }

    /// The destinations that are wanted, in that order; alike ones stay as they were.
    func chosen(of situation: Situation) -> [TupleAssessment] {
        let wanted = situation.tuples.filter { tuple in
            isWanted([tuple.tuple.route, situation.owner(of: tuple.ledger).name ?? ""])
        }
        let keyed = wanted.enumerated().map { place, tuple in
            (place: place, tuple: tuple, key: key(tuple, in: situation))
        }
        return keyed.sorted { ($0.key, $0.place) < ($1.key, $1.place) }.map(\.tuple)
    }

    /// Small comes first.
    private func key(_ tuple: TupleAssessment, in situation: Situation) -> SortKey {
        switch order {
        case .ports: .number(0)
        case .timeWait: .number(-Double(tuple.ledger.states[.timeWait]))
        case .closing: .number(-(tuple.recentClosingPerSecond ?? 0))
        case .fullIn: .number(tuple.secondsToExhaustion ?? .infinity)
        case .owner: .text(situation.owner(of: tuple.ledger).name ?? "\u{10FFFF}")
        }
    }

    private enum SortKey: Comparable {
        case number(Double)
        case text(String)
    }

    func isWanted(_ listener: Listener) -> Bool {
        isWanted([
            listener.address.with(port: listener.port), listener.owner.name ?? "",
            (listener.owners ?? []).compactMap(\.owner.name).joined(separator: " "),
        ])
    }

    private func isWanted(_ texts: [String]) -> Bool {
        guard let filter = filter?.lowercased() else { return true }
        return texts.contains { $0.lowercased().contains(filter) }
    }
}
