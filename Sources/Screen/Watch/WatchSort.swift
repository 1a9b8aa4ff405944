/// By what tuples are ordered.
package enum TupleSort: Hashable, Sendable, CaseIterable {
    case fullIn, used, closed, destination

    var words: String {
        switch self {
        case .fullIn: "time to exhaustion"
        case .used: "ports in use"
        case .closed: "connections closed"
        case .destination: "destination"
        }
    }
}

/// By what listeners are ordered.
package enum ListenerSort: Hashable, Sendable, CaseIterable {
    case queue, drops, address

    var words: String {
        switch self {
        case .queue: "queue"
        case .drops: "drops"
        case .address: "address"
        }
    }
}

extension CaseIterable where Self: Equatable {
    /// The next of them, or the one before; after the last comes the first.
    func next(_ step: Int) -> Self {
        let all = Array(Self.allCases)
        guard let place = all.firstIndex(of: self) else { return self }
        return all[(place + step + all.count) % all.count]
    }
}
