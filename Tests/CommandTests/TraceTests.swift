import Glibc
import Testing

/// `tcptune trace` against nginx, and against a server that does what no sane one does.
@Suite(
    .enabled(if: Scene.isPossible, Comment(rawValue: Scene.reason)),
    .enabled(if: WebScene.isPossible, "nginx is not installed"))
struct `A trace` {
    @Test func `of a server that keeps the connection ends in TIME_WAIT on this host`() throws {
        try Scene.run("web") { scene in
            let (trace, text) = try WebScene.trace(scene, "http://127.0.0.1:8080/")
            let request = try #require(trace.data.requests.first)
            #expect(trace.data.requests.count == 1 && trace.data.failure == nil)
            #expect(request.response?.head?.status == 200 && request.response?.body_bytes == 5)
            #expect(request.response?.keep_alive == true && request.response?.framing == "length")
            #expect(request.close?.first == "local" && request.close?.reset == nil)
            #expect(request.close?.held == "TIME_WAIT")
            #expect((1...60.5).contains(request.close?.held_seconds ?? 0))
            #expect(
                request.own.filter { $0 != "FIN_WAIT2" }
                    == ["SYN_SENT", "ESTABLISHED", "FIN_WAIT1", "TIME_WAIT"])
            let connection = try #require(request.connect?.connection)
            #expect(connection.local && connection.timestamps == true)
            #expect(connection.peer?.name == "nginx")
            #expect(connection.round_trip_seconds ?? 0 > 0)
            // The kernel itself holds what the trace says that it holds.
            let sockets = try scene.run([
                "ss", "-tanH", "state", "time-wait", "sport", "= :\(connection.source_port)",
            ])
            #expect(sockets.output.contains("127.0.0.1:8080"), "\(sockets.output)")
            // Nothing is taken for seen that was not.
            let messages = trace.data.exchange.events.compactMap(\.message)
            #expect(messages.contains { $0.label == "GET / HTTP/1.1" })
            #expect(messages.allSatisfy { $0.origin == "concluded" })
            if JSONSchema.hasValidator {
                #expect(try JSONSchema.objection(to: text, as: "trace") == nil)
            }
        }
    }

    @Test func `of a server that closes first leaves nothing on this side`() throws {
        try Scene.run("web") { scene in
            for (url, framing) in [
                ("http://127.0.0.1:8080/off", "length"),
                ("http://127.0.0.1:8081/until-close", "close"),
                ("http://127.0.0.1:8081/old", "length"),
            ] {
                let (trace, _) = try WebScene.trace(scene, url)
                let request = try #require(trace.data.requests.first)
                #expect(trace.data.failure == nil, "\(url)")
                #expect(request.response?.keep_alive == false, "\(url)")
                #expect(request.response?.framing == framing, "\(url)")
                #expect(request.close?.first == "peer" && request.close?.reset == nil, "\(url)")
                #expect(request.close?.held == nil, "\(url)")
                #expect(request.own.contains("CLOSE_WAIT") && !request.own.contains("FIN_WAIT1"))
                let page = try scene.run([Program.tcptune, "trace", url])
                #expect(page.output.contains("the server sent the first FIN"))
                #expect(page.output.contains("ports do not limit such a client"))
            }
            let (trace, _) = try WebScene.trace(scene, "http://127.0.0.1:8081/stays")
            #expect(trace.data.requests.first?.close?.first == "local")
        }
    }

    @Test(.enabled(if: Scene.isRoot, "the tracepoint is for root"))
    func `that is exact has every state of both sides from the kernel`() throws {
        let before = try Program.run(["cat", "/proc/self/mountinfo"]).output
        try Scene.run("web") { scene in
            for (url, own, peer) in [
                (
                    // A port of its own: the kernel tells of the sockets of all namespaces.
                    "http://127.0.0.1:18473/",
                    ["SYN_SENT", "ESTABLISHED", "FIN_WAIT1", "FIN_WAIT2", "TIME_WAIT"],
                    ["SYN_RECV", "ESTABLISHED", "CLOSE_WAIT", "LAST_ACK", "CLOSE"]
                ),
                (
                    "http://[::1]:18473/off",
                    ["SYN_SENT", "ESTABLISHED", "CLOSE_WAIT", "LAST_ACK", "CLOSE"],
                    ["SYN_RECV", "ESTABLISHED", "FIN_WAIT1", "FIN_WAIT2", "TIME_WAIT"]
                ),
            ] {
                let (trace, text) = try WebScene.trace(scene, url, "--exact")
                let request = try #require(trace.data.requests.first)
                #expect(request.own == own, "\(url)")
                #expect(request.states.filter { $0.side == "peer" }.map(\.state) == peer, "\(url)")
                #expect(request.states.allSatisfy { $0.source == "tracepoint" })
                let times = request.states.map(\.at_seconds)
                #expect(times == times.sorted())
                if JSONSchema.hasValidator {
                    #expect(try JSONSchema.objection(to: text, as: "trace") == nil)
                }
            }
        }
        #expect(try Program.run(["cat", "/proc/self/mountinfo"]).output == before)
    }

    @Test func `says how many requests one such client can make`() throws {
        try Scene.run("web") { scene in
            let url = "http://198.18.0.1:8080/"
            let page = try scene.run([Program.tcptune, "trace", url])
            #expect(page.status == 0, "\(page.errors)")
            let words = page.output.split { " \n".contains($0) }.joined(separator: " ")
            #expect(
                words.contains(
                    "one such client can make at most 470 requests per second to this "
                        + "destination: 28 232 ports, each held for 60 s"), "\(words)")
            #expect(page.output.contains("rendering: "))
            for (setting, value, limit, reused) in [
                ("tcp_tw_reuse", "1", 28232.0, true), ("tcp_timestamps", "0", 28232.0 / 60, false),
                ("ip_local_reserved_ports", "40000-40231", 28000.0 / 60, false),
            ] {
                let written = try scene.run([
                    "sh", "-c", "echo \(value) > /proc/sys/net/ipv4/\(setting)",
                ])
                try #require(written.status == 0, "\(written.errors)")
                let (trace, _) = try WebScene.trace(scene, url)
                let ports = try #require(trace.data.requests.first?.connect?.connection?.ports)
                #expect(abs(ports.limit_per_second - limit) < 0.01, "\(setting)")
                #expect(ports.reused == reused && ports.used >= 1)
            }
        }
    }

    @Test func `follows redirects where it is asked to, and names a loop`() throws {
        try Scene.run("web") { scene in
            let from = "http://127.0.0.1:8080/from"
            let (one, _) = try WebScene.trace(scene, from)
            #expect(one.data.requests.map { $0.response?.head?.status } == [302])
            let page = try scene.run([Program.tcptune, "trace", from])
            #expect(page.output.contains("follow it with --follow"))
            let (both, text) = try WebScene.trace(scene, from, "--follow")
            #expect(
                both.data.requests.map(\.url) == [from, "http://127.0.0.1:8080/to?x=1"])
            #expect(both.data.requests.map { $0.response?.head?.status } == [302, 200])
            if JSONSchema.hasValidator {
                #expect(try JSONSchema.objection(to: text, as: "trace") == nil)
            }
            let (round, _) = try WebScene.trace(
                scene, "http://127.0.0.1:8080/round", "--follow", status: 2)
            #expect(round.data.requests.count == 2 && round.data.failure?.stage == "response")
            #expect(round.data.failure?.reason.contains("loop") == true)
            let (bad, _) = try WebScene.trace(
                scene, "http://127.0.0.1:8080/bad", "--follow", status: 2)
            #expect(bad.data.failure?.reason.contains("gopher") == true)
        }
    }

    @Test func `of a server that is slow shows where the time went`() throws {
        try Scene.run("web") { scene in
            let (trace, _) = try WebScene.trace(scene, "http://127.0.0.1:8081/slow")
            let response = try #require(trace.data.requests.first?.response)
            #expect(response.head?.status == 200 && response.body_bytes == 4)
            // The server waits that long from when it has the request.
            #expect((response.first_byte_seconds ?? 0) - response.span.began_seconds >= 0.299)
            let (chunked, _) = try WebScene.trace(scene, "http://127.0.0.1:8081/chunked")
            #expect(chunked.data.requests.first?.response?.framing == "chunked")
            #expect(chunked.data.requests.first?.response?.keep_alive == true)
        }
    }

    @Test func `of a server that fails names the stage, with status 2`() throws {
        try Scene.run("web") { scene in
            for (path, reason) in [
                ("reset", "reset the connection"), ("garbage", "not an HTTP response"),
                ("headers", "64 KiB"), ("short", "within its body"),
            ] {
                let (trace, _) = try WebScene.trace(
                    scene, "http://127.0.0.1:8081/\(path)", status: 2)
                #expect(trace.data.failure?.stage == "response", "\(path)")
                #expect(
                    trace.data.failure?.reason.contains(reason) == true,
                    "\(path): \(trace.data.failure?.reason ?? "")")
            }
            let (reset, _) = try WebScene.trace(scene, "http://127.0.0.1:8081/reset", status: 2)
            #expect(reset.data.failure?.errno == "ECONNRESET")
            #expect(reset.data.requests.first?.close?.reset == "peer")
            #expect(reset.data.requests.first?.close?.held == nil)
            let (silent, _) = try WebScene.trace(
                scene, "http://127.0.0.1:8081/silent", "--timeout", "300ms", status: 2)
            #expect(silent.data.failure?.reason.contains("--timeout") == true)
            let (refused, _) = try WebScene.trace(scene, "http://127.0.0.1:9/", status: 2)
            #expect(refused.data.failure?.stage == "connect")
            #expect(refused.data.failure?.errno == "ECONNREFUSED")
        }
    }

    @Test func `tries the addresses of a name one after the other`() throws {
        try Scene.run("web") { scene in
            let (trace, _) = try WebScene.trace(scene, "http://both.test:8081/")
            let request = try #require(trace.data.requests.first)
            #expect(Set(request.name?.resolution.addresses ?? []) == ["::1", "127.0.0.1"])
            #expect(request.connect?.connection?.source == "127.0.0.1")
            #expect(
                request.connect?.attempts.map(\.outcome) == ["failed", "connected"]
                    || request.connect?.attempts.map(\.outcome) == ["connected"])
            let (six, _) = try WebScene.trace(scene, "http://[::1]:8080/")
            #expect(six.data.requests.first?.close?.held == "TIME_WAIT")
            #expect(six.data.requests.first?.connect?.connection?.peer?.name == "nginx")
        }
    }

    @Test(.enabled(if: WebScene.hasNft, "nft is not installed"))
    func `goes on to another address where one does not answer`() throws {
        try Scene.run("web") { scene in
            let rules = try scene.run([
                "nft",
                "add table inet hole; add chain inet hole in { type filter hook input "
                    + "priority 0; }; add rule inet hole in ip6 daddr ::1 tcp dport 8081 drop; "
                    + "add rule inet hole in tcp dport 8090 drop",
            ])
            try #require(rules.status == 0, "\(rules.errors)")
            let (both, _) = try WebScene.trace(scene, "http://both.test:8081/")
            let attempts = both.data.requests.first?.connect?.attempts ?? []
            #expect(attempts.map(\.address) == ["::1", "127.0.0.1"])
            #expect(attempts.map(\.outcome) == ["overtaken", "connected"])
            if attempts.count == 2 {
                let later = attempts[1].span.began_seconds - attempts[0].span.began_seconds
                #expect(later >= 0.25)
            }
            // The kernel sends the SYN again after a second.
            let (silent, _) = try WebScene.trace(
                scene, "http://127.0.0.1:8090/", "--timeout", "1500ms", status: 2)
            let attempt = try #require(silent.data.requests.first?.connect?.attempts.first)
            #expect(attempt.outcome == "unanswered" && attempt.syn_retries ?? 0 >= 1)
            #expect(silent.data.failure?.reason.contains("did not answer") == true)
        }
    }

    @Test func `asks what it is told to, of the addresses that it is told`() throws {
        try Scene.run("web") { scene in
            let (trace, text) = try WebScene.trace(
                scene, "http://name.test:8080/", "--resolve", "other.test:8080:192.0.2.1",
                "--resolve", "Name.Test:8080:[::1],127.0.0.1", "-4", "-H", "Accept:", "-H",
                "user-agent: me", "-H", "X-One: 1", "-H", "X-None;", "-H", "Cookie: secret=1")
            let request = try #require(trace.data.requests.first)
            #expect(request.name?.resolution.addresses == ["127.0.0.1"])
            #expect(
                request.request?.lines == [
                    "GET / HTTP/1.1", "Host: name.test:8080", "Connection: keep-alive",
                    "user-agent: me", "X-One: 1", "X-None:", "Cookie: (not shown)",
                ])
            #expect(!text.contains("secret"))
            if JSONSchema.hasValidator {
                #expect(try JSONSchema.objection(to: text, as: "trace") == nil)
            }
            let (six, _) = try WebScene.trace(scene, "http://both.test:8080/", "-6")
            #expect(six.data.requests.first?.name?.resolution.addresses == ["::1"])
            let (none, _) = try WebScene.trace(
                scene, "http://127.0.0.1:8080/", "--ipv6", status: 2)
            #expect(none.data.failure?.stage == "name")
        }
    }

    @Test func `shows what others send escaped, in every form`() throws {
        try Scene.run("web") { scene in
            for form in ["text", "json", "markdown", "html"] {
                let outcome = try scene.run([
                    Program.tcptune, "trace", "http://127.0.0.1:8081/hostile", "--format", form,
                ])
                #expect(outcome.status == 0, "\(outcome.errors)")
                #expect(
                    !outcome.output.unicodeScalars.contains {
                        "\u{1b}\u{202e}".unicodeScalars.contains($0)
                    })
                if form == "html" { #expect(!outcome.output.contains("<b>\u{20}")) }
            }
        }
    }

    @Test func `is saved, and shown again`() throws {
        let directory = try Temporary.directory()
        defer { Temporary.remove(directory) }
        try Scene.run("web") { scene in
            let file = directory + "/trace.json"
            let outcome = try scene.run([
                Program.tcptune, "trace", "http://127.0.0.1:8080/from", "--follow", "-o", file,
            ])
            #expect(outcome.status == 0 && outcome.output.isEmpty, "\(outcome.errors)")
            let page = try Program.run([Program.tcptune, "report", file, "--html"])
            #expect(page.status == 0, "\(page.errors)")
            for words in ["Messages", "<svg", "TIME_WAIT", "response", "/to?x=1"] {
                #expect(page.output.contains(words), "\(words)")
            }
            let text = try Program.run([Program.tcptune, "report", file])
            #expect(text.output.contains("200 OK"))
        }
    }

    @Test func `ends as other commands do where nobody takes its page`() throws {
        try Scene.run("web") { scene in
            let url = "http://127.0.0.1:8080/"
            let full = open("/dev/full", O_WRONLY | O_CLOEXEC)
            defer { close(full) }
            let program = try scene.program([Program.tcptune, "trace", url], output: full)
            #expect(try program.outcome().status == 74)
            let head = try scene.run([
                "bash", "-c", "\"$0\" trace \(url) | head -1; echo ${PIPESTATUS[0]}",
                Program.tcptune,
            ])
            #expect(head.output.hasSuffix("\n0\n") && head.errors.isEmpty, "\(head.output)")
            let silent = try scene.program([
                Program.tcptune, "trace", "http://127.0.0.1:8081/silent",
            ])
            usleep(500_000)
            kill(silent.pid, SIGINT)
            let outcome = try silent.outcome()
            #expect(outcome.status == 130 && outcome.output.isEmpty)
        }
    }
}

/// Names that a private internet knows: a root, a top level and an authority by nsd.
@Suite(
    .enabled(if: Scene.isPossible, Comment(rawValue: Scene.reason)),
    .enabled(
        if: (try? Program.run(["sh", "-c", "command -v nsd"]).status) == 0,
        "nsd is not installed"))
struct `A trace by name` {
    @Test func `walks from the root on where it is asked to`() throws {
        try Scene.run("delegation") { scene in
            let hints = try #require(scene.facts.source)
            let (trace, text) = try WebScene.trace(
                scene, "http://alias.corp.test:8080/", "--iterative", "--root-hints", hints)
            let request = try #require(trace.data.requests.first)
            #expect(request.name?.resolution.addresses == ["198.18.0.1"])
            #expect(request.response?.head?.status == 200)
            let zones = request.name?.resolution.queries.compactMap(\.zone) ?? []
            #expect(zones.contains(".") && zones.contains("test") && zones.contains("corp.test"))
            #expect(request.name?.resolution.queries.allSatisfy { $0.leg == "iterative" } == true)
            if JSONSchema.hasValidator {
                #expect(try JSONSchema.objection(to: text, as: "trace") == nil)
            }
            let page = try scene.run([
                Program.tcptune, "trace", "http://www.corp.test:8080/", "--iterative",
                "--root-hints", hints, "--format", "html",
            ])
            for actor in ["root", "top level test", "authority corp.test"] {
                #expect(page.output.contains(actor), "\(actor)")
            }
        }
    }

    @Test func `asks the host's name server, and names it where that fails`() throws {
        try Scene.run("delegation") { scene in
            let (trace, _) = try WebScene.trace(scene, "http://www.corp.test:8080/")
            let name = try #require(trace.data.requests.first?.name)
            #expect(name.resolution.addresses == ["198.18.0.1"])
            #expect(name.resolution.queries.allSatisfy { $0.server.hasPrefix("127.0.1.3") })
            let page = try scene.run([
                Program.tcptune, "trace", "http://www.corp.test:8080/",
            ])
            #expect(page.output.contains("recursive: this host asks one server"))
            let (missing, _) = try WebScene.trace(scene, "http://no.corp.test:8080/", status: 2)
            #expect(missing.data.failure?.stage == "name")
        }
    }
}

/// What needs no server.
@Suite struct `An address to trace` {
    @Test(
        arguments: [
            "ftp://127.0.0.1/", "127.0.0.1/", "example.org:80/", "http:/x", "http://", "http:///x",
            "http://127.0.0.1:0/", "http://127.0.0.1:65536/", "http://127.0.0.1:x/",
            "http://[::1", "http://[::g]/", "http://[fe80::1%25none0]/", "http://[::1%]/",
            "http://::1/",
            "http://a b/", "http://a\u{1b}[31m/", "http://user:secret@127.0.0.1/", "http://a..b/",
            "http://1.2.3.4.5/", "http://256.1.1.1/", "http://08.1.1.1/", "",
            "http://" + String(repeating: "a", count: 300),
            "http://" + String(repeating: "a.", count: 150) + "b/",
            "http://127.0.0.1/" + String(repeating: "a", count: 20_000),
        ])
    func `that is none is refused`(_ url: String) throws {
        let outcome = try Program.run([Program.tcptune, "trace", url])
        #expect(outcome.status == 64, "\(outcome.errors)")
        #expect(outcome.output.isEmpty && !outcome.errors.isEmpty)
        #expect(!outcome.errors.contains("secret") || url.contains("secret"))
        #expect(!outcome.errors.contains("\u{1b}"))
    }

    @Test(
        arguments: [
            (["--timeout", "0"], 64), (["--timeout", "soon"], 64), (["--dns-port", "0"], 64),
            (["--dns-port", "65536"], 64), (["--root-hints", "/etc/hosts"], 64),
            (["-4", "-6"], 64), (["--repeat", "0"], 64), (["--repeat", "1001"], 64),
            (["-H", "no field"], 64), (["-H", "a b: c"], 64), (["-H", "@file"], 64),
            (["-H", "a: b\r\nc: d"], 64), (["--resolve", "a.test:80"], 64),
            (["--resolve", "a.test:80:b.test"], 64), (["--resolve", ":80:127.0.0.1"], 64),
            (["--resolve", "a.test:0:127.0.0.1"], 64),
            (["--resolve", "a.test:80:[127.0.0.1]"], 64),
            (["--iterative", "--root-hints", "/no/such/file"], 66),
            (["--iterative", "--root-hints", "/etc/passwd"], 65),
        ] as [([String], Int32)])
    func `with an option that makes no sense is refused`(
        _ options: [String], _ status: Int32
    ) throws {
        let outcome = try Program.run([Program.tcptune, "trace", "http://127.0.0.1:9/"] + options)
        #expect(outcome.status == status, "\(outcome.errors)")
        #expect(outcome.output.isEmpty)
    }

    @Test(.enabled(if: Scene.isPossible, Comment(rawValue: Scene.reason)))
    func `without a route to it fails at once`() throws {
        let outcome = try Program.run(
            ["unshare"] + Scene.namespaces + [
                Program.tcptune, "trace", "http://192.0.2.1/", "--json",
            ])
        #expect(outcome.status == 2, "\(outcome.errors)")
        let failure = try TraceOutput(outcome.output).data.failure
        #expect(failure?.stage == "connect" && failure?.errno == "ENETUNREACH")
        #expect(outcome.errors.contains("connect: cannot connect to 192.0.2.1:80"))
    }

    @Test(.enabled(if: Scene.isPossible, Comment(rawValue: Scene.reason)))
    func `whose name nobody knows fails at the name`() throws {
        let outcome = try Program.run(
            ["unshare"] + Scene.namespaces + [
                Program.tcptune, "trace", "http://no-such-name.invalid/", "--json", "--timeout",
                "5s",
            ])
        #expect(outcome.status == 2, "\(outcome.errors)")
        #expect(try TraceOutput(outcome.output).data.failure?.stage == "name")
    }
}

private enum WebScene {
    static let hasNft = (try? Program.run(["sh", "-c", "command -v nft"]).status) == 0
    static let isPossible = (try? Program.run(["sh", "-c", "command -v nginx"]).status) == 0

    /// Traces an address in the scene.
    static func trace(
        _ scene: Scene, _ url: String, _ options: String..., status: Int32 = 0
    ) throws -> (TraceOutput, String) {
        let outcome = try scene.run(
            [Program.tcptune, "trace", url, "--json"] + options)
        guard outcome.status == status else {
            throw Program.Failure("\(url): status \(outcome.status): \(outcome.errors)")
        }
        return (try TraceOutput(outcome.output), outcome.output)
    }
}
