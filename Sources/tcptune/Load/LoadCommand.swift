import ArgumentParser
import HostState
import Kernel
import Lab
import Report

/// `tcptune load`: makes connections, and measures what becomes of them.
struct LoadCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "load",
        abstract: "Make TCP connections in namespaces of its own, or to a server, and measure them",
        discussion: """
            Without --to it makes two network namespaces joined by a link, with a server in one, and loads that; they go \
            when it ends. Exits with 3 where the program itself, not what it measured, was the limit.
            """)

    @OptionGroup(title: "What to load") var target: LoadTargetOptions
    @OptionGroup(title: "How fast and how long") var pace: LoadPaceOptions
    @OptionGroup(title: "What a connection does") var connection: LoadConnectionOptions
    @OptionGroup(title: "Whose ports") var ports: LoadPortOptions
    @OptionGroup(title: "What to show") var showing: ShowingOptions

    func run() throws {
        let showing = showing.request
        let plan = try plan()
        let output = try showing.claim()
        let result: LoadResult
        let signal: Int32?
        let signals: HeldSignals
        do throws(KernelError) { signals = try HeldSignals.hold() } catch {
            throw CommandFailure.working(error)
        }
        do throws(LabError) {
            try TargetRules.check(plan, isOwned: target.iOwnTheTarget)
            (result, signal) = try LoadRun(plan).run(signals: signals)
        } catch {
            throw CommandFailure.lab(error)
        }
        let host = HostFacts.read(root: .host).0
        let report = LoadReport(recorded: LoadJSON(plan, result), notes: result.notes)
        try showing.show(report.document(host: host), to: output) {
            try report.json(host: host, tool: Tcptune.tool)
        }
        if let signal { throw CommandFailure(status: ExitStatus(signal: signal), message: "") }
        if result.void != nil { throw CommandFailure(status: .inconclusive, message: "") }
    }

    func plan() throws -> LoadPlan {
        var plan = LoadPlan()
        try target.fill(&plan)
        try pace.fill(&plan)
        try connection.fill(&plan)
        try ports.fill(&plan)
        return plan
    }
}
