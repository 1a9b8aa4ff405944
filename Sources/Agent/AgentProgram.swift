import ArgumentParser
import Kernel
import Model
package import Report
import Text

/// What the executable does: its `main.swift` has this call and nothing else.
package enum AgentProgram {
    package static let tool = Tool(name: "tcptune-agent")

    package static func main() -> Never {
        Output.holdStandardPlaces()
        Output.ignoreBrokenPipes()
        do {
            try run(try AgentCommand.parse())
        } catch let failure as AgentFailure {
            if !failure.message.isEmpty { say(failure.message) }
            ProcessExit.leave(with: failure.status.rawValue)
        } catch {
            end(parsing: error)
        }
        ProcessExit.leave(with: 0)
    }

    private static func run(_ command: AgentCommand) throws {
        if command.version { return try write(tool.version + "\n") }
        let configuration = AgentConfiguration(command)
        let settings = try configuration.read()
        if command.check {
            try PageServer.check(settings)
            return try write(settings.text)
        }
        let board = SampleBoard(tool: tool)
        do {
            // Before anything starts a thread: those that come inherit what is held back.
            let signals = try HeldSignals.hold()
            let session = try AgentSession(
                settings, board: board, keepsHistory: !command.once,
                alerts: command.once ? nil : AgentAlerts(settings.alerts))
            guard command.once else {
                let server = try PageServer(settings, board)
                if !server.addresses.isEmpty {
                    say("listening on " + server.addresses.joined(separator: ", "))
                }
                defer { session.end() }
                try AgentLoop(configuration, session, board, signals).run()
                return server.stop()
            }
            try session.look()
        } catch let error as KernelError {
            throw AgentFailure.working(error)
        }
        if settings.textfile == nil {
            try write(String(decoding: board.respond(path: "/metrics").body, as: UTF8.self))
        }
    }

    private static func write(_ text: String) throws(AgentFailure) {
        do throws(KernelError) { try Output.standard.write(text) } catch { throw .writing(error) }
    }

    /// Help goes to standard output, a mistake to standard error, with the statuses of sysexits.
    private static func end(parsing error: any Error) -> Never {
        let status = AgentCommand.exitCode(for: error)
        let text = AgentCommand.fullMessage(for: error)
        if status.isSuccess {
            try? Output.standard.write(text + "\n")
        } else {
            say(text.hasPrefix("Error: ") ? String(text.dropFirst("Error: ".count)) : text)
        }
        ProcessExit.leave(with: status.rawValue)
    }

    /// Writes a message to standard error, whatever names of others are in it; where that fails nobody is left to tell.
    static func say(_ text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let safe = lines.map { TerminalText.escaped(String($0)) }.joined(separator: "\n")
        try? Output.messages.write("tcptune-agent: \(safe)\n")
    }
}
