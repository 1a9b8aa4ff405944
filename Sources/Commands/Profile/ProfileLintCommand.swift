import ArgumentParser
import Model
import Report
import Tuning

/// `tcptune profile lint`: all that is wrong with files of profiles.
struct ProfileLintCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lint",
        abstract: "Check profiles and show each mistake: file, line, column, and the right word",
        discussion: """
            Exits with 65 if a profile has an error, with 1 if it has only warnings, and with the status of the failure if a \
            file cannot be read.

            Example:
              tcptune profile lint ./my-profile.toml
            """)

    @Argument(
        help: ArgumentHelp("Files or names of profiles.", valueName: "file"),
        completion: Completion.profiles)
    var files: [String]

    @OptionGroup(title: "What to show") var showing: ShowingOptions

    func run() throws {
        let showing = showing.request
        let output = try showing.claim()
        var checked: [LintReport.File] = []
        for name in files {
            do throws(ProfileFailure) {
                let (profile, reading) = try ProfileLibrary.standard.profile(named: name)
                checked.append(
                    LintReport.File(
                        path: profile.path,
                        problems: ProfileWarnings.of(profile, reading: reading)))
            } catch {
                switch error {
                case .wrong(let error):
                    checked.append(
                        LintReport.File(
                            path: error.problems.first?.path ?? name, problems: error.problems))
                case .other(let error): throw CommandFailure(error)
                }
            }
        }
        if showing.form == .text {
            try output.write(LintReport.text(checked))
        } else {
            try showing.show(LintReport.document(checked), to: output) {
                try LintReport.json(checked, host: ProfileCommand.host, tool: Tcptune.tool)
            }
        }
        let levels = checked.flatMap(\.problems).map(\.level)
        if levels.contains(.error) { throw CommandFailure(status: .badData, message: "") }
        if levels.contains(.warning) { throw CommandFailure(status: .found, message: "") }
    }
}
