import Model

extension LabJSON {
    /// What in it no lab would have written; nil where nothing is odd.
    var problem: String? { experiments.lazy.compactMap { ArmResult.problem(in: $0.arms) }.first }
}

extension Proof {
    /// What in it no tcptune would have written; nil where nothing is odd.
    var problem: String? { ArmResult.problem(in: arms) }
}

extension ArmResult {
    /// More runs than anybody makes: statistics take time and memory by their number.
    private static let mostTrials = 10_000

    fileprivate static func problem(in arms: [ArmResult]) -> String? {
        if arms.contains(where: { $0.trials.count > mostTrials }) {
            return "it has more runs than tcptune ever makes"
        }
        return arms.lazy.flatMap(\.trials).compactMap(\.exchange).compactMap(\.problem).first
    }
}

extension Exchange {
    /// What in it nobody saw; nil where nothing is odd.
    fileprivate var problem: String? {
        let places = actors.indices
        let areKnown = events.allSatisfy { event in
            switch event.kind {
            case .message(let message):
                places.contains(message.from) && places.contains(message.to)
            case .state(let actor, _): places.contains(actor)
            case .note(let actor, _): actor.map(places.contains) ?? true
            }
        }
        return areKnown ? nil : "an exchange names an actor that does not exist"
    }
}
