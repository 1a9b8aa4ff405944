import Kernel
import Model
import Text

/// What the executable does: its `main.swift` has this call and nothing else.
package enum OwnersProgram {
    package static func main() -> Never {
        Output.holdStandardPlaces()
        Output.ignoreBrokenPipes()
        do throws(OwnersOptions.Mistake) {
            let options = try OwnersOptions(CommandLine.arguments.dropFirst())
            if options.isHelp { end(with: OwnersOptions.usage) }
            if options.isVersion { end(with: Release.number + "\n") }
            do throws(KernelError) { try run(options) } catch {
                say(error.description)
                ProcessExit.leave(with: ExitStatus(working: error).rawValue)
            }
        } catch {
            say(error.message)
            ProcessExit.leave(with: ExitStatus.usage.rawValue)
        }
        ProcessExit.leave(with: 0)
    }

    private static func run(_ options: OwnersOptions) throws(KernelError) {
        let signals = try HeldSignals.hold()
        let listener: PacketSocket
        if let path = options.path {
            try PacketSocket.removeDead(path)
            listener = try PacketSocket.listen(at: path)
        } else if let inherited = try PacketSocket.inherited() {
            listener = inherited
        } else {
            throw KernelError.absent(
                "take", "the socket of systemd", detail: "give --listen PATH to make one")
        }
        try OwnersService(listener, user: options.user, signals).run()
        if let path = options.path { PacketSocket.remove(path) }
    }

    private static func end(with text: String) -> Never {
        do throws(KernelError) { try Output.standard.write(text) } catch {
            ProcessExit.leave(with: ExitStatus(writing: error).rawValue)
        }
        ProcessExit.leave(with: 0)
    }

    /// Writes a message to standard error; where that fails nobody is left to tell.
    static func say(_ text: String) {
        try? Output.messages.write("tcptune-owners: \(TerminalText.escaped(text))\n")
    }
}
