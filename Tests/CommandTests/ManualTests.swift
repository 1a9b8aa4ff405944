import Audit
import Testing

/// The manual page says what the program does: nothing less, and nothing that is not there.
@Suite struct `The manual` {
    @Test func `names every command with the options it takes`() throws {
        let synopsis = try ManualPage().synopsis
        let commands = try ParserDescription.commands()
        #expect(!commands.isEmpty)
        #expect(Set(synopsis.keys) == Set(commands.map(\.commandName)).union(["help"]))
        for command in commands {
            #expect(
                synopsis[command.commandName]
                    == command.options.subtracting(ParserDescription.common),
                "\(command.commandName)")
        }
    }

    @Test func `describes every option, and none that the program does not know`() throws {
        let page = try ManualPage()
        let known = try ParserDescription.commands().reduce(into: Set<String>()) {
            $0.formUnion($1.options)
        }
        #expect(page.described == known)
        #expect(page.mentioned.subtracting(known).isEmpty)
    }

    @Test func `names every word that an option takes`() throws {
        let words = try ParserDescription.commands().reduce(into: Set<String>()) {
            $0.formUnion($1.values)
        }
        #expect(!words.isEmpty)
        #expect(words.subtracting(try ManualPage().literals).isEmpty)
    }

    @Test func `has a line for every rule`() throws {
        #expect(try ManualPage().entries("RULES") == Set(RuleGuide.ids))
    }

    @Test func `has every exit status, and those of signals`() throws {
        let statuses = try Project.matches(
            of: #"^ *case [A-Za-z]+ = [0-9]+"#, in: "Sources/Commands/ExitStatus.swift"
        ).compactMap { $0.split(separator: " ").last.map(String.init) }
        #expect(statuses.count > 5)
        #expect(try ManualPage().entries("EXIT STATUS") == Set(statuses).union(["130", "143"]))
    }

    @Test func `has every variable of the environment`() throws {
        let read = try Project.matches(of: #"Environment\["[A-Z_]+"\]"#, in: "Sources")
            .compactMap { $0.split(separator: "\"").dropFirst().first.map(String.init) }
        #expect(!read.isEmpty)
        #expect(try ManualPage().entries("ENVIRONMENT", macro: "Ev") == Set(read))
    }

    @Test func `names every kind of JSON document`() throws {
        let kinds = try Project.matches(of: #"tcptune\.[a-z]+/[0-9]+"#, in: "Sources/Report/Schema")
        let text = try #require(ManualPage().sections["JSON"]).joined(separator: " ")
        #expect(!kinds.isEmpty)
        for kind in kinds {
            let name = kind.prefix { $0 != "/" }
            #expect(text.contains(name), "\(kind)")
        }
    }
}
