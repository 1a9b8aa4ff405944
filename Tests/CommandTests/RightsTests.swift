import Testing

/// Less than all rights: what can be told is told, the rest is named as unseen.
@Suite(.serialized, .enabled(if: Scene.isPossible, Comment(rawValue: Scene.reason)))
struct `With fewer rights` {
    @Test(.enabled(if: AnotherUser.isPossible, Comment(rawValue: AnotherUser.reason)))
    func `another user's audit says whose processes it did not see`() throws {
        try Scene.run("close_wait") { scene in
            let outcome = try scene.run(
                AnotherUser.words + [AnotherUser.tcptune, "audit", "--json"])
            #expect(outcome.status == 1, "\(outcome.errors)")
            let audit = try AuditOutput(outcome)
            #expect(audit.data.states["CLOSE_WAIT"] == 300)
            #expect(audit.finding("close-wait-leak") != nil)
            #expect(!audit.data.unseen.isEmpty)
            #expect(audit.data.listeners.first?.owner?.pids?.isEmpty ?? true)
        }
    }

    @Test func `settings that may not be written are read all the same`() throws {
        try Scene.run("settings", ["--read-only", "--listen", "8080"]) { scene in
            let audit = try scene.audit()
            #expect(audit.data.listeners.map(\.port) == [8080])
        }
    }

    @Test(.enabled(if: AnotherUser.isPossible, Comment(rawValue: AnotherUser.reason)))
    func `processes hidden by hidepid are said to be unseen`() throws {
        try Scene.run("settings", ["--hide-processes", "--listen", "8080"]) { scene in
            let outcome = try scene.run(
                AnotherUser.words + [AnotherUser.tcptune, "audit", "--json"])
            let audit = try AuditOutput(outcome)
            #expect(audit.data.listeners.map(\.port) == [8080])
            #expect(!audit.data.unseen.isEmpty)
        }
    }
}
