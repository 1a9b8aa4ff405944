import Audit
import Model
import Statistics
import Text

/// What a comparison comes to.
struct ComparisonVerdict {
    private let comparison: ComparisonJSON

    init(_ comparison: ComparisonJSON) { self.comparison = comparison }

    private func metrics(_ verdict: Comparison.Verdict) -> [MetricChange] {
        comparison.metrics.filter { $0.verdict == verdict }
    }

    var word: String {
        if comparison.isFailed { return "regression" }
        if comparison.void != nil { return "void" }
        switch (metrics(.better).isEmpty, metrics(.worse).isEmpty) {
        case (false, true): return "better"
        case (true, false): return "worse"
        case (false, false): return "mixed"
        case (true, true): return isSame ? "the same" : "unclear"
        }
    }

    var severity: Severity? {
        if comparison.isFailed { return .critical }
        if comparison.void != nil { return .warning }
        switch (metrics(.better).isEmpty, metrics(.worse).isEmpty) {
        case (_, false): return .warning
        case (false, true): return nil
        case (true, true): return isSame ? nil : .notice
        }
    }

    private var judged: [MetricChange] { comparison.metrics.filter(\.isJudged) }

    private var isSame: Bool { !judged.isEmpty && judged.allSatisfy { $0.verdict == .same } }

    var sentence: String {
        if let void = comparison.void { return "One of the two is void: \(void)." }
        let (better, worse) = (metrics(.better), metrics(.worse))
        if better.isEmpty, worse.isEmpty {
            guard isSame else {
                return judged.isEmpty
                    ? "Nothing could be rated: one observation per side does not show how much it varies."
                    : "No significant difference found."
            }
            let margin = MetricChange.margin.percent
            return judged.count == comparison.metrics.count
                ? "All \(judged.count.grouped) quantities are the same within \(margin)."
                : "The \(judged.count.grouped) quantities that could be rated are the same within \(margin)."
        }
        var parts: [String] = []
        if !worse.isEmpty { parts.append("Worse: \(Self.named(worse))") }
        if !better.isEmpty {
            parts.append("\(worse.isEmpty ? "Better" : "better"): \(Self.named(better))")
        }
        return parts.joined(separator: "; ") + "."
    }

    /// The two that moved most, by name, and how many more.
    private static func named(_ metrics: [MetricChange]) -> String {
        let sorted = metrics.sorted { $0.distance > $1.distance }
        let names = sorted.prefix(2).map { "\($0.title) (\($0.changeText))" }
        let more = metrics.count - names.count
        return names.joined(separator: ", ") + (more > 0 ? " and \(more.grouped) more" : "")
    }
}
