import ArgumentParser
import Audit
import HostState
import Kernel
import Report

/// `tcptune explain`: what a name means, and what it comes to on this host.
struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract:
            "Explain a sysctl, a counter, a state, an error, a log line or a rule, on this host",
        discussion: """
            Takes a key (tcp_fin_timeout), a counter (TcpExtListenOverflows), a state (TIME_WAIT), an errno \
            (EADDRNOTAVAIL), a line of the kernel's log in quotes, or a rule (ports-exhausting).
            """)

    @Argument(help: ArgumentHelp("What to explain.", valueName: "name"))
    var words: [String]

    @OptionGroup(title: "What to read") var reading: ReadingOptions
    @OptionGroup(title: "What to show") var showing: ShowingOptions

    func run() throws {
        let reading = reading.request
        let showing = showing.request
        let output = try showing.claim()
        let text = words.joined(separator: " ")
        guard Explainer.knows(text) else { throw unknown(text) }
        let observation = try reading.observation(besides: showing)
        guard let assessment = Assessment.all(of: observation).first,
            let explanation = Explainer(assessment).explain(text)
        else { throw unknown(text) }
        try showing.show(ExplainReport.document(explanation), to: output) {
            try ExplainReport.json(
                explanation, host: observation.host, tool: Tcptune.tool,
                notes: assessment.situation.now.unseen.map { "not seen: \($0.what) (\($0.why))" })
        }
    }

    private func unknown(_ text: String) -> CommandFailure {
        let near = Explainer.suggestions(for: text)
        return CommandFailure(
            status: .usage,
            message: "nothing is known of \(CommandFailure.cited(text)); "
                + (near.isEmpty
                    ? "tcptune knobs lists the sysctls"
                    : "did you mean \(near.joined(separator: ", "))?"))
    }
}
