import ArgumentParser
import History
import Kernel
import Model
import Recording
import Report
import Text

/// `tcptune history`: what the agent kept of a time that is over.
struct HistoryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "Show ports, closings and queues of the past, as tcptune-agent kept them",
        discussion: """
            Reads the files that tcptune-agent writes each minute, and changes nothing. Without a destination or listener it \
            lists those of the last hour; with one it shows its ports in use and the connections that this host closed, step by \
            step. Times are UTC: 14:03, 2026-11-29T14:03, 2026-11-29T15:03+01:00, -10m.

            Examples:
              tcptune history --last 6h
              tcptune history 10.0.0.9:5432 --at 14:03
            """)

    @Argument(
        help: ArgumentHelp(
            "A destination or listener: 10.0.0.9:5432, :443, or 10.0.0.5->10.0.0.9:5432.",
            valueName: "destination"))
    var subject: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("The minute of this moment.", valueName: "moment"))
    var at: String?

    @Option(
        parsing: .unconditional, help: ArgumentHelp("From this moment on.", valueName: "moment"))
    var from: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Up to this moment; without it, now.", valueName: "moment"))
    var to: String?

    @Option(help: ArgumentHelp("The time up to now (30m, 6h, 2d).", valueName: "time"))
    var last: DurationArgument?

    @Option(
        help: ArgumentHelp(
            "Only this network namespace, by the name that the agent gave it.",
            valueName: "namespace"))
    var netns: String?

    @Option(
        help: ArgumentHelp("Where the agent keeps its files.", valueName: "directory"),
        completion: .directory)
    var directory = HistoryStore.Settings.usualDirectory

    @OptionGroup(title: "What to show") var showing: ShowingOptions

    func validate() throws {
        if let subject, HistorySubject(subject) == nil {
            throw ValidationError(
                "\(CommandFailure.cited(subject)) is no destination or listener: write 10.0.0.9:5432, [::1]:443, :443 or 10.0.0.5->10.0.0.9:5432."
            )
        }
        for (option, moment) in [("--at", at), ("--from", from), ("--to", to)] {
            guard let moment, Moment.seconds(moment, now: WallClock.now) == nil else { continue }
            throw ValidationError(
                "\(option) takes a moment: 14:03, 2026-11-29T14:03, -10m; not \(CommandFailure.cited(moment))."
            )
        }
        if at != nil, from != nil || to != nil || last != nil {
            throw ValidationError("--at is one minute: leave out --from, --to and --last.")
        }
        if last != nil, from != nil || to != nil {
            throw ValidationError("--last ends now: leave out --from and --to.")
        }
        if to != nil, from == nil { throw ValidationError("--to needs --from.") }
        if let last, !(1...Self.longest ~= last.seconds) {
            throw ValidationError("--last takes from 1s to 366d.")
        }
        guard netns?.isEmpty != true else {
            throw ValidationError("--netns takes a name, not an empty word.")
        }
        guard !directory.isEmpty else {
            throw ValidationError("--directory needs a name, not an empty word.")
        }
    }

    /// Seconds: a year and a day.
    private static let longest = 366.0 * 86400

    func run() throws {
        let showing = showing.request
        let output = try showing.claim()
        let subject = subject.flatMap(HistorySubject.init)
        let page: HistoryPage
        do throws(HistoryReader.Refusal) {
            page = try HistoryReader(directory).page(
                try span(isOfOne: subject != nil), of: subject, netns: netns)
        } catch {
            throw CommandFailure(error)
        }
        try showing.show(
            HistoryReport.document(page, top: showing.top, directory: directory), to: output
        ) {
            try HistoryReport.json(
                page, host: HostFacts.read(root: .host).0, directory: directory,
                tool: Tcptune.tool)
        }
    }

    private func span(isOfOne: Bool) throws(HistoryReader.Refusal) -> HistorySpan {
        let now = WallClock.now
        let moment = { (text: String?) in text.flatMap { Moment.seconds($0, now: now) } }
        if let at = moment(at) {
            let minute = at / 60 * 60
            return HistorySpan(from: minute, to: minute + 60, bySecond: isOfOne)
        }
        let end = moment(to) ?? Int64(now)
        let start = moment(from) ?? end - Int64(last?.seconds ?? 3600)
        guard start < end else {
            throw HistoryReader.Refusal(
                description:
                    "--from is not before --to: \(UTC.text(Double(start))), \(UTC.text(Double(end)))",
                kind: .usage)
        }
        guard Double(end - start) <= Self.longest else {
            throw HistoryReader.Refusal(
                description: "--from and --to are more than 366 days apart", kind: .usage)
        }
        return HistorySpan(from: max(0, start), to: end, bySecond: isOfOne)
    }
}

extension CommandFailure {
    fileprivate init(_ refusal: HistoryReader.Refusal) {
        switch refusal.kind {
        case .usage: self.init(status: .usage, message: refusal.description)
        case .denied: self.init(status: .noPrivilege, message: refusal.description)
        case .absent:
            self.init(
                status: .noInput,
                message:
                    "\(refusal.description); tcptune-agent keeps a history while it runs: start it, or name its directory with --directory"
            )
        case .unavailable: self.init(status: .unavailable, message: refusal.description)
        case .failed: self.init(status: .failed, message: refusal.description)
        }
    }
}
