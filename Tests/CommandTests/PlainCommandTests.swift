import Testing

/// The commonest command lines are read without the parser of all others; that must not show.
@Suite struct `A command line without values` {
    @Test func `of the version alone says what the parser says`() throws {
        let plain = try Program.run([Program.tcptune, "--version"])
        let parsed = try Program.run([Program.tcptune, "audit", "--version"])
        #expect(plain.status == 0 && parsed.status == 0)
        #expect(!plain.output.isEmpty && plain.output == parsed.output)
    }

    @Test(
        arguments: [
            [], ["audit"], ["--json"], ["audit", "--json", "--listeners"],
            ["audit", "--listeners", "--processes"], ["audit", "--json", "--json"],
        ] as [[String]])
    func `is an audit, as it is with a default spelt out`(_ words: [String]) throws {
        let plain = try Program.run([Program.tcptune] + words)
        let parsed = try Program.run([Program.tcptune] + words + ["--fail-on", "warning"])
        #expect(plain.status == parsed.status, "\(plain.errors)\(parsed.errors)")
        #expect(Self.shape(plain.output) == Self.shape(parsed.output))
    }

    @Test func `and with a flag that there is not is refused`() throws {
        let outcome = try Program.run([Program.tcptune, "audit", "--listener"])
        #expect(outcome.status == 64)
        #expect(outcome.errors.contains("--listeners"), "\(outcome.errors)")
        #expect(outcome.errors.contains("tcptune audit"), "\(outcome.errors)")
    }

    /// What stays the same from one moment to the next: the kind of the result, and the parts it has.
    private static func shape(_ output: String) -> [String] {
        guard output.hasPrefix("{") else { return ["text"] }
        return output.split(separator: "\n")
            .filter { $0.hasPrefix("    \"") && $0.contains("\" : ") }
            .map { String($0.prefix { $0 != ":" }) }
    }
}
