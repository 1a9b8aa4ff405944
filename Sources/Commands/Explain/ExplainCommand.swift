import ArgumentParser
import Audit
import Model
import Report

/// `tcptune explain`: what names mean, and what they come to on this host.
struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract:
            "Explain a setting, a counter, a state, an error, a log line or a rule, on this host",
        discussion: """
            Takes a key (tcp_fin_timeout), a counter (TcpExtListenOverflows, node_netstat_Tcp_RetransSegs), a state \
            (TIME_WAIT), an errno (EADDRNOTAVAIL), a rule (ports-exhausting), or a line of a log or of netstat -s, best \
            in quotes. Explains several names one after the other; reads other words as one line. Exits with 64 if a name \
            is unknown, after it explained the others.

            Examples:
              tcptune explain tcp_tw_reuse
              tcptune explain 'nf_conntrack: table full, dropping packet'
              tcptune explain --list
            """)

    @Argument(
        help: ArgumentHelp("What to explain.", valueName: "name"), completion: Completion.topics)
    var words: [String] = []

    @Flag(
        help: "List everything that explain knows, by kind; a name narrows the list, as a pattern.")
    var list = false

    @OptionGroup(title: "What to read") var reading: ReadingOptions
    @OptionGroup(title: "What to show") var showing: ShowingOptions

    func validate() throws {
        guard list || !words.isEmpty else {
            throw ValidationError("Missing expected argument '<name> ...'")
        }
        guard !list || words.count < 2 else {
            throw ValidationError("--list takes one pattern.")
        }
    }

    func run() throws {
        let showing = showing.request
        guard !list else { return try ExplainListing(pattern: words.first).show(showing) }
        var reading = reading.request
        let output = try showing.claim()
        let asked = ExplainedWords(words)
        guard !asked.topics.isEmpty else { throw unknown(asked.unknown) }
        reading.besides = asked.topics.flatMap(Explainer.settings)
        reading.boundSockets = ExplainReading.wantsBoundSockets(asked.topics)
        let observation = try reading.observation(besides: showing)
        guard let assessment = Assessment.all(of: observation, from: reading.origin).first else {
            throw unknown(words)
        }
        let explanations = asked.topics.compactMap { text in
            Explainer(
                assessment, portHolders: ExplainReading.portHolders(named: text, reading)
            ).explain(text)
        }
        try showing.show(ExplainReport.document(explanations), to: output) {
            try ExplainReport.json(
                explanations, areSeveral: asked.areSeveral, host: observation.host,
                tool: Tcptune.tool,
                notes: assessment.situation.now.unseen.map { "not checked: \($0.what) (\($0.why))" }
                    + asked.unknown.map { "unknown: \($0)" })
        }
        if !asked.unknown.isEmpty { throw unknown(asked.unknown) }
    }

    /// Says what is unknown, with the names that may have been meant, one a line.
    private func unknown(_ words: [String]) -> CommandFailure {
        var lines: [String] = []
        for word in words {
            let near = Explainer.suggestions(for: word)
            let what = "tcptune: unknown name \(CommandFailure.cited(word)); "
            switch near.count {
            case 0: lines.append(what + "for all known names: tcptune explain --list")
            case 1: lines.append(what + "did you mean \(near[0])?")
            default: lines += [what + "did you mean"] + near.map { "  \($0)" }
            }
        }
        // A word of others may hold a line feed: each line is one of this list's.
        for line in lines { Tcptune.say(line.split(separator: "\n").joined(separator: "\\n")) }
        return CommandFailure(status: .usage, message: "")
    }
}
