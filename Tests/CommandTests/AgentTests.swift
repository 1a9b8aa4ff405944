import FoundationEssentials
import Glibc
import Testing

/// The built agent against real sockets.
@Suite(.serialized, .enabled(if: Scene.isPossible, Comment(rawValue: Scene.reason)))
struct `The agent` {
    private static let hasPromtool =
        (try? Program.run(["promtool", "--version"]).status) == 0

    /// A configuration that names nothing, so that no file of this machine counts.
    ///
    /// Nor is a history of this machine added to.
    private static func emptyConfiguration() throws -> String { try Temporary.file(noHistory) }

    private static let noHistory = "[history]\nenabled = false\n"

    /// What `promtool check metrics` objects to; empty where nothing.
    private static func objections(to page: String) throws -> String {
        let file = try Temporary.file(page)
        defer { unlink(file) }
        let outcome = try Program.run(["sh", "-c", "promtool check metrics < \(file)"])
        return outcome.status == 0 ? "" : outcome.output + outcome.errors
    }

    private static func value(_ series: String, in page: String) -> Double? {
        page.split(separator: "\n").first { $0.hasPrefix(series + " ") }
            .flatMap { Double($0.dropFirst(series.count + 1).replacing("+Inf", with: "inf")) }
    }

    @Test func `tells of full ports what an audit of the same moment finds`() throws {
        let configuration = try Self.emptyConfiguration()
        defer { unlink(configuration) }
        try Scene.run("ports", ["--fill", "0.98"]) { scene in
            let outcome = try scene.run([
                Program.agent, "--once", "--config", configuration,
            ])
            #expect(outcome.status == 0, "\(outcome.errors)")
            let page = outcome.output
            let source = try #require(scene.facts.source)
            let destination = try #require(scene.facts.destination)
            let netns = try #require(
                page.firstMatch(of: /tcptune_ports_usable\{netns="([^"]*)"\} 600/)?.output.1)
            let labels =
                "{netns=\"\(netns)\",source=\"\(source)\",destination=\"\(destination)\",port=\"5432\"}"
            #expect(Self.value("tcptune_tuple_ports_used\(labels)", in: page) ?? 0 > 550)
            #expect(Self.value("tcptune_tuple_exhaustion_seconds\(labels)", in: page) != nil)
            #expect(
                Self.value(
                    "tcptune_findings{rule=\"ports-exhausting\",severity=\"critical\"}", in: page)
                    == 1)
            #expect(
                Self.value(
                    "tcptune_findings{rule=\"close-wait-leak\",severity=\"warning\"}", in: page)
                    == 0)
            #expect(page.split(separator: "\n").count { !$0.hasPrefix("#") } <= 600)
            if Self.hasPromtool { #expect(try Self.objections(to: page) == "") }
        }
    }

    @Test(.enabled(if: hasPromtool, "needs promtool, of Debian's package prometheus"))
    func `writes a file that node_exporter takes, whole at every moment`() throws {
        let directory = try Temporary.directory()
        defer { Temporary.remove(directory) }
        let configuration = try Self.emptyConfiguration()
        defer { unlink(configuration) }
        let file = directory + "/tcptune.prom"
        try Scene.run("ports", ["--fill", "0.5"]) { scene in
            let agent = try scene.program([
                Program.agent, "--config", configuration, "--textfile", file, "--budget", "20%",
            ])
            var inodes: Set<UInt64> = []
            var pages = 0
            for _ in 0..<400 where inodes.count < 4 {
                usleep(20_000)
                var status = stat()
                guard stat(file, &status) == 0 else { continue }
                inodes.insert(UInt64(status.st_ino))
                #expect(status.st_mode & 0o7777 == 0o644)
                let page = try Temporary.content(of: file)
                #expect(page.hasPrefix("# HELP ") && page.hasSuffix("\n"))
                pages += 1
            }
            #expect(pages > 10 && inodes.count >= 2)
            let page = try Temporary.content(of: file)
            #expect(try Self.objections(to: page) == "")
            // A time stamp would be a second number behind the value.
            for line in page.split(separator: "\n") where !line.hasPrefix("#") {
                #expect(line.split(separator: "}").last?.split(separator: " ").count ?? 0 <= 2)
            }
            #expect(
                try Temporary.names(in: directory).filter { $0.hasSuffix(".prom") } == [
                    "tcptune.prom"
                ])
            #expect(kill(agent.pid, SIGTERM) == 0)
            #expect(try agent.outcome(within: 60).status == 0)
        }
    }

    @Test func `makes a summary of twenty series`() throws {
        let configuration = try Self.emptyConfiguration()
        defer { unlink(configuration) }
        try Scene.run("ports", ["--fill", "0.3"]) { scene in
            let page = try scene.run([
                Program.agent, "--once", "--summary-metrics", "--config", configuration,
            ]).output
            let lines = page.split(separator: "\n").filter { !$0.hasPrefix("#") }
            #expect((14...20).contains(lines.count), "\(page)")
            #expect(page.contains("tcptune_host_ports_used_ratio 0.3"))
        }
    }

    @Test func `tells systemd that it is ready, that it lives, and that it ends`() throws {
        let directory = try Temporary.directory()
        defer { Temporary.remove(directory) }
        let configuration = try Temporary.file(
            Self.noHistory + "[metrics]\ntextfile = \"\(directory)/a.prom\"\n")
        defer { unlink(configuration) }
        let name = "tcptune-agent-test-\(getpid())"
        let socket = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        defer { close(socket) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { path in
            for (index, byte) in name.utf8.enumerated() { path[index + 1] = byte }
        }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + 1 + name.utf8.count)
        let bound = withUnsafeBytes(of: &address) {
            bind(socket, $0.baseAddress?.assumingMemoryBound(to: sockaddr.self), length)
        }
        #expect(bound == 0)
        var patience = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(
            socket, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        let next = { () -> String in
            var buffer = [UInt8](repeating: 0, count: 4096)
            let count = recv(socket, &buffer, buffer.count, 0)
            return String(decoding: buffer.prefix(max(count, 0)), as: UTF8.self)
        }
        let agent = try Program([
            "env", "NOTIFY_SOCKET=@\(name)", Program.agent, "--config", configuration,
        ])
        let ready = next()
        print("agent: ready \(Int((Program.now - agent.began) * 1000)) ms after its start")
        #expect(ready.hasPrefix("READY=1\nSTATUS="))
        #expect(ready.contains("network namespace"))
        #expect(next().hasPrefix("WATCHDOG=1\n"))
        kill(agent.pid, SIGTERM)
        var last = next()
        while last.hasPrefix("WATCHDOG=1") { last = next() }
        #expect(last == "STOPPING=1")
        #expect(try agent.outcome(within: 60).status == 0)
    }

    @Test func `ends within a second of a signal, and with success`() throws {
        let directory = try Temporary.directory()
        defer { Temporary.remove(directory) }
        let configuration = try Temporary.file(
            Self.noHistory + "[metrics]\ntextfile = \"\(directory)/a.prom\"\n")
        defer { unlink(configuration) }
        for signal in [SIGTERM, SIGINT] {
            let agent = try Program([Program.agent, "--config", configuration])
            usleep(1_500_000)
            #expect(kill(agent.pid, signal) == 0)
            let sent = Program.now
            let outcome = try agent.outcome(within: 60)
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(Program.now - sent < 1)
        }
    }

    @Test
    func `reads its configuration again at SIGHUP, and keeps the old one where the new is wrong`()
        throws
    {
        let directory = try Temporary.directory()
        defer { Temporary.remove(directory) }
        let configuration = try Temporary.file(
            Self.noHistory + "[metrics]\ntextfile = \"\(directory)/first.prom\"\n")
        defer { unlink(configuration) }
        let agent = try Program([Program.agent, "--config", configuration])
        usleep(1_000_000)
        try Temporary.write("[metrics]\ntextfile = \"nowhere\"\n", to: configuration)
        kill(agent.pid, SIGHUP)
        usleep(500_000)
        let file = directory + "/a.prom"
        try Temporary.write(
            "[metrics]\ntextfile = \"\(file)\"\n" + Self.noHistory, to: configuration)
        kill(agent.pid, SIGHUP)
        var isThere = false
        for _ in 0..<100 where !isThere {
            usleep(50_000)
            isThere = access(file, R_OK) == 0
        }
        #expect(isThere)
        kill(agent.pid, SIGTERM)
        let outcome = try agent.outcome(within: 60)
        #expect(outcome.status == 0)
        #expect(outcome.errors.contains(":2:12: "), "\(outcome.errors)")
        #expect(outcome.errors.contains("settings stay as they were"))
        #expect(outcome.errors.contains("read the configuration again"))
    }

    @Test(arguments: [
        (["--config", "/nonexistent/agent.toml"], 66, "/nonexistent/agent.toml"),
        (["--web.listen-address", "0.0.0.0:9765"], 78, "--web.config.file"),
        (["--budget", "0%"], 64, "--budget takes"), (["--top", "71"], 64, "--top takes"),
        (["--textfile", "/tmp/x.txt"], 64, ".prom"), (["--no-such"], 64, "no-such"),
        (["--netns", "nobody-made-this", "--once"], 66, "nobody-made-this"),
    ])
    func `refuses what is wrong, with the status of all commands`(
        words: [String], status: Int, says: String
    ) throws {
        let outcome = try Program.run([Program.agent] + words)
        #expect(outcome.status == Int32(status), "\(outcome.errors)")
        #expect(outcome.output.isEmpty)
        #expect(outcome.errors.contains(says), "\(outcome.errors)")
        #expect(outcome.errors.hasPrefix("tcptune-agent: "))
    }

    @Test func `prints what its configuration comes to, and refuses a wrong one`() throws {
        let good = try Temporary.file("[metrics]\ntop = 12\n")
        defer { unlink(good) }
        let checked = try Program.run([
            Program.agent, "--check", "--config", good, "--budget", "0.5%",
        ])
        #expect(checked.status == 0, "\(checked.errors)")
        #expect(checked.output.contains("top = 12") && checked.output.contains("budget = \"0.5%\""))
        let bad = try Temporary.file("[metrics]\ntop = twelve\n")
        defer { unlink(bad) }
        let refused = try Program.run([Program.agent, "--check", "--config", bad])
        #expect(refused.status == 78)
        #expect(refused.errors.contains("\(bad):2:"), "\(refused.errors)")
    }

    @Test(.enabled(if: AnotherUser.isPossible, Comment(rawValue: AnotherUser.reason)))
    func `needs no right at all`() throws {
        let configuration = try Self.emptyConfiguration()
        defer { unlink(configuration) }
        chmod(configuration, 0o644)
        try Scene.run("ports", ["--fill", "0.6"]) { scene in
            let outcome = try scene.run(
                AnotherUser.words + [AnotherUser.agent, "--once", "--config", configuration])
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.output.contains("tcptune_tuple_ports_used{"))
            #expect(
                Self.value(
                    "tcptune_findings{rule=\"ports-slow\",severity=\"warning\"}", in: outcome.output
                )
                    == 1)
        }
    }
}

extension Measured {
    /// What the agent costs beside a load, and what it tells of it: shown, and held to what a small machine bears.
    @Suite(.serialized, .enabled(if: AnotherUser.isPossible, Comment(rawValue: AnotherUser.reason)))
    struct `The agent under load` {
        @Test func `counts every closing, within its budget`() throws {
            let directory = try Temporary.directory()
            defer { Temporary.remove(directory) }
            chmod(directory, 0o777)
            let configuration = try Temporary.file("[history]\nenabled = false\n")
            defer { unlink(configuration) }
            chmod(configuration, 0o644)
            let file = directory + "/tcptune.prom"
            try Scene.run("churn", ["--stable", "500", "--per-second", "400"]) { scene in
                let agent = try scene.program(
                    AnotherUser.words + [
                        AnotherUser.agent, "--config", configuration, "--textfile", file,
                    ])
                sleep(20)
                let page = try Temporary.content(of: file)
                let status = try Temporary.content(of: "/proc/\(agent.pid)/status")
                kill(agent.pid, SIGTERM)
                let outcome = try agent.outcome(within: 60)
                let resident = status.split(separator: "\n").first { $0.hasPrefix("VmRSS") } ?? ""
                let share = outcome.processorSeconds / 20
                print("agent: \(resident), \((share * 10_000).rounded() / 100) % of a processor")
                for line in page.split(separator: "\n")
                where line.hasPrefix("tcptune_agent_cpu") || line.hasPrefix("tcptune_agent_clos") {
                    print("agent: \(line)")
                }
                #expect(outcome.status == 0, "\(outcome.errors)")
                #expect(share < 0.04)
                let kilobytes = resident.split(separator: " ").compactMap { Int($0) }.first ?? 0
                // A debug build takes about twice what is shipped.
                #expect(kilobytes > 1000 && kilobytes < 80_000)
                let closings = page.split(separator: "\n").filter {
                    $0.hasPrefix("tcptune_tuple_closings_total{")
                }.compactMap { Double($0.split(separator: " ").last ?? "") }.reduce(0, +)
                #expect(closings > 1000, "\(page)")
            }
        }
    }
}
