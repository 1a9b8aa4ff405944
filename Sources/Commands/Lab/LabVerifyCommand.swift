import ArgumentParser
import Lab
import Report

/// `tcptune lab verify`: every experiment, and which of the claims hold on this kernel.
struct LabVerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Test every claim on this kernel, in about a minute and a half",
        discussion: """
            Exits with 1 if a claim is refuted, with 3 if a tested claim is inconclusive. Lists what this kernel or this \
            user's rights do not allow to test, with the reason.

            Example:
              tcptune lab verify
            """)

    @OptionGroup(title: "How often") var options: LabRunOptions
    @OptionGroup(title: "What to show") var showing: ShowingOptions

    func run() throws {
        try LabCommand.run(
            Experiment.all.map { $0.over(options.family) }, options, showing.request,
            repeatedBy: "tcptune lab verify\(options.words)", form: .verification)
    }
}
