import FoundationEssentials

/// What the program's parser says of itself (`--experimental-dump-help`).
struct ParserDescription: Decodable {
    let command: Command

    struct Command: Decodable {
        let commandName: String
        let arguments: [Argument]?
        let subcommands: [Command]?

        /// `-o`, `--output`.
        var options: Set<String> {
            Set(
                (arguments ?? []).filter { $0.shouldDisplay }.flatMap { $0.names ?? [] }
                    .map { ($0.kind == "long" ? "--" : "-") + $0.name }
                    + parts.flatMap(\.options))
        }

        /// `text`, `json`: the words that options take.
        var values: Set<String> {
            Set((arguments ?? []).flatMap { $0.allValues ?? [] } + parts.flatMap(\.values))
        }

        /// The commands within a command: `profile list`.
        var parts: [Command] { (subcommands ?? []).filter { $0.commandName != "help" } }
    }

    struct Argument: Decodable {
        let names: [Name]?
        let allValues: [String]?
        let shouldDisplay: Bool
    }

    struct Name: Decodable {
        let kind: String
        let name: String
    }

    /// The commands, without the `help` that the parser brings along.
    static func commands() throws -> [Command] {
        let dump = try Program.run([Program.tcptune, "--experimental-dump-help"]).output
        let root = try JSONDecoder().decode(ParserDescription.self, from: Data(dump.utf8)).command
        return root.parts
    }

    /// Those that every command has.
    static let common: Set<String> = ["-h", "--help", "--version"]
}
