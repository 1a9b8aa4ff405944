import Glibc
import Testing

/// Where `rollback --all` returns to, whatever became of the files that tell it.
@Suite(.serialized, .enabled(if: Scene.isPossible, "needs a user namespace or root"))
struct `The first value is not lost` {
    private let finTimeout = "net.ipv4.tcp_fin_timeout"
    private let keepalive = "net.ipv4.tcp_keepalive_time"

    /// Two profiles of one key, and one with another key: originals are 60 and 7200.
    private func withProfiles(_ body: (TunedHost) throws -> Void) throws {
        try TunedHost.run { host in
            try host.profile("a", [(finTimeout, "30")])
            try host.profile("b", [(finTimeout, "45")])
            try host.profile("c", [(finTimeout, "90"), (keepalive, "600")])
            try body(host)
        }
    }

    @Test func `with its file, when a later change is reverted and made`() throws {
        try withProfiles { host in
            #expect(try host.tcptune("apply", "/var/lib/a.toml", "--yes").status == 0)
            try host.shell("rm -r /var/lib/tcptune/original")
            #expect(try host.tcptune("apply", "/var/lib/b.toml", "--yes").status == 0)
            let all = try host.tcptune("rollback", "--all")
            #expect(all.status == 0, "\(all.output)\(all.errors)")
            #expect(all.output.contains("45 → 60"), "\(all.output)")
            #expect(try host.value(finTimeout) == "60")
        }
    }

    @Test func `with a file of before, that lacks a key`() throws {
        try withProfiles { host in
            #expect(try host.tcptune("apply", "/var/lib/a.toml", "--yes").status == 0)
            try host.shell("cp -a /var/lib/tcptune/original /var/lib/kept")
            #expect(try host.tcptune("apply", "/var/lib/c.toml", "--yes").status == 0)
            try host.shell(
                "rm -r /var/lib/tcptune/original && cp -a /var/lib/kept /var/lib/tcptune/original")
            #expect(try host.tcptune("rollback", "--all").status == 0)
            #expect(try host.value(finTimeout) == "60")
            #expect(try host.value(keepalive) == "7200")
        }
    }

    @Test func `beneath a change that was reverted where another covered it`() throws {
        try withProfiles { host in
            #expect(try host.tcptune("apply", "/var/lib/a.toml", "--yes").status == 0)
            let first = try host.shell("ls /var/lib/tcptune/history").dropFirst(9).prefix(8)
            #expect(try host.tcptune("apply", "/var/lib/b.toml", "--yes").status == 0)
            #expect(try host.tcptune("rollback", String(first)).status == 0)
            try host.shell("rm -r /var/lib/tcptune/original")
            #expect(try host.tcptune("rollback", "--all").status == 0)
            #expect(try host.value(finTimeout) == "60")
        }
    }

    @Test func `with a record that is damaged while it waits`() throws {
        try withProfiles { host in
            #expect(try host.tcptune("apply", "/var/lib/a.toml", "--confirm", "100s").status == 0)
            try host.killGuard()
            try host.shell("truncate -s 100 /var/lib/tcptune/transaction")
            for _ in 0..<2 {
                let status = try host.tcptune("status")
                #expect(status.status == 65, "\(status.output)\(status.errors)")
                let said = status.output + status.errors
                #expect(!said.contains("No tcptune changes"))
                #expect(said.contains("sysctl -w net.ipv4.tcp_fin_timeout='60'"), "\(said)")
            }
            let left = try host.tcptune("rollback", "--all")
            #expect(left.status == 7)
            #expect(
                (left.output + left.errors).contains("transaction.corrupt-1"), "\(left.output)")
            #expect(try host.value(finTimeout) == "30")
            // A new change does not make 30 the first value.
            #expect(try host.tcptune("apply", "/var/lib/b.toml", "--yes").status == 0)
            #expect(try host.tcptune("rollback", "--all").status == 0)
            #expect(try host.value(finTimeout) == "60")
            try host.shell("rm /var/lib/tcptune/transaction.corrupt-1")
            #expect(try host.tcptune("status").output.contains("No tcptune changes"))
        }
    }

    @Test func `with the state, that is removed while a change waits`() throws {
        try withProfiles { host in
            #expect(try host.tcptune("apply", "/var/lib/a.toml", "--confirm", "100s").status == 0)
            try host.shell("rm -rf /var/lib/tcptune || true")
            #expect(
                host.waits {
                    (try? host.shell("test -e /var/lib/tcptune/transaction")) != nil
                })
            let other = try host.tcptune("apply", "/var/lib/b.toml", "--yes")
            #expect(other.status == 75, "\(other.output)\(other.errors)")
            // The guard may still have the lock.
            #expect(try host.waits { try host.tcptune("rollback").status == 0 })
            #expect(try host.value(finTimeout) == "60")
        }
    }

    /// Each wait of a process ends so much later than it might that the guard has seen nothing of what the command wrote.
    @Test(
        .enabled(if: Scene.isRoot && access("/usr/bin/strace", X_OK) == 0, "needs root, and strace")
    )
    func `with the state, that is removed before the guard has looked at it`() throws {
        try withProfiles { host in
            let late =
                "strace -f -qq -o /dev/null -e trace=poll -e inject=poll:delay_exit=1500000 "
                + Program.tcptune
            try host.shell(
                "\(late) apply /var/lib/a.toml --confirm 100s >/var/lib/said 2>&1 & "
                    + "for i in $(seq 600); do grep -qs '^state APPLIED' /var/lib/tcptune/transaction && break; sleep 0.02; done; "
                    + "rm -rf /var/lib/tcptune || true")
            #expect(
                try host.waits {
                    let record = "/var/lib/tcptune/transaction"
                    return try host.shell("cat \(record) 2>/dev/null || true").contains(
                        "state APPLIED")
                })
            #expect(try host.value(finTimeout) == "30")
            #expect(try host.waits { try host.tcptune("rollback").status == 0 })
            #expect(try host.value(finTimeout) == "60")
        }
    }
}

/// What somebody else set is left, and named, whoever set the same before.
@Suite(.serialized, .enabled(if: Scene.isPossible, "needs a user namespace or root"))
struct `Another's value is left` {
    private let finTimeout = "net.ipv4.tcp_fin_timeout"
    private let keepalive = "net.ipv4.tcp_keepalive_time"

    private func withProfiles(_ body: (TunedHost) throws -> Void) throws {
        try TunedHost.run { host in
            try host.profile("a", [(finTimeout, "30")])
            try host.profile("b", [(finTimeout, "45")])
            try host.profile("c", [(finTimeout, "90"), (keepalive, "600")])
            try host.profile("d", [(finTimeout, "45"), (keepalive, "600")])
            #expect(try host.tcptune("apply", "/var/lib/a.toml", "--yes").status == 0)
            try body(host)
        }
    }

    private func expectLeft(_ host: TunedHost) throws {
        let all = try host.tcptune("rollback", "--all")
        #expect(all.status == 7, "\(all.output)\(all.errors)")
        #expect(all.output.contains("reverted, except for 1 value"), "\(all.output)")
        #expect(all.output.contains("net.ipv4.tcp_fin_timeout is 45"), "\(all.output)")
        #expect(try host.value(finTimeout) == "45")
    }

    @Test func `though a change found it`() throws {
        try withProfiles { host in
            try host.set(finTimeout, "45")
            #expect(try host.tcptune("apply", "/var/lib/d.toml", "--yes").status == 0)
            #expect(try host.tcptune("rollback", "--last").status == 0)
            try expectLeft(host)
        }
    }

    @Test func `though a change that is long reverted wrote the same`() throws {
        try withProfiles { host in
            #expect(try host.tcptune("apply", "/var/lib/b.toml", "--yes").status == 0)
            #expect(try host.tcptune("rollback", "--last").status == 0)
            try host.set(finTimeout, "45")
            try expectLeft(host)
        }
    }

    @Test func `and comes back from beneath a change`() throws {
        try withProfiles { host in
            #expect(try host.tcptune("apply", "/var/lib/b.toml", "--yes").status == 0)
            #expect(try host.tcptune("rollback", "--last").status == 0)
            try host.set(finTimeout, "45")
            #expect(try host.tcptune("apply", "/var/lib/c.toml", "--yes").status == 0)
            let last = try host.tcptune("rollback", "--last")
            #expect(last.output.contains("90 → 45"), "\(last.output)")
            #expect(try host.value(finTimeout) == "45")
        }
    }

    @Test func `but what lay beneath was a change's: its own comes from below`() throws {
        try withProfiles { host in
            #expect(try host.tcptune("apply", "/var/lib/b.toml", "--yes").status == 0)
            let second = try host.shell("ls /var/lib/tcptune/history | tail -1").dropFirst(9)
                .prefix(8)
            #expect(try host.tcptune("apply", "/var/lib/c.toml", "--yes").status == 0)
            #expect(try host.tcptune("rollback", String(second)).status == 0)
            let last = try host.tcptune("rollback", "--last")
            #expect(last.output.contains("90 → 30"), "\(last.output)")
        }
    }

    @Test func `when all is reverted, that which waits among it`() throws {
        try TunedHost.run { host in
            try host.profile("c", [(finTimeout, "90"), (keepalive, "600")])
            #expect(try host.tcptune("apply", "/var/lib/c.toml", "--confirm", "60s").status == 0)
            try host.set(finTimeout, "45")
            let all = try host.tcptune("rollback", "--all", "--json")
            #expect(all.status == 7, "\(all.output)")
            #expect(all.output.contains(#""rolled_back""#), "\(all.output)")
            #expect(all.output.contains(keepalive), "\(all.output)")
            #expect(all.output.contains("tcp_fin_timeout is 45"), "\(all.output)")
            #expect(try host.value(keepalive) == "7200")
            #expect(try host.value(finTimeout) == "45")
        }
    }
}

/// What a page says of a change that is not back in full, or that nobody here can see.
@Suite(.serialized, .enabled(if: Scene.isPossible, "needs a user namespace or root"))
struct `A page says what is so` {
    private let finTimeout = "net.ipv4.tcp_fin_timeout"

    @Test func `of values that boot set, after they are reverted`() throws {
        try TunedHost.run { host in
            try host.profile("a", [(finTimeout, "30")])
            #expect(try host.tcptune("apply", "/var/lib/a.toml", "--yes", "--persist").status == 0)
            try host.reboot([finTimeout: "30"])
            let words = "set at boot and active until the next reboot: \(finTimeout)"
            let last = try host.tcptune("rollback", "--last")
            #expect(last.output.contains(words), "\(last.output)")
            let status = try host.tcptune("status")
            #expect(status.output.contains(words), "\(status.output)")
            #expect(!status.output.contains("No tcptune changes"))
            try host.set(finTimeout, "60")
            #expect(try host.tcptune("status").output.contains("No tcptune changes"))
        }
    }

    @Test func `of a rollback that is not through, and why`() throws {
        try TunedHost.run { host in
            try host.profile("r", [("net.ipv4.ip_local_port_range", "\"40000 60999\"")])
            #expect(try host.tcptune("apply", "/var/lib/r.toml", "--yes").status == 0)
            try host.set("net.ipv4.ip_unprivileged_port_start", "35000")
            let rollback = try host.tcptune("rollback", "--last")
            #expect(rollback.status == 5)
            #expect(
                rollback.output.contains("net.ipv4.ip_unprivileged_port_start is 35000"),
                "\(rollback.output)")
            let status = try host.tcptune("status")
            #expect(status.status == 5, "\(status.output)\(status.errors)")
            #expect(status.output.contains("not yet fully reverted"), "\(status.output)")
            #expect(status.output.contains("tcptune recover"), "\(status.output)")
            for wrong in ["confirm", "by somebody", "a reboot also reverts"] {
                #expect(!status.output.contains(wrong), "\(status.output)")
            }
            try host.set("net.ipv4.ip_unprivileged_port_start", "1024")
            #expect(try host.tcptune("recover").status == 0)
            #expect(try host.value("net.ipv4.ip_local_port_range") == "32768 60999")
        }
    }

    @Test(.enabled(if: Scene.isRoot, "needs root, to see processes of another PID namespace"))
    func `of a guard in another PID namespace`() throws {
        try TunedHost.run { host in
            try host.profile("a", [(finTimeout, "30")])
            #expect(try host.tcptune("apply", "/var/lib/a.toml", "--confirm", "60s").status == 0)
            let before = try host.guardian()
            let status = try host.scene.run([
                "unshare", "-pfm", "--mount-proc", Program.tcptune, "status",
            ])
            #expect(status.errors.contains("is not visible here"), "\(status.errors)")
            #expect(!status.errors.contains("was gone"), "\(status.errors)")
            #expect(try host.guardian() == before)
            #expect(try host.value(finTimeout) == "30")
            #expect(try host.tcptune("rollback").status == 0)
        }
    }

    @Test func `of a state directory that is a link`() throws {
        try TunedHost.run { host in
            try host.shell("mkdir -m 700 /var/lib/real && ln -s /var/lib/real /var/lib/tcptune")
            try host.profile("a", [(finTimeout, "30")])
            let apply = try host.tcptune("apply", "/var/lib/a.toml", "--yes")
            #expect(apply.status == 78, "\(apply.errors)")
            #expect(apply.errors.contains("it is a symbolic link"), "\(apply.errors)")
        }
    }
}

/// What the caller's session limits must not end.
@Suite(.serialized, .enabled(if: Scene.isPossible && Scene.isRoot, "needs root, to lift limits"))
struct `The caller's limits` {
    private let finTimeout = "net.ipv4.tcp_fin_timeout"

    @Test func `are not the guard's`() throws {
        try TunedHost.run { host in
            try host.profile("a", [(finTimeout, "30")])
            let outcome = try host.scene.run([
                "prlimit", "--cpu=5:unlimited", "--fsize=100000:unlimited", "nice", "-n", "19",
                Program.tcptune,
                "apply", "/var/lib/a.toml", "--confirm", "60s",
            ])
            #expect(outcome.status == 0, "\(outcome.errors)")
            let limits = try host.shell("cat /proc/\(try host.guardian())/limits")
            for name in ["Max cpu time", "Max file size"] {
                let line = limits.split(separator: "\n").first { $0.hasPrefix(name) } ?? ""
                #expect(line.contains("unlimited"), "\(line)")
            }
            let nice = try host.shell("cut -d' ' -f19 /proc/\(try host.guardian())/stat")
            #expect(nice == "0\n")
            #expect(try host.tcptune("rollback").status == 0)
        }
    }

    @Test func `that would end a guard are no place to arm one`() throws {
        try TunedHost.run { host in
            try host.profile("a", [(finTimeout, "30")])
            let outcome = try host.scene.run([
                "prlimit", "--cpu=50", "setpriv", "--bounding-set=-sys_resource",
                "--inh-caps=-sys_resource", Program.tcptune, "apply", "/var/lib/a.toml",
                "--confirm",
                "60s",
            ])
            #expect(outcome.status == 6, "\(outcome.errors)")
            #expect(outcome.errors.contains("processor time"), "\(outcome.errors)")
            #expect(try host.value(finTimeout) == "60")
            let status = try host.tcptune("status")
            #expect(status.output.contains("was not applied"), "\(status.output)")
        }
    }

    @Test(arguments: ["confirm", "rollback"])
    func `on files end no command in the middle`(command: String) throws {
        try TunedHost.run { host in
            try host.profile("a", [(finTimeout, "30")])
            #expect(try host.tcptune("apply", "/var/lib/a.toml", "--confirm", "60s").status == 0)
            let outcome = try host.scene.run(["prlimit", "--fsize=0", Program.tcptune, command])
            #expect(outcome.status != 0 && outcome.status < 128, "\(outcome.status)")
            #expect(try host.waits { try host.value(finTimeout) == "60" })
        }
    }

    @Test func `on modes do not lock root out of its own state`() throws {
        try TunedHost.run { host in
            try host.profile("a", [(finTimeout, "30")])
            let outcome = try host.scene.run([
                "sh", "-c", "umask 0777; exec \"$0\" apply /var/lib/a.toml --yes", Program.tcptune,
            ])
            #expect(outcome.status == 0, "\(outcome.errors)")
            let modes = try host.shell(
                "cd /var/lib && stat -c %a tcptune tcptune/history tcptune/original tcptune/lock")
            #expect(modes == "700\n700\n700\n600\n")
        }
    }
}

extension TunedHost {
    /// Writes `/var/lib/NAME.toml`, which wants these values, each as TOML writes it.
    func profile(_ name: String, _ settings: [(key: String, value: String)]) throws {
        let tables = settings.map {
            "[[setting]]\nkey = \"\($0.key)\"\nvalue = \($0.value)\nwhy = \"To be reverted.\"\n"
        }
        try shell(
            """
            cat >/var/lib/\(name).toml <<'END'
            [profile]
            name = "\(name)"
            summary = "To be reverted."
            \(tables.joined())
            END
            """)
    }
}
