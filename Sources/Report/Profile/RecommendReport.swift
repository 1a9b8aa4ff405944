package import Audit
package import Model
import Text

/// The page of `tcptune profile recommend`.
package enum RecommendReport {
    /// What is recommended for one network namespace.
    package struct Part {
        let recommendation: Recommendation
        let namespace: String
        let placement: Placement

        package init(_ recommendation: Recommendation, for assessment: Assessment) {
            self.recommendation = recommendation
            namespace = AuditDocument.name(assessment)
            placement = assessment.placement
        }

        var hasNothing: Bool { recommendation.choices.isEmpty && recommendation.uncured.isEmpty }
    }

    /// One namespace, or several: first those with something to recommend, then those without, in a line.
    package static func document(_ parts: [Part], host: Host) -> Document {
        var blocks: [Block] = []
        if parts.count == 1, let only = parts.first {
            blocks = self.blocks(only.recommendation, only.placement, level: 1)
        } else {
            for part in parts where !part.hasNothing {
                blocks.append(.heading("Network namespace " + part.namespace, level: 1))
                blocks += self.blocks(part.recommendation, part.placement, level: 2)
            }
            let well = parts.filter(\.hasNothing).map(\.namespace)
            if !well.isEmpty {
                blocks.append(
                    .paragraph(
                        Phrase(
                            "Nothing to recommend in \(well.count.grouped) of "
                                + "\(parts.count.grouped) network namespaces: "
                                + well.joined(separator: ", ") + ".")))
            }
        }
        return Document(title: "tcptune: recommendation for \(host.name)", blocks: blocks)
    }

    private static func blocks(
        _ recommendation: Recommendation, _ placement: Placement, level: Int
    ) -> [Block] {
        var blocks: [Block] = [.heading(verdict(recommendation), level: level)]
        if let instead = instead(recommendation) {
            blocks.append(.paragraph(Phrase("Instead: ") + Phrase(instead)))
        }
        if let best = recommendation.best {
            if worseThanCured(recommendation) != nil {
                blocks.append(
                    .paragraph(
                        Phrase("For the rest: ") + .strong(best.profile.name)
                            + Phrase(" (\(best.profile.summary)).")))
            }
            blocks += first(best)
        }
        let others = recommendation.choices.filter {
            $0.profile.name != recommendation.best?.profile.name
        }
        if !others.isEmpty {
            blocks.append(.heading("Other profiles that help", level: 2))
            blocks.append(.facts(others.map { Fact($0.profile.name, Phrase(words($0))) }))
        }
        if !recommendation.uncured.isEmpty {
            blocks.append(.heading("No profile fixes", level: 2))
            blocks.append(
                .list(recommendation.uncured.map(uncured), numbered: false))
        }
        if let best = recommendation.best {
            let plan = placement.command("tcptune plan \(best.profile.name)")
            blocks.append(
                .remark(label: "next", "tcptune profile show \(best.profile.name) · \(plan)"))
        }
        return blocks
    }

    private static func verdict(_ recommendation: Recommendation) -> String {
        if let worst = worseThanCured(recommendation) {
            return worst.settingsThatHelp.isEmpty
                ? "No setting fixes the most severe finding."
                : "No profile fixes the most severe finding."
        }
        if let best = recommendation.best {
            return "\(best.profile.name): \(best.profile.summary)"
        }
        if recommendation.choices.isEmpty {
            guard let worst = recommendation.uncured.first else {
                return "Nothing to recommend: the audit found no problems."
            }
            return worst.settingsThatHelp.isEmpty
                ? "Nothing to recommend: no setting helps."
                : recommendation.hasProfiles
                    ? "Nothing to recommend: no profile fixes what the audit found."
                    : "No profile is installed, so none can be recommended."
        }
        return "Nothing to recommend: the profiles that would help change nothing here."
    }

    /// A finding that no profile cures and that is more severe than all that the best profile answers.
    private static func worseThanCured(_ recommendation: Recommendation) -> Finding? {
        guard let best = recommendation.best,
            let cured = best.findings.map(\.severity).max(),
            let worst = recommendation.uncured.max(by: { $0.severity < $1.severity }),
            worst.severity > cured
        else { return nil }
        return worst
    }

    /// What is to be done where no profile helps, or not with the worst.
    private static func instead(_ recommendation: Recommendation) -> String? {
        let worst =
            recommendation.choices.isEmpty
            ? recommendation.uncured.first : worseThanCured(recommendation)
        return worst?.remedies.first { $0.kind == .application }.map { remedy in
            remedy.text + (remedy.command.map { " (\($0))" } ?? "")
        }
    }

    /// Why this one; and what comes before any sysctl.
    private static func first(_ choice: Recommendation.Choice) -> [Block] {
        var blocks: [Block] = [
            .heading("What the audit found", level: 2),
            .list(choice.findings.map(line), numbered: false),
        ]
        let remedies = application(choice.findings)
        if !remedies.isEmpty {
            blocks.append(.heading("Before any setting", level: 2))
            blocks.append(.list(remedies, numbered: false))
        }
        blocks.append(.heading("What it would change here", level: 2))
        blocks.append(
            .facts(
                [Fact("changes", Phrase(use(choice.use)))]
                    + changes(choice.use).map { Fact($0.key, Phrase("\($0.now) → \($0.then)")) }
            ))
        return blocks
    }

    private static func changes(_ use: Recommendation.Use) -> [Recommendation.Change] {
        if case .changes(let changes) = use { changes } else { [] }
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
            // Where there is a command, the effect is what that shows.
            Phrase($0.text)
                + ($0.effect.isEmpty || $0.command != nil
                    ? "" : Phrase($0.beforeEffect + $0.effect))
        }
    }

    private static func uncured(_ finding: Finding) -> Phrase {
        let remedy = finding.remedies.first { $0.kind == .application } ?? finding.remedies.first
        return line(finding) + Phrase(remedy.map { "; do: \($0.text)" } ?? "")
    }

    private static func words(_ choice: Recommendation.Choice) -> String {
        var seen: Set<RuleID> = []
        let rules = choice.findings.map(\.rule).filter { seen.insert($0).inserted }
            .map(\.rawValue)
        return "for \(rules.joined(separator: ", ")); \(use(choice.use))"
    }

    static func use(_ use: Recommendation.Use) -> String {
        switch use {
        case .changes(let changes):
            "\(changes.count.counted("setting")) would change"
        case .holdsAlready: "every value is already set"
        case .impossible(let why): why
        }
    }

    /// One `tcptune.recommend/1` document: the first namespace's fields, and each one's where there are several.
    package static func json(
        _ parts: [Part], host: Host, tool: Tool, notes: [String]
    ) throws -> String {
        try Envelope(
            .recommend, tool: tool, host: HostJSON(host), data: RecommendationsJSON(parts),
            notes: notes
        ).encoded(pretty: true)
    }
}

/// `data` of a recommendation.
struct RecommendationsJSON: Encodable {
    let first: RecommendationJSON?
    let namespaces: [RecommendationJSON]?

    init(_ parts: [RecommendReport.Part]) {
        let isOne = parts.count == 1
        let all = parts.map { part in
            var data = RecommendationJSON(part.recommendation)
            data.namespace = isOne ? nil : part.namespace
            return data
        }
        first = all.first
        namespaces = isOne ? nil : all
    }

    enum CodingKeys: String, CodingKey { case namespaces }

    func encode(to encoder: any Encoder) throws {
        try first?.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(namespaces, forKey: .namespaces)
    }
}

/// The data of `tcptune.recommend/1` for one network namespace.
struct RecommendationJSON: Encodable, Sendable {
    /// Its name, where there are several.
    var namespace: String?
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
            case .changes(let all): changes = all.count
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
