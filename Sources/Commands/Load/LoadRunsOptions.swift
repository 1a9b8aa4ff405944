import ArgumentParser
import Lab
import Statistics

/// The options that say how often a load is run, and what makes two of them fail a script.
struct LoadRunsOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Number of runs; the default is 5 of each to compare two loads, otherwise 1.",
            valueName: "n"))
    var runs: Int?

    @Option(
        name: .customLong("fail-if"),
        help: ArgumentHelp(
            "With two loads: exit with 1 if this is true: worse, worse>5%, NAME:worse>5%; can be repeated.",
            valueName: "condition"))
    var conditions: [RegressionGate] = []

    /// As few as tell a change from chance however many quantities are measured.
    static let ofTwo = 5
    private static let most = 1000

    func validate() throws {
        if let runs, !(1...Self.most ~= runs) {
            throw ValidationError("--runs takes a number from 1 to \(Self.most).")
        }
    }
}
