import Audit
public import HostState
import Tuning

/// The page of `tcptune profile recommend`.
public enum RecommendReport {
    public static func document(_ recommendation: Recommendation, host: Host) -> Document {
        var blocks: [Block] = [.heading(verdict(recommendation), level: 1)]
        if let best = recommendation.best { blocks += first(best) }
        let others = recommendation.choices.filter {
            $0.profile.name != recommendation.best?.profile.name
        }
        if !others.isEmpty {
            blocks.append(.heading("other profiles that answer something", level: 2))
            blocks.append(.facts(others.map { Fact($0.profile.name, Phrase(words($0))) }))
        }
        if !recommendation.uncured.isEmpty {
            blocks.append(.heading("no profile cures", level: 2))
            blocks.append(
                .list(recommendation.uncured.map(uncured), numbered: false))
        }
        if let best = recommendation.best {
            blocks.append(
                .remark(
                    label: "next",
                    "tcptune profile show \(best.profile.name) · tcptune plan \(best.profile.name)")
            )
        }
        return Document(title: "tcptune: recommendation for \(host.name)", blocks: blocks)
    }

    private static func verdict(_ recommendation: Recommendation) -> String {
        if let best = recommendation.best {
            return "\(best.profile.name): \(best.profile.summary)"
        }
        if recommendation.choices.isEmpty {
            return recommendation.uncured.isEmpty
                ? "Nothing to recommend: the audit found nothing."
                : "Nothing to recommend: no profile answers what the audit found."
        }
        return "Nothing to recommend: the profiles that would answer bring nothing here."
    }

    /// Why this one; and what comes before any sysctl.
    private static func first(_ choice: Recommendation.Choice) -> [Block] {
        var blocks: [Block] = [
            .heading("because the audit found", level: 2),
            .list(choice.findings.map(line), numbered: false),
        ]
        let remedies = application(choice.findings)
        if !remedies.isEmpty {
            blocks.append(.heading("first, in the program", level: 2))
            blocks.append(.list(remedies, numbered: false))
        }
        blocks.append(.heading("what it would do here", level: 2))
        blocks.append(
            .facts(
                [Fact("changes", Phrase(use(choice.use)))]
                    + choice.profile.settings.map {
                        Fact($0.key, Phrase("\(ProfileReport.wish($0.wish)): \($0.why)"))
                    }))
        return blocks
    }

    private static func line(_ finding: Finding) -> Phrase {
        .severity(finding.severity, finding.severity.rawValue.uppercased())
            + Phrase(" \(finding.rule) ") + .strong(finding.subject)
            + Phrase(": \(finding.observed)")
    }

    /// The first remedy in the program of each kind of finding.
    private static func application(_ findings: [Finding]) -> [Phrase] {
        var seen: Set<String> = []
        return findings.compactMap { finding in
            finding.remedies.first { $0.kind == .application }
        }.filter { seen.insert($0.text).inserted }.map {
            Phrase($0.text) + ($0.effect.isEmpty ? "" : Phrase(": \($0.effect)"))
        }
    }

    private static func uncured(_ finding: Finding) -> Phrase {
        let remedy = finding.remedies.first { $0.kind == .application } ?? finding.remedies.first
        return line(finding) + Phrase(remedy.map { "; do: \($0.text)" } ?? "")
    }

    private static func words(_ choice: Recommendation.Choice) -> String {
        var seen: Set<String> = []
        let rules = choice.findings.map(\.rule).filter { seen.insert($0).inserted }
        return "for \(rules.joined(separator: ", ")); \(use(choice.use))"
    }

    static func use(_ use: Recommendation.Use) -> String {
        switch use {
        case .changes(let count): "\(count) setting\(count == 1 ? "" : "s") would change"
        case .holdsAlready: "all it wants is so already"
        case .impossible(let why): why
        }
    }

    /// One `tcptune.recommend/1` document.
    public static func json(
        _ recommendation: Recommendation, host: Host, tool: Tool, notes: [String]
    ) throws -> String {
        try Envelope(
            .recommend, tool: tool, host: HostJSON(host),
            data: RecommendationJSON(recommendation), notes: notes
        ).encoded(pretty: true)
    }
}

/// The data of `tcptune.recommend/1`.
struct RecommendationJSON: Encodable, Sendable {
    /// The name of the profile to apply; null where there is none.
    @Explicit var recommended: String?
    let profiles: [ChoiceJSON]
    let uncured: [FindingJSON]

    struct ChoiceJSON: Encodable, Sendable {
        let name: String
        let summary: String
        let path: String
        let findings: [FindingJSON]
        /// How many settings would change; null where it cannot be applied.
        @Explicit var changes: Int?
        /// Why it cannot be applied.
        @Explicit var obstacle: String?
    }

    init(_ recommendation: Recommendation) {
        recommended = recommendation.best?.profile.name
        profiles = recommendation.choices.map { choice in
            var changes: Int?
            var obstacle: String?
            switch choice.use {
            case .changes(let count): changes = count
            case .holdsAlready: changes = 0
            case .impossible(let why): obstacle = why
            }
            return ChoiceJSON(
                name: choice.profile.name, summary: choice.profile.summary,
                path: choice.profile.path, findings: choice.findings.map(FindingJSON.init),
                changes: changes, obstacle: obstacle)
        }
        uncured = recommendation.uncured.map(FindingJSON.init)
    }
}
