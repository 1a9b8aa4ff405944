import Testing

@testable import Lab

/// `tcptune lab run --explain` as it is typed.
@Suite(.serialized, .enabled(if: Scene.isPossible, Comment(rawValue: Scene.reason)))
struct `The walk through an experiment` {
    private static let words = ["lab", "run", "handshake", "--runs", "1", "--seed", "7"]

    @Test func `is printed at once where there is no terminal, before the result`() throws {
        let outcome = try Program.run([Program.tcptune] + Self.words + ["--explain"])
        // A single run proves nothing.
        #expect(outcome.status == 3, "\(outcome.errors)")
        let walk = try #require(outcome.output.firstRange(of: "client ──▶ server: SYN"))
        let verdict = try #require(outcome.output.firstRange(of: "INCONCLUSIVE"))
        #expect(walk.lowerBound < verdict.lowerBound)
        #expect(outcome.output.contains("SYN_SENT → ESTABLISHED (rcv SYN ACK / snd ACK)"))
        #expect(
            outcome.output.contains(
                "The third step: client confirms that it asked for this connection."))
        #expect(outcome.output.contains("──▶[  ESTABLISHED  ]") || outcome.output.contains("──▶▐"))
        #expect(!outcome.output.contains("Enter"))
        // Each drawing once: of what passed in each of the arms, and of the states of TCP.
        #expect(outcome.output.ranges(of: "198.18.0.1").count == Handshake.cases.count)
        #expect(outcome.output.ranges(of: "connect() / snd SYN                 ").count == 1)
    }

    @Test func `waits for Enter on a terminal, and ends where it is told to`() throws {
        let line = ([Program.tcptune] + Self.words + ["--explain"]).joined(separator: " ")
        let outcome = try Program.run([
            "sh", "-c", "printf '\\n\\nq\\n' | script -qec '\(line)' /dev/null",
        ])
        #expect(outcome.status == 3, "\(outcome.output)")
        #expect(outcome.output.split(separator: "Enter: next step").count == 4)
        #expect(outcome.output.contains("2 of "))
        #expect(!outcome.output.contains("3 of "))
        #expect(outcome.output.contains("INCONCLUSIVE"))
    }

    @Test func `goes on by itself at a pace`() throws {
        let line = ([Program.tcptune] + Self.words + ["--explain", "--pace", "10ms"])
            .joined(separator: " ")
        let outcome = try Program.run(["sh", "-c", "script -qec '\(line)' /dev/null </dev/null"])
        #expect(outcome.status == 3, "\(outcome.output)")
        #expect(!outcome.output.contains("Enter: next step"))
        #expect(
            outcome.output.contains(
                "The third step: client confirms that it asked for this connection."))
    }

    @Test(arguments: [
        (["--pace", "1s"], "--pace needs --explain"),
        (["--explain", "--pace", "2m"], "--pace takes a time"),
        (["--explain", "--pace", "0s"], "--pace takes a time"),
    ])
    func `takes no pace that is none`(words: [String], says: String) throws {
        let outcome = try Program.run([Program.tcptune] + Self.words + words)
        #expect(outcome.status == 64)
        #expect(outcome.errors.contains(says))
    }

    @Test func `leaves JSON as it is`() throws {
        let outcome = try Program.run([Program.tcptune] + Self.words + ["--explain", "--json"])
        #expect(outcome.status == 3, "\(outcome.errors)")
        #expect(outcome.output.hasPrefix("{"))
        #expect(outcome.output.contains(#""exchange" : {"#))
        if JSONSchema.hasValidator {
            #expect(try JSONSchema.objection(to: outcome.output, as: "lab") == nil)
        }
    }
}
