import ArgumentParser
import Lab
import Statistics

/// The options that say how often a load is run, and what makes two of them fail a script.
struct LoadRunsOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Run it so often; 5 of each where two are compared, otherwise 1.", valueName: "n"))
    var runs: Int?

    @Option(
        name: .customLong("fail-if"),
        help: ArgumentHelp(
            "Of two loads: exit with 1 where this holds: worse, worse>5%, NAME:worse>5%; may be given several times.",
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
