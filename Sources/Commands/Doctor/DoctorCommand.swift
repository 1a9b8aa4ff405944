import ArgumentParser
import Catalogue
import Kernel
import Report

/// `tcptune doctor`: what this kernel and these rights allow.
struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract:
            "Show what this kernel and this user's rights allow, and how to get what is missing",
        discussion: """
            Changes nothing.

            Example:
              tcptune doctor
            """)

    @OptionGroup(title: "What to show") var showing: ShowingOptions

    func run() throws {
        let showing = showing.request
        let output = try showing.claim()
        let capabilities = CapabilityProbe.run(keys: Knob.all.map(\.key))
        let (host, _) = HostFacts.read(root: .host)
        try showing.show(DoctorReport.document(capabilities, host: host), to: output) {
            try DoctorReport.json(capabilities, host: host, tool: Tcptune.tool)
        }
    }
}
