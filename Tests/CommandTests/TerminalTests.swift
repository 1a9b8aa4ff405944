import FoundationEssentials
import Testing

/// What a command at a terminal wrote there, and how it ended.
private struct AtTerminal: Decodable {
    let seen: String
    let status: Int32

    /// - Parameter answers: to each question, behind the seconds before it: `4:n`.
    static func words(_ command: [String], answers: [String] = []) -> [String] {
        ["python3", Scene.path("terminal.py")] + answers.flatMap { ["--answer", $0] } + command
    }

    init(_ outcome: Program.Outcome) throws {
        self = try JSONDecoder().decode(AtTerminal.self, from: Data(outcome.output.utf8))
    }
}

@Suite(.serialized, .enabled(if: Scene.isPossible, Comment(rawValue: Scene.reason)))
struct `At a terminal` {
    private func audit(_ options: String...) throws -> AtTerminal {
        try AtTerminal(
            Program.run(
                AtTerminal.words(
                    ["unshare", "-n", Program.tcptune, "audit", "--interval", "3s"] + options)))
    }

    @Test func `a look of three seconds counts down, and takes the line away`() throws {
        let seen = try audit().seen
        #expect(seen.contains("reading this host   2 s left"))
        #expect(seen.contains("reading this host   1 s left"))
        // After the last drawing comes the page.
        let parts = seen.split(separator: "\r\u{1b}[K")
        #expect(parts.last?.contains("left") == false && parts.last?.contains("Linux") == true)
    }

    @Test func `one that is to be quiet says nothing`() throws {
        #expect(try audit("-q").seen == "")
    }

    @Test func `one whose messages go elsewhere says nothing of its progress`() throws {
        let outcome = try Program.run([
            "unshare", "-n", Program.tcptune, "audit", "--interval", "1500ms",
        ])
        #expect(!outcome.errors.contains("left"))
    }

    @Test func `the question whether a change stays names the time, and counts down`() throws {
        try TunedHost.run { host in
            let told = try AtTerminal(
                host.scene.run(
                    AtTerminal.words(
                        [Program.tcptune, "apply", "fin-wait-relief"], answers: ["0:y", "4:n"])))
            #expect(told.status == 4, "\(told.seen)")
            #expect(told.seen.contains(#/Reverts in 2 min \(\d\d:\d\d:\d\d UTC\) unless/#))
            #expect(
                told.seen.contains(#/reverts? at \d\d:\d\d:\d\d UTC, in 120 s\. \[y/N\] /#))
            // Written over the seconds, the cursor back where it was.
            for second in ["119", "118"] {
                #expect(told.seen.contains("G\(second)\u{1b}8"), "\(told.seen)")
            }
            #expect(told.seen.contains("fin-wait-relief: reverted"))
        }
    }
}
