import ArgumentParser

@main
struct Tcptune: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tcptune",
        abstract:
            "Audit a server's TCP state, and say what is about to break and what to do about it",
        version: "0.1.0")
}
