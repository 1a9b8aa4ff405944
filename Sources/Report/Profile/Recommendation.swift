package import Audit
package import Model

/// Which profiles answer what an audit found, and what none of them does.
package struct Recommendation: Sendable {
    /// A profile that answers findings.
    package struct Choice: Sendable {
        package var profile: Profile
        /// The findings it answers, gravest first; at least one.
        package var findings: [Finding]
        package var use: Use

        package init(profile: Profile, findings: [Finding], use: Use) {
            self.profile = profile
            self.findings = findings
            self.use = use
        }
    }

    /// What applying it would come to.
    package enum Use: Sendable, Hashable {
        /// These settings would change.
        case changes([Change])
        /// All it wants is so already.
        case holdsAlready
        /// It cannot be applied here, and why.
        case impossible(String)
    }

    /// A value that would be written.
    package struct Change: Sendable, Hashable {
        package var key: String
        package var now: String
        package var then: String

        package init(key: String, now: String, then: String) {
            self.key = key
            self.now = now
            self.then = then
        }
    }

    /// The best first.
    package private(set) var choices: [Choice]
    /// What no profile answers.
    package private(set) var uncured: [Finding]
    /// Whether there was any profile to choose from.
    package let hasProfiles: Bool

    /// - Parameter use: asked for each profile that answers anything.
    package init(
        findings: [Finding], profiles: [Profile], use: (Profile) -> Use
    ) {
        hasProfiles = !profiles.isEmpty
        choices = profiles.compactMap { profile in
            let keys = profile.settings.map(\.key)
            let answered = findings.filter { $0.isAnswered(bySuits: profile.suits, settings: keys) }
            guard !answered.isEmpty else { return nil }
            return Choice(profile: profile, findings: answered, use: use(profile))
        }
        let answered = Set(choices.flatMap(\.findings))
        uncured = findings.filter { !answered.contains($0) }
        choices.sort { left, right in Self.rank(left) < Self.rank(right) }
    }

    /// Something to change first; then the gravest finding; then the most of them; then the fewest settings.
    private static func rank(_ choice: Choice) -> (Int, Int, Int, Int) {
        let order =
            switch choice.use {
            case .changes: 0
            case .holdsAlready: 1
            case .impossible: 2
            }
        let worst = choice.findings.map(\.severity).max()
        return (
            order,
            worst.flatMap { Severity.allCases.firstIndex(of: $0) } ?? Severity.allCases.count,
            -Set(choice.findings.map(\.rule)).count, choice.profile.settings.count
        )
    }

    /// What to apply; nil where nothing would help, or nothing is to change.
    package var best: Choice? {
        choices.first { if case .changes = $0.use { true } else { false } }
    }
}
