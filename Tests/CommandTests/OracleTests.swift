import Testing

/// The same sockets counted by others: ss(8), and /proc/net/tcp.
@Suite(.serialized, .enabled(if: Scene.isPossible, Comment(rawValue: Scene.reason)))
struct `Counts agree` {
    @Test(arguments: ["4", "6", "mapped"], ["diag", "proc"])
    func `with ss and proc in every state`(_ family: String, _ source: String) throws {
        try Scene.run("every_state", ["--family", family]) { scene in
            let audit = try scene.audit(["--source", source])
            let sockets = try Sockets(ss: scene.run(["ss", "-tanH"]).output)
            #expect(sockets.states.count >= 8)
            #expect(audit.data.states == sockets.states)
            #expect(audit.data.states == scene.facts.states)
            #expect(audit.data.states == (try Self.procStates(scene)))
        }
    }

    @Test(arguments: ["4", "6", "mapped"])
    func `with ss for every tuple and listener`(_ family: String) throws {
        try Scene.run("every_state", ["--family", family, "--count", "11"]) { scene in
            let audit = try scene.audit(["--top", "1000"])
            let sockets = try Sockets(ss: scene.run(["ss", "-tanH"]).output)
            var tuples: [String: Int] = [:]
            for tuple in audit.data.tuples {
                tuples["\(tuple.source) \(tuple.destination) \(tuple.port)"] =
                    tuple.states.values.reduce(0, +)
            }
            #expect(tuples == sockets.tuples)
            var listeners: [Int: [String: Int]] = [:]
            for listener in audit.data.listeners { listeners[listener.port] = listener.states }
            for (port, states) in sockets.listeners {
                #expect(listeners[port]?.filter { $0.key != "LISTEN" } == states, "port \(port)")
            }
            #expect(listeners.count == sockets.listeners.count)
        }
    }

    @Test func `fifty times while others come and go`() throws {
        try Scene.run("churn", ["--seconds", "300"]) { scene in
            let stable = try #require(scene.facts.stable)
            for _ in 1...50 {
                let data = try scene.audit(["--top", "100"]).data
                let tuple = data.tuples.first { $0.port == 7000 }
                let listener = data.listeners.first { $0.port == 7000 }
                #expect(tuple?.states["ESTABLISHED"] == stable)
                #expect(listener?.states["ESTABLISHED"] == stable)
            }
        }
    }

    /// State counts straight from the kernel's text.
    private static func procStates(_ scene: Scene) throws -> [String: Int] {
        let names = [
            "01": "ESTABLISHED", "02": "SYN_SENT", "03": "SYN_RECV", "04": "FIN_WAIT1",
            "05": "FIN_WAIT2", "06": "TIME_WAIT", "07": "CLOSE", "08": "CLOSE_WAIT",
            "09": "LAST_ACK", "0A": "LISTEN", "0B": "CLOSING", "0C": "SYN_RECV",
        ]
        var states: [String: Int] = [:]
        let text = try scene.run(["cat", "/proc/net/tcp", "/proc/net/tcp6"]).output
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ")
            guard words.count > 3, let name = names[String(words[3])] else { continue }
            states[name, default: 0] += 1
        }
        return states
    }
}
