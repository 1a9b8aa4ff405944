import Model

/// Where lifelines stand, so that times, names of states and names of actors have room beside them.
struct SequenceColumns {
    private let exchange: Exchange

    init(_ exchange: Exchange) { self.exchange = exchange }

    /// What a letter takes: of a state's name, of a time, of an actor's name.
    static let statePixels = 7.5
    static let timePixels = 6.4
    static let namePixels = 7.4
    static let detailPixels = 6.3

    /// Shares of the width.
    var shares: [Double] {
        let count = exchange.actors.count
        guard count > 0 else { return [] }
        let width = SequenceLayout.telephone
        let times = Double(exchange.events.map { SequenceChart.time($0.at).places }.max() ?? 0)
        let halves = [exchange.actors.first, exchange.actors.last].map { actor in
            actor.map(Self.half) ?? 0
        }
        var left = max(states(of: 0), times * Self.timePixels + 8, halves[0])
        var right = max(count > 1 ? states(of: count - 1) : 0, halves[1], 8)
        // The middle is for what passes.
        let most = width * (count > 2 ? 0.5 : 0.62)
        if left + right > most {
            (left, right) = (left * most / (left + right), right * most / (left + right))
        }
        let room = width - left - right
        return (0..<count).map { place in
            let along = count > 1 ? Double(place) / Double(count - 1) : 0.5
            return (left + along * room) / width
        }
    }

    /// What the longest name of a state takes beside a lifeline.
    private func states(of actor: Int) -> Double {
        let widest = exchange.events.map { event in
            if case .state(actor, let state) = event.kind {
                SequenceLabels.shown(state, most: 16).places
            } else {
                0
            }
        }.max()
        guard let widest, widest > 0 else { return 0 }
        return Double(widest) * Self.statePixels + 11
    }

    static func half(_ actor: Exchange.Actor) -> Double {
        max(
            Double(SequenceLabels.shown(actor.name, most: 18).places) * namePixels,
            Double(SequenceLabels.shown(actor.detail ?? "", most: 24).places) * detailPixels) / 2
    }

    /// Whether names would run into each other on one line.
    static func isStaggered(_ actors: [Exchange.Actor], _ shares: [Double]) -> Bool {
        zip(zip(actors, shares), zip(actors, shares).dropFirst()).contains { one, other in
            (other.1 - one.1) * SequenceLayout.telephone < half(one.0) + half(other.0) + 4
        }
    }
}
