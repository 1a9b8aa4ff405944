import ArgumentParser
import Kernel
import Lab
import Report

/// `tcptune lab list`: the experiments there are.
struct LabListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the experiments: what each asks and claims",
        discussion: """
            Example:
              tcptune lab list
            """)

    @OptionGroup(title: "What to show") var showing: ShowingOptions

    func run() throws {
        let showing = showing.request
        let output = try showing.claim()
        let host = HostFacts.read(root: .host).0
        try showing.show(LabListReport.document(Experiment.all.map(\.summary)), to: output) {
            try LabListReport.json(Experiment.all.map(\.summary), host: host, tool: Tcptune.tool)
        }
    }
}
