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
        abstract: "Run experiments, and say whether their claims are proven or refuted here",
        discussion: """
            With --set other settings are asked whether they do what the experiment's remedy does, so that any advice \
            can be put to the same test; the experiment's own arms and claims stay as they are. With --file an \
            experiment of your own is run; tcptune(8) describes the file. Exits with 0 where all is proven and the \
            answer is yes, with 1 where something is refuted or the answer is no, with 3 where it stays inconclusive.
            """)

    @Argument(help: ArgumentHelp("Names of experiments; see tcptune lab list.", valueName: "name"))
    var names: [String] = []

    @Option(help: ArgumentHelp("An experiment of your own, in TOML.", valueName: "file"))
    var file: String?

    @Option(
        name: .customLong("set"),
        help: ArgumentHelp(
            "Ask whether this setting does what the experiment's remedy does; may be given several times.",
            valueName: "key=value"))
    var settings: [String] = []

    @Option(
        name: .customLong("arm"),
        help: ArgumentHelp(
            "Run this arm alone (tcptune lab list --json has their names); may be given several times.",
            valueName: "name"))
    var arms: [String] = []

    @Flag(help: "Walk through what went over the wire, step by step.")
    var explain = false

    @Option(
        help: ArgumentHelp(
            "With --explain, the time between steps; without, each waits for Enter.",
            valueName: "time"))
    var pace: DurationArgument?

    @Option(
        help: ArgumentHelp(
            "Write the segments that went over the experiment's wire, for tshark or Wireshark.",
            valueName: "file"))
    var pcap: String?

    @OptionGroup(title: "How often") var options: LabRunOptions
    @OptionGroup(title: "What to show") var showing: ShowingOptions

    func validate() throws {
        guard !names.isEmpty || file != nil else {
            throw ValidationError("Name an experiment (tcptune lab list), or give --file.")
        }
        guard file == nil || settings.isEmpty else {
            throw ValidationError("--set is for the shipped experiments; change the file.")
        }
        guard file == nil || arms.isEmpty else {
            throw ValidationError("--arm is for the shipped experiments; change the file.")
        }
        guard pace == nil || explain else {
            throw ValidationError("--pace is for --explain.")
        }
        if let pace, !(0.01...60 ~= pace.seconds) {
            throw ValidationError("--pace takes a time from 10ms to 1m.")
        }
        guard file == nil || pcap == nil else {
            throw ValidationError("--pcap is for shipped experiments that have a wire.")
        }
        guard Set(names).count == names.count else {
            throw ValidationError("An experiment is named twice.")
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
                            "\(experiment.name) has no remedy that --set could take the place of")
                }
                return changed
            }
        }
        if let file { experiments.append(try Self.experiment(in: file)) }
        experiments = try experiments.map { experiment in
            if options.isOverIPv6, let reason = experiment.onlyIPv4 {
                throw CommandFailure(
                    status: .usage,
                    message: "\(experiment.name) is of IPv4 alone: \(reason)")
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
                    "there is no arm \(CommandFailure.cited(other))", other, among: known))
        }
        return try experiments.map { experiment in
            guard let chosen = experiment.choosing(names) else {
                throw CommandFailure(
                    status: .usage,
                    message:
                        "\(experiment.name) has none of these arms; it has \(experiment.arms.filter { $0.role != .tried }.map { "'\($0.name)'" }.joined(separator: ", "))"
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
                ExperimentFileRefusal(message: "as options of tcptune load: \(text)"))
        }
    }
}
