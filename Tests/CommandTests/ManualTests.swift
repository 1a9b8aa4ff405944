import Audit
import Catalogue
import Model
import Testing

/// The manual says what the program does, each page its part: nothing less, and nothing that is not there.
@Suite struct `The manual` {
    /// The pages that describe commands.
    private static let ofCommands = ["tcptune.8", "tcptune-lab.8"]

    @Test func `names every command in a synopsis`() throws {
        let commands = try ParserDescription.commands()
        #expect(!commands.isEmpty)
        #expect(
            Set(try ManualPage("tcptune.8").synopsis.keys)
                == Set(commands.map(\.commandName)).union(["help"]))
        for page in Self.ofCommands {
            for (name, options) in try ManualPage(page).synopsis {
                let known = commands.first { $0.commandName == name }?.options ?? []
                #expect(options.isSubset(of: known), "\(page): \(name)")
            }
        }
    }

    @Test func `describes every command on one page`() throws {
        let pages = try Self.ofCommands.map(ManualPage.init)
        for command in try ParserDescription.commands() {
            let name = command.commandName
            #expect(pages.count { $0.subsections[name] != nil } == 1, "\(name)")
        }
        #expect(
            Set(try ManualPage("tcptune-lab.8").synopsis.keys)
                == ["prove", "lab", "compare", "report", "load", "trace"])
    }

    /// Options that many commands have are described once, with the commands that have them.
    @Test func `describes every option where it describes the command, and no other`() throws {
        let pages = try Self.ofCommands.map(ManualPage.init)
        let (showing, reading) = (
            pages[0].described("What to show"), pages[0].described("What to read")
        )
        let (exceptions, readers) = (
            pages[0].named(before: "What to show"), pages[0].named(before: "What to read")
        )
        #expect(showing.count > 5 && reading.count > 5)
        for command in try ParserDescription.commands() {
            let name = command.commandName
            let own = pages.reduce(into: Set<String>()) { $0.formUnion($1.described(name)) }
            #expect(own.isSubset(of: command.options), "\(name)")
            let shared =
                (exceptions.contains(name) ? ParserDescription.common : showing)
                .union(readers.contains(name) ? reading : [])
            #expect(shared.isSubset(of: command.options), "\(name)")
            #expect(command.options.subtracting(own).subtracting(shared).isEmpty, "\(name)")
        }
    }

    @Test(arguments: ManualPage.names)
    func `speaks of no option that the program does not know`(_ page: String) throws {
        let known = try ParserDescription.commands().reduce(into: Set<String>()) {
            $0.formUnion($1.options)
        }
        #expect(try ManualPage(page).mentioned.subtracting(known).isEmpty)
    }

    @Test func `names every word that an option takes`() throws {
        let words = try ParserDescription.commands().reduce(into: Set<String>()) {
            $0.formUnion($1.values)
        }
        let literals = try Self.ofCommands.map(ManualPage.init).reduce(into: Set<String>()) {
            $0.formUnion($1.literals)
        }
        #expect(!words.isEmpty)
        #expect(words.subtracting(literals).isEmpty)
    }

    @Test func `has a line and a text for every rule`() throws {
        let page = try ManualPage("tcptune-findings.7")
        #expect(page.entries("RULES") == Set(RuleID.words))
        #expect(Set(page.subsections.keys) == Set(RuleID.words))
    }

    @Test(.enabled(if: Self.has("python3"), "needs python3"))
    func `says of the rules what their comments say: run scripts/findings-manual`() throws {
        let outcome = try Program.run([Project.path + "/scripts/findings-manual", "--check"])
        #expect(outcome.status == 0, "\(outcome.errors)")
    }

    @Test func `has a line for every experiment`() throws {
        #expect(try ManualPage("tcptune-lab.8").entries("EXPERIMENTS") == Set(ExperimentID.names))
    }

    @Test func `has every exit status, and those of signals`() throws {
        let statuses = try Project.matches(
            of: #"^ *case [A-Za-z]+ = [0-9]+"#, in: "Sources/Model/ExitStatus.swift"
        ).compactMap { $0.split(separator: " ").last.map(String.init) }
        #expect(statuses.count > 5)
        let all = Set(statuses).union(["130", "143"])
        #expect(try ManualPage("tcptune.8").entries("EXIT STATUS") == all)
        let some = try ManualPage("tcptune-lab.8").entries("EXIT STATUS")
        #expect(!some.isEmpty && some.isSubset(of: all))
    }

    @Test func `has every variable of the environment`() throws {
        let read = try Project.matches(of: #"Environment\["[A-Z_]+"\]"#, in: "Sources")
            .compactMap { $0.split(separator: "\"").dropFirst().first.map(String.init) }
        #expect(!read.isEmpty)
        // Those of the agent alone are on its page.
        let agents: Set = ["LISTEN_FDS", "LISTEN_PID", "WATCHDOG_PID", "WATCHDOG_USEC"]
        for name in agents {
            #expect(try Project.matches(of: name, in: "docs/agent.md").count == 1, "\(name)")
        }
        #expect(
            try ManualPage("tcptune.8").entries("ENVIRONMENT", macro: "Ev")
                == Set(read).subtracting(agents))
    }

    @Test func `names every kind of JSON document`() throws {
        let kinds = try Project.matches(of: #"tcptune\.[a-z]+/[0-9]+"#, in: "Sources/Report/Schema")
        let text = try #require(ManualPage("tcptune.8").sections["JSON"]).joined(separator: " ")
        #expect(!kinds.isEmpty)
        for kind in kinds {
            let name = kind.prefix { $0 != "/" }
            #expect(text.contains(name), "\(kind)")
        }
    }

    @Test(arguments: ManualPage.names)
    func `refers to pages that are there, and from each to the first`(_ name: String) throws {
        let references = try ManualPage(name).references
        #expect(references.isSubset(of: Set(ManualPage.names)))
        if name == "tcptune.8" {
            #expect(references == Set(ManualPage.names).subtracting([name]))
        } else {
            #expect(references.contains("tcptune.8"))
        }
    }

    @Test(.enabled(if: Self.has("mandoc"), "needs mandoc"), arguments: ManualPage.names)
    func `is without a mistake of form`(_ name: String) throws {
        let outcome = try Program.run(
            ["mandoc", "-T", "lint", "-W", "warning", ManualPage.path(of: name)])
        #expect(outcome.status == 0, "\(outcome.output)")
    }

    @Test(.enabled(if: Self.has("mandoc"), "needs mandoc"))
    func `begins with a synopsis that fits a screen`() throws {
        let page = try Program.run(
            ["mandoc", "-T", "utf8", "-O", "width=80", ManualPage.path(of: "tcptune.8")])
        // Bold is a letter, a backspace, and the letter again.
        var text = ""
        for letter in page.output.unicodeScalars {
            if letter == "\u{8}" {
                text.unicodeScalars.removeLast()
            } else {
                text.unicodeScalars.append(letter)
            }
        }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let first = try #require(lines.firstIndex(of: "SYNOPSIS"))
        let last = try #require(lines.firstIndex(of: "DESCRIPTION"))
        let count = lines[(first + 1)..<last].count { !$0.isEmpty }
        #expect(1...25 ~= count, "\(count) lines")
    }

    private static func has(_ program: String) -> Bool {
        (try? Program.run([program, "--version"])) != nil
    }
}
