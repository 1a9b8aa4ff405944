import Model
import Text

/// What a proof comes to, in a sentence with its numbers.
struct ProofSentence {
    private let proof: Proof

    init(_ proof: Proof) { self.proof = proof }

    var text: String {
        let (name, load) = (proof.profile.name, proof.workload.name)
        switch proof.verdict {
        case .helps: return "\(name) helps \(load): \(changes([.better]))."
        case .hurts: return "\(name) makes \(load) worse: \(changes([.worse]))."
        case .mixed:
            return
                "\(name) helps \(load) and hurts it: \(changes([.better])); but \(changes([.worse]))."
        case .noEffect: return "\(name) does not help \(load): \(decisive)\(same)."
        case .inconclusive:
            if proof.lawChecks?.contains(where: { !$0.holds }) == true, !proof.wasInterrupted {
                return "The twin did not follow its scaling law."
            }
            if proof.void != nil { return "Every run was void." }
            if proof.arms.contains(where: { $0.trials.isEmpty }) {
                return "The proof ended before both sides were measured."
            }
            return proof.metrics.isEmpty
                ? "Nothing could be measured."
                : "The runs are too few or differ too much to show whether \(name) helps \(load) (\(decisive))\(power)."
        case .nothingTried:
            return proof.notShown.isEmpty
                ? "Skipped: \(name) would change nothing here; every value is already set."
                : "Skipped: tcptune cannot test in a namespace what \(name) would change here."
        }
    }

    private func changes(_ kinds: Set<ProofMetric.Change>) -> String {
        proof.metrics.filter { kinds.contains($0.verdict) }.prefix(3).map(Self.change)
            .joined(separator: ", ")
    }

    private var decisive: String {
        proof.metrics.filter { $0.role == .decisive }.prefix(2).map(Self.change)
            .joined(separator: ", ")
    }

    /// Within what the decisive quantities are the same.
    private var same: String {
        let decisive = proof.metrics.filter { $0.role == .decisive }
        if let below = decisive.compactMap(\.belowSeconds).first {
            return " (a change below \(below.duration) is too small to matter)"
        }
        return decisive.compactMap(\.marginRatio).max().map { " (the same within \($0.percent))" }
            ?? ""
    }

    /// What so many runs would show.
    private var power: String {
        let seen = proof.metrics.filter { $0.role == .decisive }.compactMap(\.seenRatio).max()
        return seen.map { "; so many runs would miss a change under \($0.percentUp)" } ?? ""
    }

    private static func change(_ metric: ProofMetric) -> String {
        "\(metric.title) \(metric.unit.text(metric.before)) → \(metric.unit.text(metric.after))"
    }
}
