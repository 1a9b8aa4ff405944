import Glibc
import Testing

/// The built agent with its server: one program.
@Suite(.serialized)
struct `The agent with its server` {
    /// The agent, on a port of its own, with what it said.
    private final class Agent {
        let scratch: Scratch
        private(set) var port = 0
        private let pid: Int

        /// Starts it as an ordinary user where the test is root: it needs no right.
        init(_ options: String = "") throws {
            scratch = try Scratch()
            try scratch.write("agent.toml", "")
            try Program.run("chmod 755 '\(scratch.path)'")
            let user =
                geteuid() == 0
                ? "setpriv --reuid=65534 --regid=65534 --clear-groups --inh-caps=-all " : ""
            let started = try Program.run(
                "\(user)'\(Self.path)' --config '\(scratch["agent.toml"])'"
                    + " --web.listen-address 127.0.0.1:0 \(options)"
                    + " >/dev/null 2>'\(scratch["said"])' & echo $!")
            pid = try #require(Int(started.prefix { $0.isNumber }))
            for _ in 0..<100 where port == 0 {
                usleep(100_000)
                let said = try Program.run("cat '\(scratch["said"])'")
                port =
                    said.firstMatch(of: /listening on 127.0.0.1:([0-9]+)/)
                    .flatMap { Int($0.output.1) } ?? 0
            }
            try #require(port > 0, "it listens: \(said)")
        }

        deinit { end() }

        var said: String { (try? Program.run("cat '\(scratch["said"])'")) ?? "" }

        static var path: String {
            let bundle = CommandLine.arguments[0]
            return bundle.split(separator: "/", omittingEmptySubsequences: false).dropLast()
                .joined(separator: "/") + "/tcptune-agent"
        }

        func status(_ path: String) -> Int { Program.curl("http://127.0.0.1:\(port)\(path)") }

        func page(_ path: String) throws -> String {
            try Program.run("curl -s -m 5 -i http://127.0.0.1:\(port)\(path)")
        }

        /// Whether it ends within two seconds of SIGTERM.
        @discardableResult
        func end() -> Bool {
            Program.attempt(
                "kill -TERM \(pid) 2>/dev/null; for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do"
                    + " kill -0 \(pid) 2>/dev/null || exit 0; sleep 0.1; done; exit 1"
            ).status == 0
        }
    }

    @Test func `answers at every path that it names, and nothing elsewhere`() throws {
        let agent = try Agent()
        var readiness = 0
        for _ in 0..<100 where readiness != 200 {
            usleep(100_000)
            readiness = agent.status("/-/ready")
        }
        #expect(readiness == 200)
        #expect(agent.status("/-/healthy") == 200)
        let metrics = try agent.page("/metrics")
        #expect(metrics.contains("Content-Type: text/plain; version=0.0.4"))
        #expect(metrics.contains("\ntcptune_agent_build_info{version=\""))
        let snapshot = try agent.page("/api/v1/snapshot")
        #expect(snapshot.contains("\"tcptune.summary/1\""))
        #expect(try agent.page("/api/v1/findings").contains("\"findings\""))
        let page = try agent.page("/")
        #expect(page.contains("Content-Security-Policy: ") && page.contains("<html"))
        #expect(agent.status("/elsewhere") == 404)
        #expect(agent.status("/metrics/") == 404)
        #expect(agent.end())
    }

    @Test func `does not begin where others could reach it, or where its port is taken`() throws {
        let scratch = try Scratch()
        let file = try scratch.write("agent.toml", "")
        let command = "'\(Agent.path)' --config '\(file)' --web.listen-address "
        let open = Program.attempt(command + "0.0.0.0:0 2>&1")
        #expect(open.status == 78 && open.text.contains("can be reached from other hosts"))
        let agent = try Agent()
        let taken = Program.attempt(command + "127.0.0.1:\(agent.port) 2>&1")
        #expect(taken.status == 78, "\(taken.text)")
        let missing = Program.attempt(
            command + "127.0.0.1:0 --web.config.file '\(scratch["none.yml"])' 2>&1")
        #expect(missing.status == 78, "\(missing.text)")
    }
}
