import Glibc
import Testing

/// What the documentation shows can be typed.
@Suite struct `The documentation` {
    @Test func `shows commands in the manual, in the README and on the pages of docs`() {
        #expect(DocumentedCommands.manual.count > 5)
        for page in ["README.md", "docs/apply.md", "docs/audit.md", "docs/scripts.md"] {
            let commands = (DocumentedCommands.pages[page] ?? []).filter {
                $0.hasPrefix("tcptune ")
            }
            #expect(commands.count > 5, "\(page)")
        }
    }

    @Test(arguments: DocumentedCommands.ofTcptune.filter { !DocumentedCommands.changesHost($0) })
    func `shows command lines that the program takes`(_ line: String) throws {
        Self.expectTaken(try Self.type(line))
    }

    @Test(
        .enabled(if: Scene.isPossible, Comment(rawValue: Scene.reason)),
        arguments: DocumentedCommands.ofTcptune.filter(DocumentedCommands.changesHost))
    func `shows command lines that change a host, and are taken by one of their own`(
        _ line: String
    ) throws {
        try TunedHost.run { host in
            Self.expectTaken(try Self.type(line, on: host))
            // Leaves no guard behind that waits for a confirmation.
            try host.tcptune("rollback")
        }
    }

    private static func expectTaken(_ outcome: Program.Outcome) {
        for refusal in [
            "Usage:", "unknown command", "unknown name", "there is no profile",
        ] {
            #expect(!outcome.errors.contains(refusal), "\(outcome.errors)")
        }
    }

    @Test(
        .enabled(if: Self.hasJq, "needs jq"),
        arguments: DocumentedCommands.ofTcptune.filter { $0.contains("jq ") })
    func `shows filters that find what they ask for`(_ line: String) throws {
        let outcome = try Self.type(line)
        // Other namespaces may end meanwhile, and an ordinary user may not enter them.
        if line.contains("--netns all"), [66, 77].contains(outcome.status) { return }
        #expect(outcome.status <= 1, "\(outcome.errors)")
        #expect(outcome.errors.isEmpty)
    }

    @Test func `names targets of make that exist`() throws {
        let targets = try Project.matches(of: "^[a-z]+:", in: "Makefile").map { $0.dropLast() }
        #expect(DocumentedCommands.makeTargets.contains("audit"))
        for target in DocumentedCommands.makeTargets {
            #expect(targets.contains { $0 == target }, "make \(target)")
        }
    }

    /// Types the line into a shell, where `tcptune` is the one under test.
    ///
    /// It has a directory of its own, with the samples of the source tree.
    private static func type(
        _ line: String, on host: TunedHost? = nil
    ) throws -> Program.Outcome {
        var name = Array("/tmp/tcptune-test-XXXXXX".utf8CString)
        guard mkdtemp(&name) != nil else { throw Program.Failure("no temporary directory") }
        let directory = String(
            decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        defer { _ = try? Program.run(["rm", "-r", directory]) }
        let script = """
            set -o pipefail; cd "$1"; mkdir docs; cp -r "$2/docs/samples" docs
            tcptune() { [ "$1" != watch ] || set -- "$@" --for 1s; "$0" "$@"; }; \(line)
            """
        let words = ["bash", "-c", script, Program.tcptune, directory, Project.path]
        // A watch ends after a second. A request goes nowhere: in a namespace of its own there is no way out.
        let alone = line.contains("tcptune trace") ? ["unshare", Scene.isRoot ? "-n" : "-rn"] : []
        return try host.map { try $0.scene.run(words) } ?? Program.run(alone + words, within: 120)
    }

    private static let hasJq = (try? Program.run(["jq", "--version"]).status) == 0
}
