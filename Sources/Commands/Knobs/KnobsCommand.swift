import ArgumentParser
import Audit
import Catalogue
import Model
import Report
import Text

/// `tcptune knobs`: the kernel's settings beside what an untuned kernel has.
struct KnobsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "knobs",
        abstract: "List the kernel's TCP settings: value now, default, value after boot",
        discussion: """
            Exits with 1 if no setting matches.

            Examples:
              tcptune knobs --changed
              tcptune knobs 'tcp_keepalive*' --origin
            """,
        aliases: ["settings"])

    @Argument(help: "Part of a key, or a pattern with * and ?.", completion: Completion.settings)
    var pattern: String?

    @Flag(help: "Only settings that differ from the defaults of this kernel release.")
    var changed = false

    @Flag(
        help: "Show the file and line that set each value at boot; only settings that a file names."
    )
    var origin = false

    @Flag(help: "Also settings that this kernel or namespace does not have.")
    var all = false

    @OptionGroup(title: "What to read") var reading: ReadingOptions
    @OptionGroup(title: "What to show") var showing: ShowingOptions

    func run() throws {
        let reading = reading.request
        let showing = showing.request
        let output = try showing.claim()
        let observation = try reading.observation(besides: showing)
        guard let view = observation.views.first else { return }
        let situation = Situation(
            host: observation.host, view: view, neighbours: observation.views.map(\.now))
        let matching = Knob.all
            .filter { knob in pattern.map { KeyPattern($0).matches(knob.key) } ?? true }
        let readings =
            matching
            .map { KnobReading(knob: $0, in: situation) }
            .filter { reading in
                (all || reading.setting?.missing != .absent
                    || (origin && reading.setting?.boot != nil))
                    && (!changed || reading.isChanged == true)
                    && (!origin || reading.setting?.boot != nil)
            }
        let gap = gap(in: situation)
        guard !readings.isEmpty || pattern == nil || gap != nil else {
            throw nothing(matching.count)
        }
        let placement = Placement(
            namespace: view.now.namespace, source: reading.origin, host: observation.host.name)
        try showing.show(
            KnobsReport.document(
                readings, origin: origin, namespace: view.now.namespace.name, gap: gap,
                explain: placement.command("tcptune explain KEY")),
            to: output
        ) {
            try KnobsReport.json(
                readings, host: observation.host, tool: Tcptune.tool,
                notes: [gap].compactMap { $0 })
        }
    }

    /// Why the answer is not known, where it is not: what was not read is neither absent nor as it came.
    private func gap(in situation: Situation) -> String? {
        if situation.now.settings.allSatisfy({ $0.value == nil }), !origin {
            return "tcptune could not read any setting"
                + (situation.now.namespace.entry == .elsewhere
                    ? ": the captured tree contains nothing of /proc/sys." : ".")
        }
        if changed, situation.kernel == nil {
            return
                "tcptune does not know which settings were changed: it could not read the kernel release, "
                + "and defaults differ between releases."
        }
        if origin, !situation.bootFilesReach {
            return "Boot files do not apply to network namespace "
                + "\(situation.now.namespace.name): they set the host's initial namespace."
        }
        if origin,
            let unseen = situation.now.unseen.first(where: {
                $0.what == "what the host sets at boot"
            })
        {
            return "Not checked: \(unseen.what) (\(unseen.why))."
        }
        return nil
    }

    /// - Parameter matching: how many settings match the pattern, whatever else is asked of them.
    private func nothing(_ matching: Int) -> CommandFailure {
        let pattern = CommandFailure.cited(pattern ?? "")
        if matching > 0, origin || changed {
            let lacking =
                origin
                ? "no boot file sets \(matching == 1 ? "it" : "any of them")"
                : "\(matching == 1 ? "it has" : "all have") the default of this kernel release"
            return CommandFailure(
                status: .found,
                message: "\(matching.counted("setting")) \(matching == 1 ? "matches" : "match") "
                    + "\(pattern), but \(lacking)")
        }
        let near = self.pattern.map { Topic.suggestions(for: $0) } ?? []
        return CommandFailure(
            status: .found,
            message: "no setting matches \(pattern)"
                + (near.isEmpty ? "" : "; did you mean \(near.joined(separator: ", "))?"))
    }
}

/// A part of a key, or a pattern with `*` and `?` for the whole of it.
struct KeyPattern {
    private let pattern: [Character]
    private let isPattern: Bool

    init(_ text: String) {
        let dotted = text.lowercased().map { $0 == "/" ? "." : $0 }
        isPattern = dotted.contains("*") || dotted.contains("?")
        pattern = isPattern ? dotted : ["*"] + dotted + ["*"]
    }

    func matches(_ key: String) -> Bool {
        let name = Array(key)
        // The pattern may be for the whole key or for its last part.
        let last = name.lastIndex(of: ".").map { Array(name[($0 + 1)...]) } ?? name
        return Self.matches(pattern[...], name[...])
            || (isPattern && Self.matches(pattern[...], last[...]))
    }

    /// Goes back to the last star only: linear times linear.
    private static func matches(_ pattern: ArraySlice<Character>, _ text: ArraySlice<Character>)
        -> Bool
    {
        var place = text.startIndex
        var at = pattern.startIndex
        var star: (pattern: Int, text: Int)?
        while place < text.endIndex {
            if at < pattern.endIndex, pattern[at] == "*" {
                star = (at, place)
                at += 1
            } else if at < pattern.endIndex, pattern[at] == "?" || pattern[at] == text[place] {
                at += 1
                place += 1
            } else if let last = star {
                star = (last.pattern, last.text + 1)
                at = last.pattern + 1
                place = last.text + 1
            } else {
                return false
            }
        }
        return pattern[at...].allSatisfy { $0 == "*" }
    }
}
