import ArgumentParser
import Audit
import Model
import Report
import Tuning

/// `tcptune plan`: what a profile would change here, and what it would not.
struct PlanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Show exactly what a profile would change on this host, and change nothing",
        discussion: """
            Exits with 0 if nothing would change, with 1 if something would. With -o FILE.json it saves the plan for apply; \
            plan FILE.json shows a saved plan again and what changed since.

            Examples:
              tcptune plan outbound-reuse
              tcptune plan outbound-reuse -o plan.json
            """)

    @Argument(
        help: "Name or path of a profile, or a saved plan (.json).", completion: Completion.plans)
    var profile: String

    @Option(
        help: ArgumentHelp(
            "Network namespace: init, a process number, a name in /run/netns, or a path.",
            valueName: "namespace"), completion: Completion.namespace)
    var netns: String?

    @OptionGroup(title: "What to show") var showing: ShowingOptions

    func validate() throws {
        for (what, value) in [("The profile", profile), ("--netns", netns)]
        where value?.isEmpty == true {
            throw ValidationError("\(what) needs a name, not an empty word.")
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
        do throws(Refusal) {
            result = try PlanSource(named: profile).planned(netns: netns)
        } catch {
            throw CommandFailure(error)
        }
        try show(result, showing, to: output)
    }

    private func show(
        _ result: Planning.Result, _ showing: ShowingRequest, to output: ClaimedOutput
    ) throws {
        let plan = result.plan
        let notes = result.unseen.map { "not checked: \($0.what) (\($0.why))" }
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
