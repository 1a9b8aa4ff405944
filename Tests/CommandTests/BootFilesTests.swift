import Testing

/// What files under /etc/sysctl.d say, against what the kernel has: in a container, whose files are its own.
@Suite(.serialized, .enabled(if: Scene.isPossible, Comment(rawValue: Scene.reason)))
struct `Boot files` {
    static let all = [
        "setting-removed", "setting-unknown", "setting-shadowed", "setting-drifted",
        "setting-misread",
    ]

    @Test(
        arguments: [
            ("setting-removed", ["90-a.conf=net.ipv4.tcp_tw_recycle = 1"], [], ""),
            ("setting-unknown", ["90-a.conf=net.ipv4.tcp_fin_timout = 30"], [], ""),
            (
                "setting-shadowed",
                ["10-a.conf=net.ipv4.tcp_tw_reuse = 1", "90-b.conf=net.ipv4.tcp_tw_reuse = 0"],
                ["net.ipv4.tcp_tw_reuse=0"], ""
            ),
            ("setting-drifted", ["90-a.conf=net.ipv4.tcp_tw_reuse = 1"], [], ""),
            (
                "setting-misread", ["90-a.conf=net.ipv4.tcp_keepalive_time = 0600"],
                ["net.ipv4.tcp_keepalive_time=384"], ""
            ),
            (
                "fin-timeout-trap", ["90-a.conf=net.ipv4.tcp_fin_timeout = 30"],
                ["net.ipv4.tcp_fin_timeout=30"], "myth"
            ),
        ] as [(String, [String], [String], String)])
    func `are found out`(
        _ rule: String, _ lines: [String], _ values: [String], _ severity: String
    ) throws {
        let audit = try audit(lines, values)
        let finding = audit.finding(rule)
        #expect(finding != nil, "found: \(audit.summary)")
        if !severity.isEmpty { #expect(finding?.severity == severity) }
        for other in Self.all where other != rule {
            #expect(audit.finding(other) == nil, "found: \(audit.summary)")
        }
    }

    @Test func `that say what the kernel has are left in peace`() throws {
        let audit = try audit(
            ["90-a.conf=net.ipv4.tcp_tw_reuse = 1", "90-a.conf=net.ipv4.tcp_keepalive_time = 600"],
            ["net.ipv4.tcp_tw_reuse=1", "net.ipv4.tcp_keepalive_time=600"])
        for rule in Self.all { #expect(audit.finding(rule) == nil, "found: \(audit.summary)") }
    }

    @Test func `and the host's values do not reach another namespace`() throws {
        let words = ["--set", "net.ipv4.tcp_tw_reuse=1", "net.ipv4.tcp_fin_timeout=20", "--second"]
        try Scene.run("settings", words, asContainer: true) { scene in
            let both = try scene.audit(["--netns", "all"]).data.namespaces ?? []
            #expect(both.count == 2)
            let differing = both.flatMap(\.findings).filter { $0.rule == "namespace-differs" }
            #expect(differing.count == 1)
            let alone = try scene.audit(["--netns", "init"])
            #expect(alone.finding("namespace-differs") == nil)
        }
    }

    private func audit(_ lines: [String], _ values: [String]) throws -> AuditOutput {
        let words = ["--boot"] + lines + (values.isEmpty ? [] : ["--set"] + values)
        return try Scene.run("settings", words, asContainer: true) { try $0.audit() }
    }
}
