import Testing

/// Processes numbered anew and a network of its own: what a container has, and a host does not.
@Suite(.serialized, .enabled(if: Scene.isPossible, Comment(rawValue: Scene.reason)))
struct `A container` {
    private static let lines = [
        "--boot", "90-a.conf=net.ipv4.tcp_tw_recycle = 1",
        "91-b.conf=net.ipv4.tcp_fin_timeout = 30",
    ]

    @Test func `is not taken for the host that its files could set`() throws {
        try Scene.run("settings", Self.lines + ["--listen", "8080"], asContainer: true) { scene in
            let outcome = try scene.run([Program.tcptune, "audit", "--json"])
            #expect(outcome.output.contains("\"is_init\" : false"))
            let audit = try AuditOutput(outcome)
            for rule in `Boot files`.all + ["fin-timeout-trap"] {
                #expect(audit.finding(rule) == nil, "found: \(audit.summary)")
            }
            let unseen = audit.data.unseen.map(\.what)
            #expect(unseen.contains("processes outside of this container"), "\(unseen)")
            #expect(unseen.contains("what the host sets at boot"), "\(unseen)")
            let origins = try scene.run([Program.tcptune, "knobs", "--origin"]).output
            #expect(origins.contains("do not apply to"), "\(origins)")
        }
    }

    @Test func `has no namespace that is the host's`() throws {
        try Scene.run("settings", ["--second"], asContainer: true) { scene in
            let both = try scene.audit(["--netns", "all"]).data.namespaces ?? []
            #expect(both.count == 2)
            #expect(!both.flatMap(\.findings).contains { $0.rule == "namespace-differs" })
            let refused = try scene.run([Program.tcptune, "audit", "--netns", "init"])
            #expect(refused.status == 66)
            #expect(refused.errors.contains("run tcptune on the host"), "\(refused.errors)")
        }
    }

    @Test func `sends what is the host's to the host`() throws {
        try Scene.run("settings", ["--listen", "8080"], asContainer: true) { scene in
            let page = try scene.run([Program.tcptune, "audit"]).output
            #expect(page.contains("network namespace container"), "\(page)")
        }
    }

    @Test func `is not told that its file is for boot`() throws {
        try TunedHost.run(asContainer: true) { host in
            let waiting = try host.tcptune(
                "apply", "fin-wait-relief", "--confirm", "1m", "--persist")
            #expect(waiting.status == 0, "\(waiting.errors)")
            let confirmed = try host.tcptune("confirm")
            for page in [waiting.output, confirmed.output] {
                let words = page.split { $0 == " " || $0 == "\n" }.joined(separator: " ")
                #expect(words.contains("no boot reads that file"), "\(page)")
                #expect(words.contains("docker run --sysctl"), "\(page)")
                #expect(!words.contains("sets it at boot"), "\(page)")
            }
        }
        try TunedHost.run { host in
            let kept = try host.tcptune("apply", "fin-wait-relief", "--yes", "--persist").output
            let words = kept.split { $0 == " " || $0 == "\n" }.joined(separator: " ")
            #expect(words.contains("sets it at boot") && !words.contains("container"), "\(kept)")
        }
    }
}
