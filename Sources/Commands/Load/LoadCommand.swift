import ArgumentParser
import Kernel
import Lab
import Model
import Report
import Statistics

/// `tcptune load`: makes connections, and measures what becomes of them.
struct LoadCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "load",
        abstract: "Open TCP connections in private namespaces, or to a server, and measure them",
        discussion: """
            Without --to, load creates two network namespaces joined by a link, loads a server of its own in one of them, and \
            removes both when it ends. With two loads A and B, which differ in the server or in settings, it runs them in turn \
            and compares them. Exits with 2 if no request was answered and some failed, with 3 if the limit was the load \
            generator and not what it measured.

            Examples:
              tcptune load --rate 900/s --for 10s
              tcptune load --to 127.0.0.1:8080 --connections 50 --for 10s
              tcptune load tcp_tw_reuse=0 tcp_tw_reuse=1
            """)

    @Argument(
        help: ArgumentHelp(
            "Two loads to compare, A and B: each an address:port, a URL, or key=value[,key=value] for private namespaces.",
            valueName: "load"), completion: Completion.assignments)
    var sides: [LoadSide] = []

    @OptionGroup(title: "What to load") var target: LoadTargetOptions
    @OptionGroup(title: "How fast and how long") var pace: LoadPaceOptions
    @OptionGroup(title: "What a connection does") var connection: LoadConnectionOptions
    @OptionGroup(title: "Whose ports") var ports: LoadPortOptions
    @OptionGroup(title: "How often") var repetition: LoadRunsOptions
    @OptionGroup(title: "What to show") var showing: ShowingOptions

    func validate() throws {
        // Told when it runs: here it would be told in place of an unknown option before it.
        guard sides.allSatisfy(\.isLoad) else { return }
        guard sides.isEmpty || sides.count == 2 else {
            throw ValidationError("load takes exactly two loads to compare, or none.")
        }
        guard sides.isEmpty || target.to.isEmpty else {
            throw ValidationError(
                "--to is for a single load; give the two servers as loads A and B.")
        }
        guard sides.isEmpty || sides[0].isServer == sides[1].isServer else {
            throw ValidationError("Both loads must be servers, or both must be settings.")
        }
        guard repetition.conditions.isEmpty || !sides.isEmpty else {
            throw ValidationError("--fail-if needs two loads; see tcptune compare.")
        }
    }

    func run() throws {
        if let odd = sides.first(where: { !$0.isLoad }) {
            throw CommandFailure(
                status: .usage,
                message:
                    "'\(odd.text)' is not a load: give an address:port, a URL, or key=value[,key=value]"
            )
        }
        let showing = showing.request
        let plans = sides.isEmpty ? [try plan()] : try sides.map { try $0.applied(to: plan()) }
        for plan in plans { try Self.check(plan) }
        let output = try showing.claim()
        let results: [[LoadResult]]
        let signal: Int32?
        let signals: HeldSignals
        do throws(KernelError) { signals = try HeldSignals.hold() } catch {
            throw CommandFailure.working(error)
        }
        let runs = repetition.runs ?? (sides.isEmpty ? 1 : LoadRunsOptions.ofTwo)
        do throws(Refusal) {
            for plan in plans { try TargetRules.check(plan, isOwned: target.iOwnTheTarget) }
            // The line has a thread of its own, and a process of several may not enter a user namespace.
            if let own = plans.first(where: \.isOwnPair) { try LabGround.prepare(own.family) }
            let line = ProgressLine()
            defer { line.clear() }
            var left = Self.seconds(plans, runs)
            (results, signal) = try LoadRepetition(plans, runs: runs).run(signals: signals) {
                let name = sides.isEmpty ? "" : "   \(sides[$0].text)"
                let run = runs * plans.count > 1 ? "   run \($1 + 1) of \(runs)\(name)" : ""
                line.show("load\(run)", left: left)
                left? -= plans[$0].wholeSeconds ?? 0
            }
        } catch {
            throw CommandFailure(error)
        }
        let host = HostFacts.read(root: .host).0
        var status = ExitStatus.clean
        if sides.isEmpty {
            status = try show(plans[0], results[0], host, showing, to: output)
        } else if results.allSatisfy({ !$0.isEmpty }) {
            status = try compare(plans, results, host, showing, to: output)
        }
        if let signal { throw CommandFailure(status: ExitStatus(signal: signal), message: "") }
        for (place, runs) in results.enumerated() {
            // Whatever else the numbers are worth: nobody was reached.
            guard let errors = LoadResult.of(runs: runs).failedAltogether else { continue }
            let name = sides.isEmpty ? "" : " of \(sides[place].text)"
            throw CommandFailure(
                status: .failed, message: "no request\(name) was answered: \(errors)")
        }
        if status != .clean { throw CommandFailure(status: status, message: "") }
    }

    /// How long all runs take; nil where a load ends by a count.
    private static func seconds(_ plans: [LoadPlan], _ runs: Int) -> Double? {
        let each = plans.map(\.wholeSeconds)
        return each.contains(nil) ? nil : each.reduce(0) { $0 + ($1 ?? 0) } * Double(runs)
    }

    private func show(
        _ plan: LoadPlan, _ results: [LoadResult], _ host: Host, _ showing: ShowingRequest,
        to output: ClaimedOutput
    ) throws -> ExitStatus {
        let whole = LoadResult.of(runs: results)
        let report = LoadReport(
            recorded: LoadJSON(LoadSettings(plan), runs: results), notes: whole.notes)
        try showing.show(report.document(host: host), to: output) {
            try report.json(host: host, tool: Tcptune.tool)
        }
        return whole.void == nil ? .clean : .inconclusive
    }

    private func compare(
        _ plans: [LoadPlan], _ results: [[LoadResult]], _ host: Host, _ showing: ShowingRequest,
        to output: ClaimedOutput
    ) throws -> ExitStatus {
        let files = sides.indices.map {
            SavedFile(
                LoadJSON(LoadSettings(plans[$0]), runs: results[$0]), named: sides[$0].text,
                host: host,
                notes: LoadResult.of(runs: results[$0]).notes)
        }
        let comparison: ComparisonJSON
        var notes: [String]
        do throws(ComparisonRefusal) {
            (comparison, notes) = try ComparedPair(files[0], files[1], isInTurn: true).comparison(
                gates: repetition.conditions)
        } catch {
            throw CommandFailure(error)
        }
        for note in files.flatMap(\.notes) where !notes.contains(note) { notes.append(note) }
        let report = ComparisonReport(comparison, host: host, notes: notes)
        try showing.show(report.document, to: output) { try report.json(tool: Tcptune.tool) }
        return ExitStatus(comparison)
    }

    func plan() throws -> LoadPlan {
        var plan = LoadPlan()
        plan.voidsStarved = true
        try target.fill(&plan)
        try pace.fill(&plan)
        try connection.fill(&plan)
        try ports.fill(&plan)
        return plan
    }

    /// What makes no sense together, known only when the server is.
    private static func check(_ plan: LoadPlan) throws {
        guard plan.tls != nil else { return }
        func refuse(_ why: String) -> CommandFailure {
            CommandFailure(status: .usage, message: why)
        }
        if plan.isOwnPair {
            throw refuse(
                "--tls, --tls-name and --tls-resume need --to: tcptune's own server does not speak TLS"
            )
        }
        if plan.close == .half {
            throw refuse(
                "--close half contradicts TLS: TLS closes both directions (RFC 8446 §6.1)")
        }
    }
}

extension LoadPlan {
    fileprivate var isOwnPair: Bool { if case .ownPair = target { true } else { false } }

    /// Of one run, its warm-up and the time that connections are held included.
    fileprivate var wholeSeconds: Double? { seconds.map { $0 + warmUp } }
}
