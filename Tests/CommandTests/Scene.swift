import FoundationEssentials
import Glibc

/// A condition of TCP, made with real sockets in a network namespace of its own.
///
/// The programs in `Scenes/` make them; root needs a network namespace only, anybody else a user namespace too.
struct Scene {
    /// What the scene says it made.
    struct Facts: Decodable {
        let pid: Int32
        let port: Int?
        let server: Int32?
        let source: String?
        let destination: String?
        let made: Int?
        let usable: Int?
        let states: [String: Int]?
        let stable: Int?
    }

    let facts: Facts
    /// What nsenter(1) is told.
    private let enter: [String]

    /// True where this user may make scenes.
    static let isPossible: Bool = {
        (try? Program.run(["unshare"] + namespaces + ["true"]).status) == 0
    }()

    static let reason = "needs root, or user namespaces that an ordinary user may make"

    static var isRoot: Bool { geteuid() == 0 }

    /// What unshare(1) is told: a network of its own, and mounts of its own.
    static var namespaces: [String] { isRoot ? ["-nm"] : ["-rnm"] }

    /// Makes the scene, runs the body while it stands, and takes it away.
    ///
    /// As a container its processes are numbered anew: its namespaces are those of its process 1, as on a host.
    static func run<Result>(
        _ name: String, _ arguments: [String] = [], asContainer: Bool = false,
        body: (Scene) throws -> Result
    ) throws -> Result {
        let input = try Pipe()
        let output = try Pipe()
        let command =
            ["unshare"] + namespaces + (asContainer ? ["-pf", "--mount-proc"] : [])
            + ["python3", directory + name + ".py"] + arguments
        let program = try Program(command, input: input.reading, output: output.writing)
        close(input.reading)
        close(output.writing)
        var facts: Facts?
        do {
            facts = try Self.facts(from: output.reading, within: Program.patience)
        } catch {
            close(input.writing)
            close(output.reading)
            let outcome = try program.outcome()
            throw Program.Failure("scene \(name) \(arguments): \(error) \(outcome.errors)")
        }
        defer {
            close(input.writing)
            close(output.reading)
            _ = try? program.outcome()
        }
        guard let facts else { throw Program.Failure("scene \(name) said nothing") }
        let pid = asContainer ? try child(of: program.pid) : facts.pid
        let enter =
            ["nsenter", "-t", String(pid), "-n", "-m"] + (asContainer ? ["-p"] : [])
            + (isRoot ? [] : ["-U", "--preserve-credentials"])
        return try body(Scene(facts: facts, enter: enter))
    }

    /// Runs a program in the scene's namespace.
    func program(_ arguments: [String], output: Int32? = nil) throws -> Program {
        try Program(enter + arguments, output: output)
    }

    /// Runs a program in the scene's namespace, to its end.
    func run(_ arguments: [String], within seconds: Double = Program.patience) throws
        -> Program.Outcome
    {
        try program(arguments).outcome(within: seconds)
    }

    /// Audits the scene.
    func audit(_ arguments: [String] = []) throws -> AuditOutput {
        let outcome = try run([Program.tcptune, "audit", "--json"] + arguments)
        guard outcome.status <= 1 else {
            throw Program.Failure("tcptune audit: status \(outcome.status): \(outcome.errors)")
        }
        return try AuditOutput(outcome)
    }

    private static func child(of pid: pid_t) throws -> pid_t {
        let children = try Program.run(["cat", "/proc/\(pid)/task/\(pid)/children"]).output
        guard let child = children.split(separator: " ").first.flatMap({ pid_t($0) }) else {
            throw Program.Failure("process \(pid) has no child")
        }
        return child
    }

    private static let directory: String = {
        let parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
        return parts.dropLast().joined(separator: "/") + "/Scenes/"
    }()

    /// A program beside the scenes.
    static func path(_ name: String) -> String { directory + name }

    private static func facts(from file: Int32, within seconds: Double) throws -> Facts {
        var line: [UInt8] = []
        var byte: UInt8 = 0
        let end = Program.now + seconds
        while byte != UInt8(ascii: "\n") {
            var poll = pollfd(fd: file, events: Int16(POLLIN), revents: 0)
            guard Glibc.poll(&poll, 1, Int32(max(0, end - Program.now) * 1000)) == 1 else {
                throw Program.Failure("was not ready in \(seconds) s")
            }
            guard read(file, &byte, 1) == 1 else { throw Program.Failure("ended at once") }
            line.append(byte)
        }
        return try JSONDecoder().decode(Facts.self, from: Data(line))
    }
}
