import ArgumentParser
import Kernel
import Lab
import Model
import Report
import Statistics
import Text
import Tuning

/// `tcptune prove`: tries a profile in private namespaces that have this host's settings, and says what it changes.
struct ProveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prove",
        abstract: "Measure what a profile changes in a twin of this host, before you apply it",
        discussion: """
            Creates private network namespaces with this host's own settings, runs a workload in them with the present \
            settings and with the profile, in turn, and compares. Does not touch the host. Exits with 1 if the profile makes \
            something worse, with 3 if the result is inconclusive.

            Examples:
              tcptune prove outbound-reuse
              tcptune prove web-server --workload slow-accept -o proof.html
            """)

    @Argument(
        help: "Name or path of a profile, or a saved plan (.json).", completion: Completion.plans)
    var profile: String

    @Option(help: ArgumentHelp("The traffic under which to compare.", valueName: "workload"))
    var workload: WorkloadArgument?

    @Option(
        help: ArgumentHelp(
            "Runs with each set of settings; the default is 6, or as many as the quantities need.",
            valueName: "n"
        ))
    var runs: Int?

    @Option(help: ArgumentHelp("Seed of the random times.", valueName: "n"))
    var seed: UInt64 = 1

    @Option(name: .customLong("for"), help: ArgumentHelp("Duration of a run.", valueName: "time"))
    var time: DurationArgument?

    @Flag(help: "Also leave out each setting in turn, and show which settings matter.")
    var attribute = false

    @Option(
        help: ArgumentHelp(
            "With --workload measured: a snapshot that audit --save wrote.", valueName: "file"),
        completion: .file())
    var from: String?

    @OptionGroup(title: "What to show") var showing: ShowingOptions

    func validate() throws {
        guard !profile.isEmpty else {
            throw ValidationError("The profile needs a name, not an empty word.")
        }
        guard runs.map({ 1...1000 ~= $0 }) ?? true else {
            throw ValidationError("--runs takes a number from 1 to 1000.")
        }
        if let time, !(0.5...600 ~= time.seconds) {
            throw ValidationError("--for takes from 500ms to 10m.")
        }
        guard from == nil || workload == .measured else {
            throw ValidationError("--from needs --workload measured.")
        }
        guard from?.isEmpty != true else {
            throw ValidationError("--from needs a name, not an empty word.")
        }
    }

    func run() throws {
        let showing = showing.request
        let output = try showing.claim()
        let (plan, suits) = try planned()
        // Before the process enters a namespace of its own.
        let values = HostValues.read()
        let host = HostFacts.read(root: .host).0
        let (workload, reason) = try chosen(plan, suits)
        let runs = runs ?? Power.runs(for: workload.measures.count)
        let watch = try SignalWatch.hold()
        let proof: Proof
        do throws(Refusal) {
            try LabGround.prepare()
            try watch.start()
            let line = ProgressLine()
            let pace = StepPace()
            defer { line.clear() }
            proof = try ProofRun(
                .init(
                    plan: plan, host: values, workload: workload, reason: reason, runs: runs,
                    seed: seed, attributes: attribute), stop: watch.stop
            ).run {
                line.show(
                    "\($0.experiment)   run \($0.run) of \($0.runs)   \($0.arm)",
                    left: pace.left($0.experiment, step: $0.run, of: $0.runs))
            }
        } catch {
            throw CommandFailure(error)
        }
        let report = ProofReport(
            proof, host: host, subject: profile, command: command(runs: runs))
        try showing.show(report.document(isFull: showing.form != .text), to: output) {
            try report.json(tool: Tcptune.tool)
        }
        if let signal = watch.end() {
            throw CommandFailure(status: ExitStatus(signal: signal), message: "")
        }
        let status = ExitStatus(proof)
        if status != .clean { throw CommandFailure(status: status, message: "") }
    }

    private func planned() throws -> (Plan, suits: [RuleID]) {
        do throws(Refusal) {
            let source = try PlanSource(named: profile)
            let plan = try source.planned(netns: nil).plan
            guard case .profile(let profile) = source else { return (plan, []) }
            return (plan, profile.suits)
        } catch {
            throw CommandFailure(error)
        }
    }

    private func chosen(_ plan: Plan, _ suits: [RuleID]) throws -> (Workload, String) {
        var (workload, reason) = try named(plan, suits)
        guard let time else { return (workload, reason) }
        guard time.seconds >= workload.leastSeconds else {
            throw CommandFailure(
                status: .usage,
                message:
                    "--for needs at least \(workload.leastSeconds.duration) for \(workload.name): a shorter run does not show the effect"
            )
        }
        reason += ", \(time.seconds.duration) per run"
        // A measured load is scaled to the time.
        if workload.hostRate != nil { return (workload, reason) }
        guard let longer = workload.lasting(time.seconds) else {
            throw CommandFailure(
                status: .usage,
                message: "\(workload.name) does not take --for: it ends when its burst is served")
        }
        workload = longer
        return (workload, reason)
    }

    private func named(_ plan: Plan, _ suits: [RuleID]) throws -> (Workload, String) {
        switch workload {
        case nil:
            let keys = plan.changes.map(\.key)
            let fitting = Workload.fitting(for: plan.profile.name, suits: suits, keys: keys)
            return (fitting.workload, fitting.why)
        case .shipped(let workload): return (workload, "asked for")
        case .measured:
            var request = ReadingRequest()
            request.from = from
            if from == nil { request.interval = 2 }
            let observation = try request.observation()
            guard let view = observation.views.first else {
                throw CommandFailure(
                    status: .badData, message: "the snapshot contains no namespace")
            }
            do throws(Refusal) {
                let measured = try Workload.measured(
                    view, of: from == nil ? nil : observation.host.name,
                    lasting: time?.seconds)
                return (measured, "asked for")
            } catch {
                throw CommandFailure(error)
            }
        }
    }

    /// What repeats it.
    private func command(runs: Int) -> String {
        var words = ["tcptune prove \(profile)"]
        if let workload { words.append("--workload \(workload.name)") }
        if let from { words.append("--from \(from)") }
        words.append("--runs \(runs) --seed \(seed)")
        if let time { words.append("--for \(time.seconds)s") }
        if attribute { words.append("--attribute") }
        return words.joined(separator: " ")
    }
}

/// A workload as it is typed.
enum WorkloadArgument: ExpressibleByArgument, Equatable {
    case shipped(Workload)
    case measured

    init?(argument: String) {
        if argument == Workload.measuredName {
            self = .measured
        } else if let workload = Workload.named(argument) {
            self = .shipped(workload)
        } else {
            return nil
        }
    }

    var name: String {
        switch self {
        case .shipped(let workload): workload.name
        case .measured: Workload.measuredName
        }
    }

    static func == (left: Self, right: Self) -> Bool { left.name == right.name }

    static var allValueStrings: [String] { Workload.all.map(\.name) + [Workload.measuredName] }
    static var defaultCompletionKind: CompletionKind { .list(allValueStrings) }
}

extension ExitStatus {
    init(_ proof: Proof) {
        self =
            switch proof.verdict {
            case .helps, .noEffect: .clean
            case .hurts, .mixed: .found
            case .inconclusive: .inconclusive
            case .nothingTried: proof.notShown.isEmpty ? .clean : .inconclusive
            }
    }
}
