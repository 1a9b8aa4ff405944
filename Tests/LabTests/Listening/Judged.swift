import Kernel
import Model
import Statistics
import Testing

@testable import Lab

/// What experiments say when they are tried in a test.
enum Judged {
    /// As few runs as can prove something, on a thread of their own: they wait more than they work.
    static func few(_ experiment: Experiment) async throws -> ExperimentResult {
        let thread = try SystemThread.start { () throws(Refusal) in
            try ExperimentRun(experiment, runs: Comparison.fewestRuns).run()
        }
        while !thread.isDone { try await Task.sleep(for: .milliseconds(20)) }
        return try thread.outcome()
    }

    /// The experiment's arms that are named, alone: what is claimed of the others stays open.
    static func only(_ experiment: Experiment, _ names: String...) -> Experiment {
        var experiment = experiment
        experiment.arms.removeAll { !names.contains($0.name) }
        return experiment
    }
}

extension ExperimentResult {
    /// The claims that are not proven, with what was measured: for a test to show.
    var doubts: Comment {
        let claims = claims.filter { $0.verdict != .proven }.map {
            "\($0.text): \($0.verdict), \($0.evidence)"
        }
        return Comment(rawValue: (claims + notes + [unavailable ?? ""]).joined(separator: "\n"))
    }

    /// The texts of the claims that are refuted.
    var refuted: [String] { claims.filter { $0.verdict == .refuted }.map(\.text) }
}
