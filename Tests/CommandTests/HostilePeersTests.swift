import FoundationEssentials
import Testing

/// What `--timeout` bounds: everything, whatever comes and however long it goes on.
@Suite(.serialized, .enabled(if: Scene.isPossible, Comment(rawValue: Scene.reason)))
struct `A time limit` {
    /// Seconds that a busy machine may take beyond it; a server that is heard out takes half a minute.
    private static let leeway = 12.0

    @Test func `of a trace holds whatever name servers send`() throws {
        try Scene.run("hostile") { scene in
            let hints = try #require(scene.facts.source)
            for port in 5301...5306 {
                for more in [[], ["--iterative", "--root-hints", hints]] {
                    let outcome = try scene.run(
                        [
                            Program.tcptune, "trace", "http://www.test:1/", "--dns-port", "\(port)",
                            "--timeout", "200ms",
                        ] + more, within: 60)
                    #expect(outcome.status == 2, "\(port) \(more)")
                    #expect(outcome.seconds < 0.2 + Self.leeway, "\(port) \(more)")
                    #expect(!outcome.errors.contains("5 s"), "\(outcome.errors)")
                }
            }
        }
    }

    @Test func `of a trace holds whatever web servers send`() throws {
        try Scene.run("hostile") { scene in
            for path in [
                "body", "extension", "trailer", "interim", "field", "until-close", "behind",
                "drips",
                "silent", "stays",
            ] {
                let outcome = try scene.run(
                    [
                        Program.tcptune, "trace", "http://127.0.0.1:8080/\(path)", "--timeout",
                        "300ms", "--json",
                    ], within: 60)
                #expect(outcome.seconds < 0.3 + Self.leeway, "\(path)")
                #expect(outcome.status == (["behind", "stays"].contains(path) ? 0 : 2), "\(path)")
                let trace = try TraceOutput(outcome.output)
                #expect(trace.data.requests.first?.close != nil, "\(path)")
            }
        }
    }

    @Test func `of a load holds, and every connection has its turn`() throws {
        struct Load: Decodable {
            let data: Facts

            struct Facts: Decodable {
                let attempted: Int
                let errors: [String: Int]
            }
        }
        try Scene.run("hostile") { scene in
            for path in ["body", "extension", "trailer", "field", "drips", "until-close"] {
                let outcome = try scene.run(
                    [
                        Program.tcptune, "load", "--to", "127.0.0.1:8080", "--http", "/\(path)",
                        "--connections", "4", "--for", "1s", "--timeout", "300ms", "--json",
                    ], within: 60)
                #expect(outcome.seconds < 2.5 + 2 * Self.leeway, "\(path)")
                let load = try JSONDecoder().decode(Load.self, from: Data(outcome.output.utf8)).data
                // Each of the four was given up at least once, which the first of them did not prevent.
                #expect(load.attempted >= 4, "\(path)")
                #expect(load.errors.values.reduce(0, +) >= 4, "\(path): \(load.errors)")
            }
        }
    }
}
