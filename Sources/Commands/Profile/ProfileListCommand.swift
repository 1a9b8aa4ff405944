import ArgumentParser
import Report
import Tuning

/// `tcptune profile list`: every profile that is found by name.
struct ProfileListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the installed profiles",
        discussion: """
            Example:
              tcptune profile list
            """)

    @OptionGroup(title: "What to show") var showing: ShowingOptions

    func run() throws {
        let showing = showing.request
        let output = try showing.claim()
        let (good, broken) = ProfileCommand.profiles()
        try showing.show(ProfileReport.list(good, broken: broken), to: output) {
            try ProfileReport.listJSON(
                good, broken: broken, host: ProfileCommand.host, tool: Tcptune.tool)
        }
    }
}
