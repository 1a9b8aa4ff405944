import ArgumentParser
import Audit
import Kernel
import Lab
import Model
import Report
import Text
import Tuning

/// `tcptune lab run`: experiments by name, or of the user's own.
struct LabRunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Run experiments, and show whether this kernel confirms or refutes their claims",
        discussion: """
            With --set, the experiment also tests whether another setting does what its remedy does, so that you can test \
            any advice; its own arms and claims do not change. With --file, it runs an experiment of your own; \
            tcptune-lab(8) describes the file. Exits with 0 if every claim is confirmed and the answer is yes, with 1 if a claim is refuted \
            or the answer is no, with 3 if the result is inconclusive.

            Examples:
              tcptune lab run port-exhaustion
              tcptune lab run port-exhaustion --set tcp_fin_timeout=15
              tcptune lab run teardown --explain --pace 2s
            """)

    @Argument(
        help: ArgumentHelp("Names of experiments: see tcptune lab list.", valueName: "name"),
        completion: Completion.experiments)
    var names: [String] = []

    @Option(
        help: ArgumentHelp("A TOML file with an experiment of your own.", valueName: "file"),
        completion: .file(extensions: ["toml"]))
    var file: String?

    @Option(
        name: .customLong("set"),
        help: ArgumentHelp(
            "Test whether this setting does what the experiment's remedy does; can be repeated.",
            valueName: "key=value"), completion: Completion.assignments)
    var settings: [String] = []

    @Option(
        name: .customLong("arm"),
        help: ArgumentHelp(
            "Run only this arm (tcptune lab list --json shows the names); can be repeated.",
            valueName: "name"), completion: Completion.arms)
    var arms: [String] = []

    @Flag(help: "Show what went over the wire, step by step.")
    var explain = false

    @Option(
        help: ArgumentHelp(
            "With --explain: the time between steps; without --pace, each step waits for Enter.",
            valueName: "time"))
    var pace: DurationArgument?

    @Option(
        help: ArgumentHelp(
            "Write the segments on the experiment's wire to a file for tshark or Wireshark.",
            valueName: "file"), completion: .file())
    var pcap: String?

    @OptionGroup(title: "How often") var options: LabRunOptions
    @OptionGroup(title: "What to show") var showing: ShowingOptions

    func validate() throws {
        guard !names.isEmpty || file != nil else {
            throw ValidationError("Name an experiment (tcptune lab list), or give --file.")
        }
        guard file == nil || settings.isEmpty else {
            throw ValidationError(
                "--set works only with the shipped experiments; change the file instead.")
        }
        guard file == nil || arms.isEmpty else {
            throw ValidationError(
                "--arm works only with the shipped experiments; change the file instead.")
        }
        guard pace == nil || explain else {
            throw ValidationError("--pace needs --explain.")
        }
        if let pace, !(0.01...60 ~= pace.seconds) {
            throw ValidationError("--pace takes a time from 10ms to 1m.")
        }
        guard file == nil || pcap == nil else {
            throw ValidationError("--pcap works only with shipped experiments that have a wire.")
        }
        guard Set(names).count == names.count else {
            throw ValidationError("One experiment is named twice.")
        }
    }

    func run() throws {
        var experiments = try LabCommand.experiments(named: names)
        if !settings.isEmpty {
            let tried = try LoadPlan.Assignment.typed(settings)
            experiments = try experiments.map { experiment in
                guard let changed = experiment.trying(tried) else {
                    throw CommandFailure(
                        status: .usage,
                        message:
                            "\(experiment.name) has no remedy that --set could replace")
                }
                return changed
            }
        }
        if let file { experiments.append(try Self.experiment(in: file)) }
        experiments = try experiments.map { experiment in
            if options.isOverIPv6, let reason = experiment.onlyIPv4 {
                throw CommandFailure(
                    status: .usage,
                    message: "\(experiment.name) only works with IPv4: \(reason)")
            }
            return experiment.over(options.family)
        }
        // The other family has claims of its own.
        if !arms.isEmpty { experiments = try Self.choosing(arms, of: experiments) }
        let capture = try pcap.map { try CaptureRequest(path: $0, of: experiments) }
        try LabCommand.run(
            experiments, options, showing.request, repeatedBy: command, form: .experiments,
            capture: capture, walk: explain ? LabWalk(pace: pace?.seconds) : nil)
    }

    /// The same with the named arms alone.
    private static func choosing(
        _ names: [String], of experiments: [Experiment]
    ) throws -> [Experiment] {
        let known = experiments.flatMap(\.arms).filter { $0.role != .tried }.map(\.name)
        if let other = names.first(where: { !known.contains($0) }) {
            throw CommandFailure(
                status: .usage,
                message: NearMiss.sentence(
                    "unknown arm \(CommandFailure.cited(other))", other, among: known))
        }
        return try experiments.map { experiment in
            guard let chosen = experiment.choosing(names) else {
                throw CommandFailure(
                    status: .usage,
                    message:
                        "\(experiment.name) has none of these arms; its arms are \(experiment.arms.filter { $0.role != .tried }.map { "'\($0.name)'" }.joined(separator: ", "))"
                )
            }
            return chosen
        }
    }

    private static func experiment(in file: String) throws -> Experiment {
        let bytes: [UInt8]
        do throws(KernelError) { bytes = try InputFile.read(file, limit: 1 << 20) } catch {
            throw CommandFailure.reading(error)
        }
        do throws(TextError) {
            return try ExperimentFile.read(bytes: bytes, path: file, workload: LoadCommand.plan)
        } catch {
            throw CommandFailure(status: .badData, message: error.description)
        }
    }

    /// The words that repeat it.
    private var command: String {
        let words =
            names + (file.map { ["--file", Placement.word($0)] } ?? [])
            + settings.flatMap { ["--set", Placement.word($0)] }
            + arms.flatMap { ["--arm", Placement.word($0)] }
            + (options.runs.map { ["--runs", "\($0)"] } ?? [])
        return "tcptune lab run \(words.joined(separator: " "))\(options.words)"
    }
}

extension LoadCommand {
    /// Options of `tcptune load`, without the command, as a plan.
    static func plan(_ words: [String]) -> Result<LoadPlan, ExperimentFileRefusal> {
        do {
            var plan = try LoadCommand.parse(words).plan()
            // Arms in turn meet what else the machine does alike, and what they count is sound.
            plan.voidsStarved = false
            return .success(plan)
        } catch let failure as CommandFailure {
            return .failure(ExperimentFileRefusal(message: failure.message))
        } catch {
            let text = message(for: error)
            return .failure(
                ExperimentFileRefusal(
                    message: "tcptune load does not accept these options: \(text)"))
        }
    }
}
