import Testing

/// A change to another network namespace than the one of the command.
@Suite(
    .serialized, .enabled(if: Scene.isPossible && Scene.isRoot, "needs root, to enter a namespace"))
struct `A change to another namespace` {
    private let finTimeout = "net.ipv4.tcp_fin_timeout"

    @Test func `is made there, and taken back there by whoever finds it`() throws {
        try TunedHost.run { host in
            try host.shell("mount -t tmpfs none /run && ip netns add blue")
            let there = "ip netns exec blue cat /proc/sys/net/ipv4/tcp_fin_timeout"
            let applied = try host.tcptune(
                "apply", "fin-wait-relief", "--confirm", "6s", "--netns", "blue")
            #expect(applied.status == 0, "\(applied.errors)")
            #expect(applied.output.contains("network namespace blue"))
            #expect(try host.shell(there) == "30\n")
            #expect(try host.value(finTimeout) == "60")
            #expect(try host.status().settings.first?.now == "30")
            #expect(try host.waits { try host.shell(there) == "60\n" })

            #expect(
                try host.tcptune("apply", "fin-wait-relief", "--yes", "--netns", "blue").status == 0
            )
            #expect(try host.tcptune("rollback", "--last").status == 0)
            #expect(try host.shell(there) == "60\n")
            try host.shell("ip netns delete blue")
        }
    }

    @Test func `is taken back with all others`() throws {
        try TunedHost.run { host in
            try host.shell("mount -t tmpfs none /run && ip netns add blue")
            #expect(
                try host.tcptune("apply", "fin-wait-relief", "--yes", "--netns", "blue").status == 0
            )
            #expect(try host.tcptune("apply", "outbound-reuse", "--yes", "--persist").status == 0)
            let back = try host.tcptune("rollback", "--all")
            #expect(back.status == 0, "\(back.errors)")
            #expect(back.output.contains(finTimeout) && back.output.contains("tcp_tw_reuse"))
            #expect(
                try host.shell("ip netns exec blue cat /proc/sys/net/ipv4/tcp_fin_timeout")
                    == "60\n")
            #expect(try host.value("net.ipv4.tcp_tw_reuse") == "2")
            #expect(try host.status().settings.isEmpty)
            #expect(try host.tcptune("rollback", "--all").output.contains("Nothing to do"))
            try host.shell("ip netns delete blue")
        }
    }

    @Test func `goes with its namespace`() throws {
        try TunedHost.run { host in
            try host.shell("mount -t tmpfs none /run && ip netns add blue")
            #expect(
                try host.tcptune("apply", "fin-wait-relief", "--yes", "--netns", "blue").status == 0
            )
            // It is there as long as anybody is in it; on a busy machine the guard may not have left yet.
            try host.shell(
                """
                namespace=$(ip netns exec blue readlink /proc/self/ns/net)
                ip netns delete blue
                for i in $(seq 600); do
                    ls -l /proc/[0-9]*/ns/net 2>/dev/null | grep -qF "$namespace" || break
                    sleep 0.1
                done
                """)
            let rollback = try host.tcptune("rollback", "--last")
            #expect(rollback.status == 0)
            #expect(rollback.output.contains("is gone"))
            #expect(try host.value(finTimeout) == "60")
        }
    }

    @Test func `is not made to stay at boot, which sets the values of the first one`() throws {
        try TunedHost.run { host in
            let refused = try host.tcptune(
                "apply", "fin-wait-relief", "--yes", "--persist", "--netns", "init")
            #expect(refused.status == 64)
        }
    }
}
