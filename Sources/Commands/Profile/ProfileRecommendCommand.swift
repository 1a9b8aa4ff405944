import ArgumentParser
import Audit
import Model
import Report
import Tuning

/// `tcptune profile recommend`: the profile that answers what an audit finds, and what none cures.
struct ProfileRecommendCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recommend",
        abstract: "Audit this host, and recommend the profile for what was found",
        discussion: """
            Exits with 0, whether it recommends a profile or not.

            Example:
              tcptune profile recommend --interval 2s
            """)

    @OptionGroup(title: "What to read") var reading: ReadingOptions
    @OptionGroup(title: "What to show") var showing: ShowingOptions

    func run() throws {
        let reading = reading.request
        let showing = showing.request
        let output = try showing.claim()
        let observation = try reading.observation(besides: showing)
        let assessments = Assessment.all(of: observation, from: reading.origin)
        let (profiles, broken) = ProfileCommand.profiles()
        let parts = assessments.map { assessment in
            RecommendReport.Part(
                Recommendation(findings: assessment.findings, profiles: profiles) {
                    Self.use(of: $0, host: observation.host, snapshot: assessment.situation.now)
                }, for: assessment)
        }
        let unseen = assessments.flatMap(\.situation.now.unseen)
        try showing.show(RecommendReport.document(parts, host: observation.host), to: output) {
            try RecommendReport.json(
                parts, host: observation.host, tool: Tcptune.tool,
                notes: unseen.map { "not checked: \($0.what) (\($0.why))" }
                    + broken.map { "not used: \($0.name): \($0.reason)" })
        }
    }

    /// What a plan of it would come to in the namespace looked at.
    private static func use(
        of profile: Profile, host: Host, snapshot: Snapshot
    ) -> Recommendation.Use {
        do throws(Refusal) {
            let plan = try Planner.plan(
                profile, on: PlanningHost(host: host, snapshot: snapshot))
            return plan.changes.isEmpty
                ? .holdsAlready
                : .changes(
                    plan.changes.map { .init(key: $0.key, now: $0.before, then: $0.wanted) })
        } catch {
            return .impossible(error.description)
        }
    }
}
