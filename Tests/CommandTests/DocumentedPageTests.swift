import FoundationEssentials
import Glibc
import Testing

/// The pages keep to what the program does and to each other.
@Suite struct `A page of the documentation` {
    @Test(arguments: DocumentedPage.paths)
    func `shows an audit of a snapshot as the program prints it`(_ path: String) throws {
        for session in try DocumentedPage(path).sessions
        where session.command.hasPrefix("tcptune audit --from docs/") {
            let script = "cd \"$1\"; export COLUMNS=100; tcptune() { \"$0\" \"$@\"; }; "
            let outcome = try Program.run(
                ["bash", "-c", script + session.command, Program.tcptune, Project.path])
            var rest = Self.bare([outcome.output])[...]
            for shown in session.output.split(separator: "…").map(Self.bare) {
                guard let place = rest.firstRange(of: shown) else {
                    Issue.record("not printed: \(shown)\n\(outcome.output)\(outcome.errors)")
                    break
                }
                rest = rest[place.upperBound...]
            }
        }
    }

    @Test func `shows an audit in the README and one of a healthy host`() throws {
        for path in ["README.md", "docs/audit.md"] {
            let commands = try DocumentedPage(path).sessions.map(\.command)
            #expect(commands.contains { $0.hasPrefix("tcptune audit --from docs/") }, "\(path)")
        }
    }

    @Test func `lists the experiments as the program does`() throws {
        struct Envelope: Decodable { let data: Listing }
        struct Listing: Decodable { let experiments: [Experiment] }
        struct Experiment: Decodable {
            let name: String
            let question: String
        }
        let outcome = try Program.run([Program.tcptune, "lab", "list", "--json"])
        let listed = try JSONDecoder().decode(Envelope.self, from: Data(outcome.output.utf8))
        let rows = try DocumentedPage("docs/experiments.md").text.filter { $0.hasPrefix("| `") }
        #expect(rows == listed.data.experiments.map { "| `\($0.name)` | \($0.question) |" })
    }

    @Test(arguments: DocumentedPage.paths)
    func `links to what is there`(_ path: String) throws {
        let page = try DocumentedPage(path)
        for link in page.links {
            let parts = link.split(separator: "#", omittingEmptySubsequences: false).map(
                String.init)
            let target = parts[0].isEmpty ? path : page.place(of: parts[0])
            #expect(access(Project.path + "/" + target, F_OK) == 0, "\(link)")
            if parts.count > 1, target.hasSuffix(".md") {
                #expect(try DocumentedPage(target).anchors.contains(parts[1]), "\(link)")
            }
        }
    }

    @Test func `is one step from the README, which is short`() throws {
        let readme = try DocumentedPage("README.md")
        let linked = Set(readme.links.map { String($0.prefix { $0 != "#" }) })
        #expect(DocumentedPage.paths.count > 15)
        for path in DocumentedPage.paths where path != readme.path {
            #expect(linked.contains(path), "\(path)")
        }
        #expect(readme.words <= 1600)
    }

    /// Lines without space: where they break, and what parts thousands, is the terminal's.
    private static func bare(_ lines: some Sequence<String>) -> String {
        lines.joined().filter { !$0.isWhitespace }
    }
}
