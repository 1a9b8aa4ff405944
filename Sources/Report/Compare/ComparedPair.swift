import Model
package import Statistics
import Text

/// Two documents of one kind, and what follows from laying them side by side.
package struct ComparedPair: Sendable {
    let before: SavedFile
    let after: SavedFile
    /// The runs of the two took turns.
    let isInTurn: Bool

    package init(_ before: SavedFile, _ after: SavedFile, isInTurn: Bool = false) {
        self.before = before
        self.after = after
        self.isInTurn = isInTurn
    }

    /// What they come to, and sentences on what that rests on.
    ///
    /// - Parameter transactions: those that were applied here between the two.
    package func comparison(
        gates: [RegressionGate], transactions: [ComparisonJSON.Transaction] = []
    ) throws(ComparisonRefusal) -> (ComparisonJSON, notes: [String]) {
        var sides = try sides()
        let (changes, unmatched) = MetricChange.all(
            sides.before, sides.after, isInTurn: isInTurn, isAsFastAsCan: sides.isAsFastAsCan)
        guard !changes.isEmpty else {
            throw .badData("\(before.name) and \(after.name) have no quantity in common")
        }
        if let gate = gates.first(where: { gate in !changes.contains { gate.concerns($0.name) } }) {
            throw .noMetric(gate.metric ?? "", among: changes.map(\.name))
        }
        var metrics = changes
        if sides.void != nil {
            for place in metrics.indices { metrics[place].loseJudgement() }
        }
        sides.notes += notes(metrics, unmatched)
        let findings = sides.findings
        if !isInTurn, sides.kind == .load, sides.settings.before != sides.settings.after {
            sides.notes.insert(
                "the two loads had different settings and are not directly comparable; see the settings",
                at: 0)
        }
        let comparison = ComparisonJSON(
            kind: sides.kind, before: side(before), after: side(after), metrics: metrics,
            settings: Self.differences(
                sides.settings.before, sides.settings.after, isWhole: sides.kind == .load),
            findingsGone: findings.before.filter { !findings.after.contains($0) },
            findingsNew: findings.after.filter { !findings.before.contains($0) },
            transactions: transactions,
            gates: gates.map { gate in
                .init(
                    condition: gate.text,
                    failed: sides.void == nil ? gate.failures(metrics).map(\.name) : [],
                    undecided: sides.void == nil && gate.isUndecided(metrics))
            },
            marginRatio: MetricChange.margin, void: sides.void)
        return (comparison, sides.notes)
    }

    /// `8 % (up to 70 % for slow tails and processor time)`.
    private static func margins(_ metrics: [MetricChange]) -> String {
        let margins = Set(metrics.compactMap(\.marginRatio).map(\.percentUp)).sorted {
            ($0.count, $0) < ($1.count, $1)
        }
        guard let first = margins.first, let last = margins.last, first != last else {
            return margins.first ?? MetricChange.margin.percent
        }
        return "\(first) (up to \(last) for slow tails and processor time)"
    }

    private func sides() throws(ComparisonRefusal) -> ComparedSides {
        switch (before.document, after.document) {
        case (.load(let first), .load(let second)): return ComparedSides(first, second)
        case (.lab(let first), .lab(let second)): return ComparedSides(first, second)
        case (.proof(let first, _), .proof(let second, _)): return ComparedSides(first, second)
        default: break
        }
        guard let first = before.audit, let second = after.audit else {
            throw .badData(
                "\(before.name) is \(before.kindName), \(after.name) is \(after.kindName); "
                    + "compare takes two audits, two loads, two lab results or two proofs")
        }
        return ComparedSides(
            (first, before.host.bootID), (second, after.host.bootID))
    }

    private func side(_ file: SavedFile) -> ComparisonJSON.Side {
        ComparisonJSON.Side(
            file: file.name, host: file.host.name, kernel: file.host.kernel,
            timeSeconds: file.time)
    }

    private static func differences(
        _ before: [String: String], _ after: [String: String], isWhole: Bool
    ) -> [ComparisonJSON.SettingChange] {
        Set(before.keys).union(after.keys).sorted().compactMap { key in
            let (old, new) = (before[key], after[key])
            // What an audit did not look for is no difference; what a load was not given is.
            guard old != new, isWhole || old != nil && new != nil else { return nil }
            return ComparisonJSON.SettingChange(key: key, before: old, after: new)
        }
    }

    private func notes(_ metrics: [MetricChange], _ unmatched: [String]) -> [String] {
        var notes: [String] = []
        if before.host.name != after.host.name {
            notes.append(
                "the two documents come from different hosts: \(before.host.name), \(after.host.name)"
            )
        }
        if before.host.kernel != after.host.kernel {
            notes.append(
                "the two documents come from different kernels: \(before.host.kernel), \(after.host.kernel)"
            )
        }
        if metrics.contains(where: { $0.basis == .fact }) {
            notes.append(
                "one snapshot per side: not a statistical test. Changes above "
                    + "\(MetricChange.margin.percent) are labelled by direction only")
        }
        let isLoad = if case .load = after.document { true } else { false }
        if isLoad, metrics.contains(where: \.isSingle) {
            notes.append(
                "one run per side: rated by the variation between tenths of a second, plus an allowance for the difference "
                    + "between runs, which a single run cannot show. Slow tails, and runs shorter than "
                    + "\((Double(SeriesNoise.fewest) / 10).duration), are not rated. load --runs 5 shows more"
            )
        }
        if metrics.contains(where: { !$0.isSingle && min($0.runsBefore, $0.runsAfter) < 4 }) {
            notes.append("with fewer than four runs per side, no change can be told from chance")
        }
        if isLoad, before.name != after.name, !isInTurn {
            notes.append(
                "the two were measured one after the other, so a change on the machine in between looks like a change "
                    + "of what was loaded: a change is rated only above \(Self.margins(metrics)); tcptune load A B runs the two in turn"
            )
        }
        if !unmatched.isEmpty {
            let names = unmatched.prefix(6).joined(separator: ", ")
            let more = unmatched.count > 6 ? " and \((unmatched.count - 6).grouped) more" : ""
            notes.append("only one of the two documents has: \(names)\(more)")
        }
        return notes
    }
}

/// Why two documents cannot be compared.
package enum ComparisonRefusal: Error, Sendable, Hashable {
    case badData(String)
    /// A condition names what is not there.
    case noMetric(String, among: [String])
}
