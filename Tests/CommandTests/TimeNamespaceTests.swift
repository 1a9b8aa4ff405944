import Testing

/// Clocks since boot that are set apart: a change made in a time namespace and one that is looked at from within.
@Suite(
    .serialized,
    .enabled(
        if: Scene.isPossible && Scene.isRoot && TimeNamespaces.areThere,
        "needs root, and a kernel and unshare with time namespaces"))
struct `A time namespace` {
    private let finTimeout = "net.ipv4.tcp_fin_timeout"

    private func inside(_ host: TunedHost, _ words: String...) throws -> Program.Outcome {
        try host.scene.run(TimeNamespaces.words + [Program.tcptune] + words)
    }

    @Test func `in which a change is made does not move its deadline`() throws {
        try TunedHost.run { host in
            let applied = try inside(host, "apply", "fin-wait-relief", "--confirm", "8s")
            #expect(applied.status == 0, "\(applied.errors)")
            let deadline = try host.deadline()
            let status = try host.tcptune("status")
            #expect(status.errors.isEmpty, "its guard is known from outside: \(status.errors)")
            let left = try #require(try host.status().transaction?.deadline_seconds)
            #expect(left > 0 && left < 8)
            #expect(try inside(host, "status").output.contains("reverts in"))
            let late = try host.lateness(of: finTimeout, becoming: "60", deadline: deadline)
            #expect(late.seconds > -0.01 && late.seconds < late.allowed, "\(late)")
        }
    }

    @Test func `sees the deadline of a change that was made outside`() throws {
        try TunedHost.run { host in
            #expect(try host.tcptune("apply", "fin-wait-relief", "--confirm", "30s").status == 0)
            let status = try inside(host, "status")
            #expect(status.status == 0 && status.errors.isEmpty, "\(status.errors)")
            #expect(status.output.contains("waiting for confirmation"))
            #expect(try host.value(finTimeout) == "30")
            #expect(try inside(host, "extend", "9s").status == 0)
            let left = try #require(try host.status().transaction?.deadline_seconds)
            #expect(left > 0 && left <= 9)
            #expect(try inside(host, "confirm").status == 0)
            #expect(try host.value(finTimeout) == "30")
            #expect(try inside(host, "rollback", "--last").status == 0)
            #expect(try host.value(finTimeout) == "60")
        }
    }

    @Test func `is undone from outside by whoever asks for it`() throws {
        try TunedHost.run { host in
            let applied = try inside(host, "apply", "fin-wait-relief", "--confirm", "30s")
            #expect(applied.status == 0, "\(applied.errors)")
            #expect(try host.tcptune("rollback").status == 0)
            #expect(try host.value(finTimeout) == "60")
        }
    }

    @Test func `whose clock cannot be told is said to be so, and nothing is judged by it`() throws {
        try TunedHost.run { host in
            #expect(try host.tcptune("apply", "fin-wait-relief", "--confirm", "30s").status == 0)
            let files = try host.everyFile()
            func hidden(_ words: String) throws -> Program.Outcome {
                try host.scene.run(
                    TimeNamespaces.words + [
                        "sh", "-c",
                        "mount --bind /dev/null /proc/$$/timens_offsets && exec \(Program.tcptune) \(words)",
                    ])
            }
            for words in ["confirm", "rollback", "recover", "apply web-server --yes"] {
                let outcome = try hidden(words)
                #expect(outcome.status == 69, "\(words): \(outcome.errors)")
                #expect(outcome.errors.contains("timens_offsets"))
            }
            let status = try hidden("status")
            #expect(status.status == 0, "\(status.errors)")
            #expect(status.output.contains("its deadline is unknown in this time namespace"))
            #expect(try hidden("status --json").output.contains("\"deadline_seconds\" : null"))
            #expect(try host.value(finTimeout) == "30")
            #expect(try host.everyFile() == files)
            #expect(try host.tcptune("rollback").status == 0)
        }
    }
}

private enum TimeNamespaces {
    /// What a command in one begins with.
    static let words = ["unshare", "--time", "--boottime", "100000", "--fork"]
    static let areThere = (try? Program.run(words + ["true"]).status) == 0
}
