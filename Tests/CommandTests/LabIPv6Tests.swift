import FoundationEssentials
import Testing

/// `tcptune lab --ipv6` as it is typed.
@Suite(.serialized, .enabled(if: Scene.isPossible, Comment(rawValue: Scene.reason)))
struct `The lab over IPv6` {
    private struct Output: Decodable {
        let data: Facts
        struct Facts: Decodable {
            let experiments: [Experiment]
            let command: String
        }
        struct Experiment: Decodable { let family: String }
    }

    @Test(arguments: [([String](), "ipv4"), (["--ipv6"], "ipv6")])
    func `says in its result what carried the connections`(
        words: [String], family: String
    ) throws {
        let outcome = try Program.run(
            [Program.tcptune, "lab", "run", "simultaneous-open", "--runs", "1", "--json"] + words)
        // One run proves nothing.
        #expect(outcome.status == 3, "\(outcome.errors)")
        let data = try JSONDecoder().decode(Output.self, from: Data(outcome.output.utf8)).data
        #expect(data.experiments.map(\.family) == [family])
        #expect(data.command.contains("--ipv6") == (family == "ipv6"))
        #expect(outcome.output.contains("2001:2::1") == (family == "ipv6"))
        if JSONSchema.hasValidator {
            #expect(try JSONSchema.objection(to: outcome.output, as: "lab") == nil)
        }
    }

    /// The other family has claims of its own: those of arms that are not run must not come back.
    @Test func `claims of a chosen arm what is claimed of it over IPv4`() throws {
        let counts = try ["", "--ipv6"].map { word in
            let outcome = try Program.run(
                [
                    "sh", "-c",
                    "exec \"$0\" lab run reset-on-closed-port --arm 'closed port' --runs 4 --json \(word)",
                    Program.tcptune,
                ])
            let data = try JSONDecoder().decode(Chosen.self, from: Data(outcome.output.utf8)).data
            return data.experiments.map(\.claims.count)
        }
        #expect(counts[0] == counts[1] && counts[0] == [6], "\(counts)")
    }

    private struct Chosen: Decodable {
        let data: Facts
        struct Facts: Decodable { let experiments: [Experiment] }
        struct Experiment: Decodable { let claims: [Claim] }
        struct Claim: Decodable { let text: String }
    }

    @Test func `is not taken for IPv4 where two results are compared`() throws {
        let files = ["", " --ipv6"].map { words in
            "\(Program.tcptune) lab run simultaneous-open --runs 1 --json\(words)"
        }
        let script = """
            d=$(mktemp -d); trap 'rm -r "$d"' EXIT
            \(files[0]) >"$d/4"; \(files[1]) >"$d/6"
            \(Program.tcptune) compare "$d/4" "$d/6"; \(Program.tcptune) compare "$d/4" "$d/4"
            """
        let outcome = try Program.run(["sh", "-c", script])
        let note = "the first used IPv4, the second IPv6"
        #expect(outcome.output.ranges(of: note).count == 1, "\(outcome.output)\(outcome.errors)")
    }

    @Test func `refuses an experiment of IPv4 alone, with the reason`() throws {
        for name in ["resolution", "dns-ports"] {
            let outcome = try Program.run([Program.tcptune, "lab", "run", name, "--ipv6"])
            #expect(outcome.status == 64)
            #expect(outcome.errors.contains("\(name) only works with IPv4: "), "\(outcome.errors)")
        }
        let list = try Program.run([Program.tcptune, "lab", "list", "--json"])
        #expect(list.output.ranges(of: "\"only_ipv4\"").count == 2)
        if JSONSchema.hasValidator {
            #expect(try JSONSchema.objection(to: list.output, as: "experiments") == nil)
        }
    }
}
