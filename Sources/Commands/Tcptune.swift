import ArgumentParser
import Kernel
import Model
import Report
import Text
import Tuning

/// The command line: parses it, runs what it asks for, and ends with a status of the table.
struct Tcptune: ParsableCommand {
    static let tool = Tool()

    static let configuration = CommandConfiguration(
        commandName: "tcptune",
        abstract: "Audit a server's TCP state, and tune it with changes that can be reverted",
        discussion: """
            Shows what is about to break, who causes it and what to do; reads sockets through netlink and settings from /proc. \
            Without a command, tcptune audits this host and changes nothing. Only apply, confirm, extend, rollback and recover \
            change anything, and status, which first reverts a change whose deadline has passed. Without root, tcptune says \
            what it could not check.

            Examples:
              tcptune
              tcptune explain ports-exhausting
              sudo tcptune apply outbound-reuse
            """,
        version: tool.version,
        groupedSubcommands: [
            CommandGroup(
                name: "Look",
                subcommands: [
                    AuditCommand.self, WatchCommand.self, HistoryCommand.self, ExplainCommand.self,
                    KnobsCommand.self,
                    TraceCommand.self,
                    DoctorCommand.self, SchemaCommand.self,
                ]),
            CommandGroup(
                name: "Change",
                subcommands: [
                    ProfileCommand.self, PlanCommand.self, ApplyCommand.self, ConfirmCommand.self,
                    ExtendCommand.self, RollbackCommand.self, StatusCommand.self,
                    RecoverCommand.self,
                ]),
            CommandGroup(
                name: "Prove",
                subcommands: [
                    LabCommand.self, ProveCommand.self, CompareCommand.self, ReportCommand.self,
                ]),
            CommandGroup(name: "Load", subcommands: [LoadCommand.self]),
        ],
        defaultSubcommand: AuditCommand.self)

    static func main() {
        Output.holdStandardPlaces()
        Output.ignoreBrokenPipes()
        do {
            let words = CommandLine.arguments.dropFirst()
            if words.elementsEqual(["--version"]) || words.elementsEqual(["-V"]) {
                try ClaimedOutput.standard.write(tool.version + "\n")
            } else if words.count == 2, words.first == GuardProcess.word, let id = words.last {
                try watchOver(id)
            } else if let audit = AuditRequest(plain: words) {
                try audit.run()
            } else {
                try refuseUnknownCommand()
                var command = try command(words)
                try command.run()
            }
        } catch let failure as CommandFailure {
            say(failure)
            ProcessExit.leave(with: failure.status.rawValue)
        } catch {
            end(parsing: error)
        }
    }

    /// Is the guard of a transaction: no command that a person types, and parsed by nothing that takes memory.
    private static func watchOver(_ id: String) throws {
        do throws(Refusal) {
            try GuardProcess.run(id) { AppliedPublication.publish($0) }
        } catch {
            throw CommandFailure(error)
        }
    }

    /// The command that the words name, parsed.
    ///
    /// By itself first: to parse it as a part of the whole builds the options of all of it, and takes twice as long. What
    /// goes wrong then goes wrong again for the whole, which knows how to say it, and knows help and version.
    private static func command(_ words: some Sequence<String>) throws -> any ParsableCommand {
        var rest = words.makeIterator()
        let name = rest.next()
        let named = configuration.subcommands.first { $0.configuration.commandName == name }
        if let parsed = try? named?.parse(Array(IteratorSequence(rest))) { return parsed }
        return try parseAsRoot()
    }

    /// A first word that is no command would be taken for an argument of the default one.
    private static func refuseUnknownCommand() throws {
        var parts = configuration.subcommands
        for (depth, word) in CommandLine.arguments.dropFirst().enumerated() where !parts.isEmpty {
            let names = parts.compactMap { $0.configuration.commandName } + ["help"]
            guard !word.hasPrefix("-") else { return }
            if word == "help" { continue }
            let aliases = parts.flatMap { $0.configuration.aliases }
            guard names.contains(word) || aliases.contains(word) else {
                if depth == 0, let meant = Synonyms.command(for: word) {
                    throw CommandFailure(
                        status: .usage,
                        message: "unknown command \(CommandFailure.cited(word)); type: \(meant)")
                }
                throw CommandFailure(
                    status: .usage,
                    message: NearMiss.sentence(
                        "unknown command \(CommandFailure.cited(word))", word, among: names))
            }
            parts =
                parts.first { $0.configuration.commandName == word }?.configuration.subcommands
                ?? []
        }
    }

    /// Help and version go to standard output, a mistake to standard error, with the statuses of sysexits.
    private static func end(parsing error: any Error) {
        let status = exitCode(for: error)
        let text = AcceptedValue.added(to: fullMessage(for: error))
        guard status.isSuccess else {
            say(text.hasPrefix("Error: ") ? "tcptune: " + text.dropFirst("Error: ".count) : text)
            ProcessExit.leave(with: status.rawValue)
        }
        do throws(KernelError) {
            if !text.isEmpty { try Output.standard.write(text + "\n") }
        } catch {
            let failure = CommandFailure.writing(error)
            say(failure)
            ProcessExit.leave(with: failure.status.rawValue)
        }
    }

    /// One line, whatever names of others are in it.
    private static func say(_ failure: CommandFailure) {
        if !failure.message.isEmpty { say("tcptune: \(TerminalText.escaped(failure.message))") }
    }

    /// Writes a message to standard error; where that fails nobody is left to tell.
    static func say(_ text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let safe = lines.map { TerminalText.escaped(String($0)) }.joined(separator: "\n")
        // A list, or text that ArgumentParser has laid out, keeps its lines.
        let isOneLine = lines.count == 1
        let columns = isOneLine ? Output.messages.columns : nil
        let shown = columns.map { MessageText.wrapped(safe, to: $0) } ?? safe
        try? Output.messages.write(shown + "\n")
    }
}

/// What the executable does: its `main.swift` has this call and nothing else.
package enum TcptuneProgram {
    package static func main() { Tcptune.main() }
}
