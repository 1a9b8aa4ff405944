import Kernel

extension Experiment {
    /// The same with other settings where it has its remedy: the claims are then put to the test of those.
    ///
    /// Nil where it has no remedy.
    package func trying(_ settings: [LoadPlan.Assignment]) -> Experiment? {
        let remedies = arms.filter { $0.role == .remedy }.map(\.name)
        guard !remedies.isEmpty else { return nil }
        let tried = settings.map(\.words).joined(separator: ", ")
        var changed = self
        var names: [String: String] = [:]
        let common = arms.first { $0.role == .baseline }?.settings ?? []
        for arm in arms where arm.role == .remedy {
            let new = remedies.count == 1 ? tried : "\(tried) (not \(arm.name))"
            names[new] = arm.name
            // The texts speak of its settings, or call it by its name.
            let own = arm.settings.map(\.words).filter { !common.map(\.words).contains($0) }
            changed.rename(arm.name, own, to: new)
        }
        for index in changed.arms.indices where changed.arms[index].role == .remedy {
            changed.arms[index].settings =
                common.filter { one in !settings.contains { $0.key == one.key } } + settings
        }
        // The trial knows its arms by their own names.
        let (trial, own) = (trial, names)
        changed.trial = { (arm, conditions) throws(LabError) in
            var arm = arm
            arm.name = own[arm.name] ?? arm.name
            return try trial(arm, conditions)
        }
        let given = settings.map { "\($0.key.name)=\($0.value)" }.joined(separator: " ")
        changed.notes.append("\(given) tried in place of \(remedies.joined(separator: ", "))")
        return changed
    }

    /// Gives an arm another name, in all that is said of it.
    private mutating func rename(_ old: String, _ words: [String], to new: String) {
        func renamed(_ text: String) -> String {
            ([old] + words).reduce(text) { $0.replacing($1, with: new) }
        }
        for index in arms.indices where arms[index].name == old { arms[index].name = new }
        if case .arms(let arm, let other) = contrast {
            contrast = .arms(arm == old ? new : arm, than: other == old ? new : other)
        }
        claim = renamed(claim)
        for index in claims.indices {
            claims[index].text = renamed(claims[index].text)
            claims[index].condition = claims[index].condition.renamed { $0 == old ? new : $0 }
        }
    }
}

extension LoadPlan.Assignment {
    /// As people say it: `tcp_fin_timeout = 5`.
    fileprivate var words: String {
        "\(key.name.split(separator: ".").last ?? "") = \(value)"
    }
}

extension Claim.Condition {
    fileprivate func renamed(_ name: (String) -> String) -> Claim.Condition {
        switch self {
        case .within(let arm, let measure, let range):
            .within(arm: name(arm), measure: measure, range)
        case .ratio(let arm, let other, let measure, let range):
            .ratio(arm: name(arm), to: name(other), measure: measure, range)
        case .more(let arm, let other, let measure):
            .more(arm: name(arm), than: name(other), measure: measure)
        case .less(let arm, let other, let measure):
            .less(arm: name(arm), than: name(other), measure: measure)
        }
    }
}
