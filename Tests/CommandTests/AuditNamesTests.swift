import Testing

@Suite(.serialized, .enabled(if: Scene.isPossible, Comment(rawValue: Scene.reason)))
struct `An audit names` {
    @Test func `the program that leaks, by what it listens on`() throws {
        try Scene.run("close_wait", ["--name", "leaky-app"]) { scene in
            let audit = try scene.audit()
            let listener = audit.data.listeners.first { $0.port == 8080 }
            #expect(listener?.owner?.name == "leaky-app")
            #expect(listener?.owner?.pids == scene.facts.server.map { [$0] })
            #expect(listener?.states["CLOSE_WAIT"] == 300)
        }
    }

    @Test func `who holds TIME_WAIT, by a look at short-lived connections in an interval`() throws {
        try Scene.run("short_lived", ["--name", "php-fpm"]) { scene in
            let audit = try scene.audit(["--interval", "2s"])
            let tuple = try #require(audit.data.tuples.first { $0.port == 5432 })
            #expect(tuple.owner?.name == "php-fpm")
            #expect(
                ["likely", "possible"].contains(tuple.owner?.confidence),
                "TIME_WAIT itself has no process")
            #expect(
                tuple.closed_by_local_ratio ?? 0 > 0.8,
                "the snapshots' ages are not to the millisecond")
        }
    }

    @Test func `the queue of a listener, its length and what limits it`() throws {
        try Scene.run(
            "accept_queue", ["--somaxconn", "8", "--backlog", "511", "--connections", "30"]
        ) { scene in
            let listener = try scene.audit().data.listeners.first { $0.port == 8080 }
            #expect(listener?.backlog == 8)
            #expect(listener?.queue == 9, "the queue holds one more than the backlog")
            #expect(listener?.limited_by == "somaxconn")
        }
    }

    @Test func `a tuple's ports in use`() throws {
        try Scene.run("ports", ["--fill", "0.98", "--name", "client-app"]) { scene in
            let audit = try scene.audit()
            let sockets = try Sockets(ss: scene.run(["ss", "-tanH"]).output)
            let there = try #require(sockets.states["TIME_WAIT"])
            #expect(there == 588)
            let tuple = audit.data.tuples.first { $0.port == 5432 }
            #expect(tuple?.source == scene.facts.source)
            #expect(tuple?.destination == scene.facts.destination)
            #expect(tuple?.used == there)
            #expect(tuple?.usable == 600)
            #expect(tuple?.states == ["TIME_WAIT": there])
        }
    }

    @Test(arguments: ["text", "json", "markdown", "html"])
    func `hostile processes without harm`(_ format: String) throws {
        try Scene.run("listeners", ["--hostile"]) { scene in
            let outcome = try scene.run([Program.tcptune, "audit", "--format", format])
            #expect(outcome.status <= 1)
            let text = outcome.output
            #expect(!text.unicodeScalars.contains("\u{1b}"), "an escape character got through")
            #expect(!text.unicodeScalars.contains("\u{202e}"), "a change of direction got through")
            #expect(!text.contains("two\nlines"))
            if format == "html" { #expect(!text.contains("<script>1")) }
            #expect(text.contains("9001"))
        }
    }

    @Test func `every sort of listener`() throws {
        try Scene.run("listeners") { scene in
            let listeners = try scene.audit().data.listeners
            let places = Set(listeners.map { "\($0.address) \($0.port)" })
            #expect(
                places.isSuperset(of: ["127.0.0.1 9001", ":: 9002", ":: 9003", "0.0.0.0 9004"]))
            #expect(listeners.first { $0.port == 9003 }?.states["ESTABLISHED"] == 4)
        }
    }
}
