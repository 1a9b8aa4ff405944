import ArgumentParser
import Kernel
import Lab
import Model
import Report
import Text

/// `tcptune lab`: experiments in private network namespaces, on this kernel.
struct LabCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lab",
        abstract: "Test on this kernel what a setting does and what it does not do",
        discussion: """
            Each experiment tests a claim in private network namespaces, and removes them when it ends. It neither uses nor \
            changes the host's settings. It needs no root if user namespaces are allowed.

            Examples:
              tcptune lab list
              tcptune lab run fin-timeout
              tcptune lab run handshake --explain
            """,
        subcommands: [LabListCommand.self, LabRunCommand.self, LabVerifyCommand.self])

    /// The shipped experiments of these names.
    static func experiments(named names: [String]) throws -> [Experiment] {
        try names.map { name in
            guard let experiment = Experiment.all.first(where: { $0.name == name }) else {
                throw CommandFailure(
                    status: .usage,
                    message: NearMiss.sentence(
                        "unknown experiment \(CommandFailure.cited(name))", name,
                        among: Experiment.all.map(\.name)))
            }
            return experiment
        }
    }

    /// Runs experiments, and ends with the status that their verdicts come to.
    static func run(
        _ experiments: [Experiment], _ options: LabRunOptions, _ showing: ShowingRequest,
        repeatedBy command: String, form: LabReport.Form, capture: CaptureRequest? = nil,
        walk: LabWalk? = nil
    ) throws {
        let output = try showing.claim()
        let signals: HeldSignals
        do throws(KernelError) { signals = try HeldSignals.hold() } catch {
            throw CommandFailure.working(error)
        }
        // Before a user namespace hides whose host it is.
        let host = HostFacts.read(root: .host).0
        let line = ProgressLine()
        let pace = StepPace()
        let isAlone = experiments.count == 1
        let start = LoadClock.now
        let (results, signal): ([ExperimentResult], Int32?)
        do throws(Refusal) {
            (results, signal) = try LabSession(
                experiments, runs: options.runs, seed: options.seed, capture: capture?.capture
            ) {
                line.show(
                    "\($0.experiment)   run \($0.run) of \($0.runs)   \($0.arm)",
                    left: isAlone ? pace.left($0.experiment, step: $0.run, of: $0.runs) : nil)
            }
            .run(signals: signals)
        } catch {
            line.clear()
            throw CommandFailure(error)
        }
        line.clear()
        try capture?.write()
        let report = LabReport(
            results, repeatedBy: command,
            seconds: Double(LoadClock.now - start) / 1e9, form: form,
            explanation: walk == nil
                ? nil : showing.form == .text && signal == nil ? .before : .within)
        var page = report.document(host: host)
        if let walk, signal == nil, showing.form == .text {
            let isSlow = walk.isSlow(to: output)
            let steps = report.walk(isSlow: isSlow)
            if isSlow {
                if let number = try walk.go(through: steps, to: output, signals) {
                    throw CommandFailure(status: ExitStatus(signal: number), message: "")
                }
            } else {
                page.blocks.insert(contentsOf: steps.flatMap(\.blocks), at: 0)
            }
        }
        try showing.show(page, to: output) {
            try report.json(host: host, tool: Tcptune.tool)
        }
        if let signal { throw CommandFailure(status: ExitStatus(signal: signal), message: "") }
        let verdicts = results.flatMap { [$0.verdict, $0.tried?.verdict].compactMap(\.self) }
        if verdicts.contains(.refuted) { throw CommandFailure(status: .found, message: "") }
        let failed = results.filter { $0.failure != nil }.map(\.name)
        if !failed.isEmpty {
            throw CommandFailure(
                status: .failed,
                message: "\(failed.joined(separator: ", ")) failed: the result says why")
        }
        let possible = results.filter { $0.unavailable == nil }
        let known = form == .verification ? possible : results
        if known.contains(where: {
            $0.verdict == .inconclusive || $0.tried?.verdict == .inconclusive
        }) {
            throw CommandFailure(status: .inconclusive, message: "")
        }
    }
}

/// How often, and from which seed.
struct LabRunOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Runs per arm; by default each experiment has its own number.", valueName: "n"))
    var runs: Int?

    @Flag(
        name: .customLong("ipv6"),
        help: "Use IPv6; tcptune refuses an experiment that only works with IPv4.")
    var isOverIPv6 = false

    @Option(help: ArgumentHelp("Seed of the random numbers.", valueName: "n"))
    var seed: UInt64 = 1

    var family: InternetFamily { isOverIPv6 ? .v6 : .v4 }

    /// As they are typed: ` --ipv6 --seed 1`.
    var words: String { (isOverIPv6 ? " --ipv6" : "") + " --seed \(seed)" }

    func validate() throws {
        if let runs, !(1...1000 ~= runs) {
            throw ValidationError("--runs takes a number from 1 to 1000.")
        }
    }
}
