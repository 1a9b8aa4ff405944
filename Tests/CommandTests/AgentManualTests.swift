import FoundationEssentials
import Testing

/// The page of the agent and its helper, their units and the configuration with every key, against the programs.
@Suite struct `The manual of the agent` {
    private static func page() throws -> ManualPage { try ManualPage("tcptune-agent.8") }

    private static func options(ofAgent: Void = ()) throws -> Set<String> {
        let dump = try Program.run([Program.agent, "--experimental-dump-help"]).output
        return try JSONDecoder().decode(ParserDescription.self, from: Data(dump.utf8))
            .command.options
    }

    /// Those that the helper's own summary has.
    private static func optionsOfOwners() throws -> Set<String> {
        let usage = try Program.run([Program.owners, "--help"]).output
        return Set(usage.matches(of: /--[a-z]+/).map { String($0.output) })
    }

    @Test func `describes every option of both programs, and no other`() throws {
        let page = try Self.page()
        let (agent, owners) = (try Self.options(), try Self.optionsOfOwners())
        #expect(agent.count > 10 && owners == ["--help", "--listen", "--user", "--version"])
        #expect(page.described("Options of tcptune-agent") == agent)
        #expect(
            page.described("Options of tcptune-owners").subtracting(["-V", "-h"]) == owners)
        #expect(page.mentioned.isSubset(of: agent.union(owners)))
    }

    @Test func `names every key, and the configuration with every key says what holds`() throws {
        let sample = Project.path + "/packaging/agent.toml"
        let text = try Temporary.content(of: sample)
        let lists = [
            (
                "Sources/Agent/AgentFile.swift",
                #"^    private static let (sampling|metrics|web) = \[.*\]"#
            ),
            ("Sources/Agent/HistorySettings.swift", #"^    static let keys = \[.*\]"#),
            ("Sources/Agent/Alerts/AlertSettings+Reading.swift", #"^        "journal", .*,"#),
        ]
        let keys = try lists.flatMap { file, list in
            try Project.matches(of: list, in: file)
                .flatMap { $0.matches(of: /"([a-z_]+)"/).map { String($0.output.1) } }
        }
        #expect(keys.count >= 19)
        let described = try #require(Self.page().sections["CONFIGURATION"]).joined(separator: " ")
        for key in keys {
            #expect(described.contains(" \(key)"), "\(key)")
            #expect(text.contains("\n#\(key) = "), "\(key)")
        }
        // As it is, it changes nothing; with each key in force, it is understood.
        let nothing = try Temporary.file("")
        defer { try? Temporary.write("", to: nothing) }
        let check = { try Program.run([Program.agent, "--check", "--config", $0]) }
        let usual = try check(nothing)
        let asItIs = try check(sample)
        #expect(usual.status == 0 && asItIs.status == 0 && usual.output == asItIs.output)
        // Without a web server there is no client either, and URLs are refused.
        let all = text.split(separator: "\n").map { line in
            line.hasPrefix("#") && line.contains(" = ") && !line.contains("://")
                ? String(line.dropFirst()) : String(line)
        }
        try Temporary.write(all.joined(separator: "\n") + "\n", to: nothing)
        let whole = try check(nothing)
        #expect(whole.status == 0, "\(whole.errors)")
    }

    @Test func `has every variable of the environment, and only exit statuses of the table`() throws
    {
        let page = try Self.page()
        #expect(
            page.entries("ENVIRONMENT", macro: "Ev")
                == ["NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID", "LISTEN_FDS", "LISTEN_PID"])
        let statuses = page.entries("EXIT STATUS")
        #expect(statuses.isSuperset(of: ["0", "2", "64", "66", "77", "78"]))
        #expect(statuses.isSubset(of: try ManualPage("tcptune.8").entries("EXIT STATUS")))
    }

    private static let hasAnalyze =
        (try? Program.run(["systemd-analyze", "--version"]).status) == 0

    /// It reads the files alone: no manager is asked.
    @Test(
        .enabled(if: hasAnalyze, "needs systemd-analyze"),
        arguments: ["tcptune-agent.service", "tcptune-owners.service"])
    func `has units whose exposure is at most 1.1`(unit: String) throws {
        let outcome = try Program.run([
            "systemd-analyze", "security", "--no-pager", "--offline=true", "--threshold=11",
            Project.path + "/packaging/systemd/" + unit,
        ])
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
        let exposure = try #require(outcome.output.firstMatch(of: /exposure level .*: ([0-9.]+)/))
        #expect(try #require(Double(exposure.output.1)) <= 1.1)
    }
}
