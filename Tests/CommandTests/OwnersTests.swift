import Glibc
import Testing

/// The agent without rights and its helper with two of them: who is told what, and what happens when one of them ends.
@Suite(
    .serialized, .enabled(if: AnotherUser.isPossible, Comment(rawValue: AnotherUser.reason)))
struct `The helper of the agent` {
    private static let nobody = "65534"
    /// Root that has the helper's two rights and no other.
    private static let rights = [
        "setpriv", "--bounding-set=-all,+sys_ptrace,+dac_read_search", "--no-new-privs",
    ]

    /// A directory that everybody may look into.
    private static func run(_ body: (_ directory: String, _ configuration: String) throws -> Void)
        throws
    {
        let directory = try Temporary.directory()
        defer { Temporary.remove(directory) }
        chmod(directory, 0o755)
        let configuration = try Temporary.file("")
        defer { unlink(configuration) }
        chmod(configuration, 0o644)
        try body(directory, configuration)
    }

    private static func helper(
        _ socket: String, in scene: Scene, for user: String = nobody
    ) throws -> Program {
        let helper = try scene.program(
            rights + [Program.owners, "--user", user, "--listen", socket])
        try wait(for: socket)
        return helper
    }

    /// Until somebody listens there.
    private static func wait(for path: String) throws {
        for _ in 0..<400 {
            if access(path, F_OK) == 0 { return }
            usleep(25_000)
        }
        throw Program.Failure("\(path) is not there")
    }

    private static func end(_ program: Program, with signal: Int32 = SIGTERM) throws {
        kill(program.pid, signal)
        _ = try program.outcome(within: 60)
    }

    private static func page(
        _ scene: Scene, _ configuration: String, _ socket: String
    ) throws -> String {
        let outcome = try scene.run(
            AnotherUser.words + [
                AnotherUser.agent, "--once", "--config", configuration, "--owners", socket,
            ])
        guard outcome.status == 0 else { throw Program.Failure(outcome.errors) }
        return outcome.output
    }

    @Test func `tells an agent of no rights who holds the ports`() throws {
        try Self.run { directory, configuration in
            let socket = directory + "/owners.sock"
            try Scene.run("ports", ["--held", "--name", "orders"]) { scene in
                let own = try scene.run([Program.agent, "--once", "--config", configuration]).output
                let without = try Self.page(scene, configuration, socket)
                #expect(!without.contains("process=\"orders\""))
                let helper = try Self.helper(socket, in: scene)
                let with = try Self.page(scene, configuration, socket)
                #expect(Self.owners(in: with) == Self.owners(in: own))
                #expect(Self.owners(in: with).contains { $0.contains("process=\"orders\"") })
                try Self.end(helper)
                #expect(access(socket, F_OK) != 0)
            }
        }
    }

    private static func owners(in page: String) -> [String] {
        page.split(separator: "\n").filter { $0.hasPrefix("tcptune_tuple_owner_info") }
            .map(String.init).sorted()
    }

    @Test func `answers nobody but the user that it was told, and root`() throws {
        try Self.run { directory, configuration in
            let socket = directory + "/owners.sock"
            try Scene.run("ports", ["--held", "--name", "orders"]) { scene in
                let helper = try Self.helper(socket, in: scene, for: "12345")
                #expect(Self.owners(in: try Self.page(scene, configuration, socket)).isEmpty)
                kill(helper.pid, SIGTERM)
                let outcome = try helper.outcome(within: 60)
                #expect(outcome.errors.contains("refused a connection of another user"))
            }
        }
    }

    /// What a hostile agent sends, from python: each of these ends its connection, and none the helper.
    @Test func `survives whatever it is sent`() throws {
        try Self.run { directory, configuration in
            let socket = directory + "/owners.sock"
            try Scene.run("ports", ["--held", "--name", "orders"]) { scene in
                let helper = try Self.helper(socket, in: scene)
                let outcome = try scene.run(
                    AnotherUser.words + ["python3", Scene.path("hostile_agent.py"), socket])
                #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
                let page = try Self.page(scene, configuration, socket)
                #expect(Self.owners(in: page).contains { $0.contains("process=\"orders\"") })
                try Self.end(helper)
            }
        }
    }

    @Test func `may be killed again and again, and the agent goes on`() throws {
        try Self.run { directory, configuration in
            let socket = directory + "/owners.sock"
            let file = directory + "/a.prom"
            chmod(directory, 0o777)
            try Scene.run("ports", ["--held", "--name", "orders"]) { scene in
                let agent = try scene.program(
                    AnotherUser.words + [
                        AnotherUser.agent, "--config", configuration, "--owners", socket,
                        "--textfile", file, "--budget", "100%",
                    ])
                for _ in 0..<100 {
                    let helper = try Self.helper(socket, in: scene)
                    usleep(20_000)
                    try Self.end(helper, with: SIGKILL)
                    #expect(kill(agent.pid, 0) == 0)
                }
                // A socket that a killed one left is taken over.
                let helper = try Self.helper(socket, in: scene)
                var found = false
                for _ in 0..<200 where !found {
                    usleep(200_000)
                    found = try Temporary.content(of: file).contains("process=\"orders\"")
                }
                #expect(found)
                // And the other way round: agents come and go.
                for _ in 0..<100 {
                    let another = try scene.program(
                        AnotherUser.words + [
                            AnotherUser.agent, "--once", "--config", configuration, "--owners",
                            socket,
                        ])
                    usleep(UInt32.random(in: 5_000...60_000))
                    try Self.end(another, with: SIGKILL)
                }
                #expect(kill(helper.pid, 0) == 0)
                let page = try Self.page(scene, configuration, socket)
                #expect(Self.owners(in: page).contains { $0.contains("process=\"orders\"") })
                try Self.end(helper)
                try Self.end(agent)
            }
        }
    }

    @Test(arguments: [
        ([], 64, "--user"), (["--user", "no such user"], 64, "there is no user"),
        (["--user", "0", "--listen", "here"], 64, "--listen takes a path"),
        (["--user", "0"], 2, "systemd"), (["--users"], 64, "unknown option"),
        (["--version"], 0, "0.2.0"), (["--help"], 0, "Usage: tcptune-owners"),
    ])
    func `says what is wrong with its words`(
        words: [String], status: Int32, said: String
    ) throws {
        let outcome = try Program.run([Program.owners] + words)
        #expect(outcome.status == status, "\(outcome.errors)")
        #expect((outcome.output + outcome.errors).contains(said))
    }
}
