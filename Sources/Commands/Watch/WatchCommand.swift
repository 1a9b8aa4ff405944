import ArgumentParser
import Watching

/// `tcptune watch`: looks at a namespace every second, and shows findings, tuples and listeners as they come and go.
struct WatchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch",
        abstract: "Watch findings, ports and accept queues as they change",
        discussion: """
            On a terminal it fills the screen, and the last line names its keys; elsewhere it prints one line per interval, and \
            with --json one object per line. Counters and listeners are read at every interval, all sockets as often as \
            --budget allows. Nothing is changed.

            Example: tcptune watch --netns web --interval 2s
            """)

    @Option(help: ArgumentHelp("Time between two looks (500ms, 2s, 1m).", valueName: "time"))
    var interval: DurationArgument?

    @Option(
        help: ArgumentHelp(
            "Network namespace: init, a process's number, a name of /run/netns, a path.",
            valueName: "namespace"), completion: Completion.namespace)
    var netns: String?

    @Option(
        help: ArgumentHelp(
            "Share of one processor that looking may take (1%, 0.5%).", valueName: "share"))
    var budget: ShareArgument?

    @Option(
        name: .customLong("for"),
        help: ArgumentHelp(
            "End after this time; without it, watch until q or ^C.", valueName: "time"))
    var length: DurationArgument?

    @Flag(help: "Print one JSON object per interval (tcptune.watch/1).") var json = false

    @Flag(help: "Print one line per interval on a terminal, too.") var lines = false

    @Flag(help: "Draw among the other lines of the terminal, not on a screen of its own.")
    var inline = false

    func validate() throws {
        if let interval, !(0.1...3600 ~= interval.seconds) {
            throw ValidationError("--interval takes from 100ms to 1h.")
        }
        if let budget, !(ProcessorBudget.possibleShares ~= budget.share) {
            throw ValidationError("--budget takes from 0.01% to 100% of one processor.")
        }
        guard netns?.isEmpty != true else {
            throw ValidationError("--netns takes a name, not an empty word.")
        }
        guard netns != "all" else {
            throw ValidationError("watch looks at one network namespace: name it.")
        }
    }

    func run() throws {
        try WatchSession(
            WatchRequest(
                interval: interval?.seconds ?? WatchRequest.usualInterval, netns: netns,
                share: budget?.share ?? ProcessorBudget.usualShare, length: length?.seconds,
                form: json ? .json : lines ? .lines : .screenOrLines, isInline: inline)
        ).run()
    }
}

/// A share as it is typed: `1%`, `0.5%`.
struct ShareArgument: ExpressibleByArgument {
    let share: Double

    init?(argument: String) {
        guard let share = ProcessorBudget.share(argument) else { return nil }
        self.share = share
    }

    var defaultValueDescription: String { "\(share * 100)%" }
}
