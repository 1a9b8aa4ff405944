import ArgumentParser
import Audit
import Kernel
import Model
import Report
import Tuning

/// `tcptune plan`: what a profile would change here, and what it would not.
struct PlanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Say exactly what a profile would change on this host, and change nothing",
        discussion: """
            Exits with 0 where nothing is to be changed, with 1 where something is. A plan written to a .json file is \
            what apply takes; plan shows it again and says what has moved since.
            """)

    @Argument(help: "Name or path of a profile, or a plan that was saved to a .json file.")
    var profile: String

    @Option(
        help: ArgumentHelp(
            "Network namespace: init, a process's number, a name of /run/netns, a path.",
            valueName: "namespace"))
    var netns: String?

    @OptionGroup(title: "What to show") var showing: ShowingOptions

    func validate() throws {
        for (what, value) in [("The profile", profile), ("--netns", netns)]
        where value?.isEmpty == true {
            throw ValidationError("\(what) takes a name, not an empty word.")
        }
    }

    func run() throws {
        var showing = showing.request
        // A plan is saved to be applied; the form asked for comes first.
        if self.showing.format == nil, showing.output?.hasSuffix(".json") == true {
            showing.form = .json
        }
        let output = try showing.claim()
        let result: Planning.Result
        do throws(TuningError) {
            result = try PlanSource(named: profile).planned(netns: netns)
        } catch {
            throw CommandFailure.tuning(error)
        }
        try show(result, showing, to: output)
    }

    private func show(
        _ result: Planning.Result, _ showing: ShowingRequest, to output: ClaimedOutput
    ) throws {
        let plan = result.plan
        let notes = result.unseen.map { "not seen: \($0.what) (\($0.why))" }
        try showing.show(
            PlanReport.document(plan, host: result.host, next: next(plan, showing)), to: output
        ) {
            try PlanReport.json(plan, host: result.host, tool: Tcptune.tool, notes: notes)
        }
        if !plan.changes.isEmpty { throw CommandFailure(status: .found, message: "") }
    }

    private func next(_ plan: Plan, _ showing: ShowingRequest) -> [String] {
        let place = netns.map { " --netns " + Placement.word($0) } ?? ""
        if plan.changes.isEmpty {
            return plan.unchanged.first.map { ["tcptune explain \($0.key)\(place)"] } ?? []
        }
        return ["tcptune apply \(Placement.word(profile))\(place)"]
            + (plan.changes.first.map { ["tcptune explain \($0.key)\(place)"] } ?? [])
    }
}
