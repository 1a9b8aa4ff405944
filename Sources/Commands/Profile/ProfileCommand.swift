import ArgumentParser
import Kernel
import Model
import Tuning

/// `tcptune profile`: the profiles there are, and what they say.
struct ProfileCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "profile",
        abstract: "List, show, lint, make and recommend tuning profiles",
        discussion: """
            A profile is a file of wanted values, each with its reason; tcptune-profile(5) describes it. These commands \
            change nothing.

            Examples:
              tcptune profile recommend
              tcptune profile show outbound-reuse
            """,
        subcommands: [
            ProfileListCommand.self, ProfileShowCommand.self, ProfileLintCommand.self,
            ProfileNewCommand.self, ProfileRecommendCommand.self,
        ])

    /// Every profile that can be read, and the others with the reason.
    static func profiles() -> (good: [Profile], broken: [(name: String, reason: String)]) {
        let library = ProfileLibrary.standard
        var good: [Profile] = []
        var broken: [(name: String, reason: String)] = []
        for file in library.files {
            do throws(Refusal) {
                good.append(try library.load(named: file.path))
            } catch {
                broken.append((file.name, error.description))
            }
        }
        return (good, broken)
    }

    static var host: Host { HostFacts.read(root: .host).0 }
}
