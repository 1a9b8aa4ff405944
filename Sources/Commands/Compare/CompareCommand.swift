import ArgumentParser
import Kernel
import Lab
import Model
import Report
import Statistics
import Text
import Tuning

/// `tcptune compare`: two saved documents of one kind, before and after.
struct CompareCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Compare two audits, loads, lab results or proofs",
        discussion: """
            Takes two documents of one kind: snapshots that audit --save wrote, or what audit, load, lab run and prove write \
            with --json. Exits with 1 if a condition of --fail-if is met, with 3 if one of the two is void or if nothing that \
            a condition names can be told from chance.

            Example:
              tcptune compare before.json after.json --fail-if 'worse>5%'
            """)

    @Argument(help: "The document from before.", completion: .file())
    var before: String

    @Argument(help: "The document from after.", completion: .file())
    var after: String

    @Option(
        name: .customLong("fail-if"),
        help: ArgumentHelp(
            "Exit with 1 if this is true: worse, worse>5%, NAME:worse>5%; can be repeated.",
            valueName: "condition"))
    var conditions: [RegressionGate] = []

    @OptionGroup(title: "What to show") var showing: ShowingOptions

    func validate() throws {
        for (what, value) in [("The first document", before), ("The second document", after)]
        where value.isEmpty {
            throw ValidationError("\(what) needs a name, not an empty word.")
        }
        guard before != "-", after != "-" else {
            throw ValidationError("compare reads files; - is not a file.")
        }
    }

    func run() throws {
        let showing = showing.request
        let output = try showing.claim()
        let (first, second) = (try SavedFile.read(before), try SavedFile.read(after))
        let comparison: ComparisonJSON
        let notes: [String]
        do throws(ComparisonRefusal) {
            (comparison, notes) = try ComparedPair(first, second).comparison(
                gates: conditions, transactions: Self.transactions(first, second))
        } catch {
            throw CommandFailure(error)
        }
        let report = ComparisonReport(comparison, host: second.host, notes: notes)
        try showing.show(report.document, to: output) { try report.json(tool: Tcptune.tool) }
        let status = ExitStatus(comparison)
        if status != .clean { throw CommandFailure(status: status, message: "") }
    }

    /// What was applied between two audits of this very host, as far as this user may know.
    private static func transactions(
        _ first: SavedFile, _ second: SavedFile
    ) -> [ComparisonJSON.Transaction] {
        let here = HostFacts.read(root: .host).0
        guard let (from, to) = SavedFile.span(first, second, on: here),
            let history = try? History.read()
        else { return [] }
        return history.records.filter { from...to ~= Double($0.began) }.map {
            ComparisonJSON.Transaction(
                id: $0.id, profile: $0.profile, state: $0.state.rawValue,
                beganSeconds: Double($0.began))
        }
    }
}

extension ExitStatus {
    /// Nothing is known of a void comparison; a condition that is met comes before one that could not be decided.
    init(_ comparison: ComparisonJSON) {
        self =
            comparison.isVoid
            ? .inconclusive
            : comparison.isFailed ? .found : comparison.isUndecided ? .inconclusive : .clean
    }
}

extension CommandFailure {
    init(_ refusal: ComparisonRefusal) {
        switch refusal {
        case .badData(let reason):
            self.init(status: .badData, message: "cannot compare: \(reason)")
        case .noMetric(let name, let names):
            self.init(
                status: .usage,
                message: NearMiss.sentence(
                    "--fail-if names a metric that neither document has: \(CommandFailure.cited(name))",
                    name,
                    among: names))
        }
    }
}

extension RegressionGate: ExpressibleByArgument {
    package init?(argument: String) { self.init(argument) }
}
