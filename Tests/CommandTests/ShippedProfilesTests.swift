import Testing

/// The profiles that are shipped, applied to hosts of their own and taken back.
@Suite(.serialized, .enabled(if: Scene.isPossible, Comment(rawValue: Scene.reason)))
struct `Shipped profiles` {
    static let names = [
        "outbound-reuse", "reverse-proxy", "web-server", "many-idle-connections", "nat-gateway",
        "fin-wait-relief", "kernel-defaults",
    ]

    @Test(arguments: names)
    func `are taken back to the last byte`(_ name: String) throws {
        try TunedHost.run { host in
            let before = try host.everySetting()
            let applied = try host.tcptune("apply", name, "--yes", "--keep-going")
            #expect(applied.status == 0, "\(applied.errors)")
            if name != "kernel-defaults" { #expect(try host.everySetting() != before) }
            _ = try host.tcptune("rollback", "--last")
            #expect(try host.everySetting() == before)
        }
    }

    @Test(arguments: [names, names.reversed(), names.shuffled()])
    func `are taken back all at once, in whatever order they were stacked`(_ order: [String]) throws
    {
        try TunedHost.run { host in
            let before = try host.everySetting()
            for name in order {
                let applied = try host.tcptune("apply", name, "--yes", "--keep-going", "--persist")
                #expect(applied.status == 0, "\(order) \(name): \(applied.errors)")
            }
            #expect(try host.everySetting() != before)
            let back = try host.tcptune("rollback", "--all")
            #expect(back.status == 0, "\(order): \(back.output)\(back.errors)")
            #expect(try host.everySetting() == before)
            #expect(try host.shell("ls /etc/sysctl.d") == "")
            #expect(try host.status().settings.isEmpty)
        }
    }
}
