import ArgumentParser
import Model
import Report
import Tuning

/// `tcptune profile show`: one profile, explained, beside what this host has.
struct ProfileShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Explain a profile: each value, its reason, its risk, and the value on this host",
        discussion: """
            Example:
              tcptune profile show web-server
            """)

    @Argument(
        help: ArgumentHelp("Name of a profile, or the path of its file.", valueName: "name"),
        completion: Completion.profiles)
    var name: String

    @OptionGroup(title: "What to show") var showing: ShowingOptions

    func run() throws {
        let showing = showing.request
        let output = try showing.claim()
        let profile: Profile
        do throws(Refusal) {
            profile = try ProfileLibrary.standard.load(named: name)
        } catch {
            throw CommandFailure(error)
        }
        var reading = ReadingRequest()
        reading.listeners = true
        let observation = try reading.observation()
        let snapshot = observation.views.first?.now
        let view = ProfileView(profile, host: observation.host, snapshot: snapshot)
        try showing.show(ProfileReport.show(view), to: output) {
            try ProfileReport.showJSON(
                view, host: observation.host, tool: Tcptune.tool,
                notes: (snapshot?.unseen ?? []).map { "not checked: \($0.what) (\($0.why))" })
        }
    }
}
