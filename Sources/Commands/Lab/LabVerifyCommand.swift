import ArgumentParser
import Lab
import Report

/// `tcptune lab verify`: every experiment, and which of the claims hold on this kernel.
struct LabVerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Put every claim to the test on this kernel, in a minute and a half or so",
        discussion: """
            Exits with 1 where a claim is refuted, with 3 where one that could be tried stays inconclusive. What this \
            kernel or these rights do not allow to be tried is listed with its reason.
            """)

    @OptionGroup(title: "How often") var options: LabRunOptions
    @OptionGroup(title: "What to show") var showing: ShowingOptions

    func run() throws {
        try LabCommand.run(
            Experiment.all.map { $0.over(options.family) }, options, showing.request,
            repeatedBy: "tcptune lab verify\(options.words)", form: .verification)
    }
}
