import Catalogue
import Kernel
import Model

extension Plan {
    private static let most = 1024
    /// Bytes of a name, a path or a sentence.
    private static let longestText = 8192

    /// What is wrong with a plan that was read from a file; nil where it can be applied.
    ///
    /// It is another's text until then: keys that are not the catalogue's, values that the kernel would take for others,
    /// one key twice.
    package func firstProblem() -> String? {
        let counts = [
            changes.count, unchanged.count, shadowed.count, impossible.count, remarks.count,
        ]
        guard counts.allSatisfy({ $0 <= Self.most }) else { return "it has too many entries" }
        let texts =
            [profile.name, profile.path, profile.digest, namespace.name, bootID] + remarks
            + changes.flatMap { [$0.reason, $0.risk ?? "", $0.proof ?? ""] }
            + unchanged.map(\.reason) + impossible.flatMap { [$0.key, $0.why] }
            + shadowed.map(\.by.file)
        guard texts.allSatisfy({ $0.utf8.count <= Self.longestText }) else {
            return "it has texts longer than tcptune writes"
        }
        var seen: Set<String> = []
        for change in changes {
            if let problem = Self.problem(change) { return problem }
            if !seen.insert(change.key).inserted { return "it lists \(change.key) twice" }
        }
        for setting in unchanged {
            // It goes into the boot-time file like what is changed.
            if let problem = Self.problem(setting.key, values: [setting.value]) { return problem }
            if !seen.insert(setting.key).inserted { return "it lists \(setting.key) twice" }
        }
        return nil
    }

    private static func problem(_ change: PlannedChange) -> String? {
        let values = [change.wanted, change.before, change.landed]
        if let problem = problem(change.key, values: values) { return problem }
        guard change.scope == Knob.named(change.key)?.scope.rawValue else {
            return "\(change.key) does not have the scope '\(change.scope.prefix(40))'"
        }
        return nil
    }

    /// - Parameter values: the one that is wanted first.
    private static func problem(_ name: String, values: [String]) -> String? {
        guard let knob = Knob.named(name), let key = SysctlKey(name) else {
            return "tcptune does not know the setting \(name)"
        }
        guard !knob.isReadOnly, !SysctlReader.isNeverRead(key),
            !Planner.notInvertible.contains(name)
        else { return "tcptune never changes \(name)" }
        for value in values where knob.canonical(value) != value {
            return "\(Planner.cited(value)) is not a value of \(name) as tcptune writes it"
        }
        if let range = knob.type.range,
            let beyond = knob.numbers(values[0]).first(where: { !range.contains($0) })
        {
            return "\(name) accepts \(range.lowerBound) to \(range.upperBound), not \(beyond)"
        }
        return nil
    }
}
