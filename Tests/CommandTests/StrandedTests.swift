import Testing

/// What must not be left behind for ever, though whoever undoes it cannot see or read all.
@Suite(
    .serialized, .enabled(if: Scene.isPossible && Scene.isRoot, "needs root, to enter a namespace"))
struct `A change is not forgotten` {
    private let finTimeout = "net.ipv4.tcp_fin_timeout"
    private let there = "ip netns exec blue cat /proc/sys/net/ipv4/tcp_fin_timeout"

    /// With a change to namespace `blue`, confirmed.
    private func withBlue(_ body: (TunedHost) throws -> Void) throws {
        try TunedHost.run { host in
            try host.shell("mount -t tmpfs none /run && ip netns add blue")
            #expect(
                try host.tcptune("apply", "fin-wait-relief", "--yes", "--netns", "blue").status == 0
            )
            try body(host)
            #expect(try host.shell(there) == "30\n")
            #expect(try host.tcptune("rollback", "--all").status == 0)
            #expect(try host.shell(there) == "60\n")
            try host.shell("ip netns delete blue")
        }
    }

    @Test(arguments: ["--last", "--all"])
    func `by who may not enter its namespace`(which: String) throws {
        try withBlue { host in
            let outcome = try host.scene.run([
                "setpriv", "--bounding-set=-sys_admin", "--inh-caps=-sys_admin", Program.tcptune,
                "rollback", which,
            ])
            #expect(outcome.status == 5, "\(outcome.output)\(outcome.errors)")
            #expect(!(outcome.output + outcome.errors).contains("is gone"))
        }
    }

    @Test(arguments: ["--last", "--all"])
    func `by who sees other processes only`(which: String) throws {
        try withBlue { host in
            let outcome = try host.scene.run([
                "unshare", "-pfm", "--mount-proc", "sh", "-c",
                "mount --make-rprivate / && umount -l /run/netns/blue; umount -l /run/netns; exec \"$0\" rollback \(which)",
                Program.tcptune,
            ])
            #expect(outcome.status == 5, "\(outcome.output)\(outcome.errors)")
            #expect(!(outcome.output + outcome.errors).contains("is gone"))
        }
    }

    /// `ip netns exec` changes the network, and leaves the files of boot those of process 1.
    @Test func `at boot: the files of another network are left alone`() throws {
        try TunedHost.run { host in
            for (enter, status) in [("unshare -n", 2), ("", 0)] {
                let outcome = try host.scene.run([
                    "unshare", "-pfm", "--mount-proc", "sh", "-c",
                    "\(enter) \"$0\" apply fin-wait-relief --yes --persist; exit $?",
                    Program.tcptune,
                ])
                #expect(outcome.status == status, "\(outcome.output)\(outcome.errors)")
                #expect(outcome.errors.contains("leave out --persist") == (status == 2))
                let files = try host.shell("ls /etc/sysctl.d")
                #expect(files.contains("tcptune") == (status == 0), "\(enter): \(files)")
            }
            #expect(try host.tcptune("rollback", "--all").status == 0)
        }
    }

    @Test func `where its record is damaged: its first value stays known, and its lines stay`()
        throws
    {
        try TunedHost.run { host in
            let file = "/etc/sysctl.d/60-tcptune.conf"
            #expect(try host.tcptune("apply", "fin-wait-relief", "--yes", "--persist").status == 0)
            let record = try host.shell("ls /var/lib/tcptune/history/*").dropLast()
            try host.shell("cp \(record) /var/lib/good && truncate -s 40 \(record)")
            // Another change to other settings, and its end.
            #expect(try host.tcptune("apply", "outbound-reuse", "--yes", "--persist").status == 0)
            #expect(try host.shell("ls /var/lib/tcptune/history").contains("00000002-"))
            let last = try host.tcptune("rollback", "--last")
            #expect(last.status == 0, "\(last.output)\(last.errors)")
            #expect((last.output + last.errors).contains("is damaged"), "\(last.output)")
            #expect(try host.value("net.ipv4.tcp_tw_reuse") == "2")
            #expect(try host.shell("cat \(file)").contains("tcp_fin_timeout = 30"))
            let all = try host.tcptune("rollback", "--all")
            #expect(all.status != 0)
            #expect(
                (all.output + all.errors).contains("sysctl -w net.ipv4.tcp_fin_timeout='60'"),
                "\(all.output)\(all.errors)")
            #expect(try host.shell("cat /var/lib/tcptune/original/*").contains("fin_timeout"))
            try host.shell("cp /var/lib/good \(record)")
            #expect(try host.tcptune("rollback", "--all").status == 0)
            #expect(try host.value(finTimeout) == "60")
            #expect(try host.shell("ls /etc/sysctl.d").isEmpty)
        }
    }

    @Test func `where its first value is damaged: what the history tells is as good`() throws {
        try TunedHost.run { host in
            #expect(try host.tcptune("apply", "fin-wait-relief", "--yes").status == 0)
            try host.shell("for f in /var/lib/tcptune/original/*; do truncate -s 20 \"$f\"; done")
            let all = try host.tcptune("rollback", "--all")
            #expect(all.status == 0, "\(all.output)\(all.errors)")
            #expect(try host.value(finTimeout) == "60")
            #expect(try host.status().settings.isEmpty)
        }
    }

    @Test(arguments: ["mkfifo", "mkdir", "ln -s /nowhere"])
    func `where something odd stands in the boot-time file's place`(make: String) throws {
        try TunedHost.run { host in
            #expect(try host.tcptune("apply", "fin-wait-relief", "--yes").status == 0)
            try host.shell("\(make) /etc/sysctl.d/60-tcptune.conf")
            let all = try host.tcptune("rollback", "--all")
            #expect(try host.value(finTimeout) == "60")
            #expect((all.output + all.errors).contains("60-tcptune.conf"), "\(all.output)")
            #expect(try host.status().settings.isEmpty)
        }
    }

    @Test func `of one namespace where another's cannot be undone`() throws {
        try TunedHost.run { host in
            try host.shell("mount -t tmpfs none /run && ip netns add blue")
            try host.shell(
                """
                cat >/run/narrow.toml <<'END'
                [profile]
                name = "narrow"
                summary = "Fewer ports."
                [[setting]]
                key = "net.ipv4.ip_local_port_range"
                value = "40000 60999"
                why = "To be refused when it is undone."
                END
                """)
            #expect(
                try host.tcptune("apply", "/run/narrow.toml", "--yes", "--netns", "blue").status
                    == 0)
            #expect(try host.tcptune("apply", "fin-wait-relief", "--yes", "--persist").status == 0)
            // The range of before begins below it, and is refused.
            let start = "ip netns exec blue sysctl -qw net.ipv4.ip_unprivileged_port_start="
            try host.shell("\(start)35000")
            #expect(try host.tcptune("rollback", "--all").status == 5)
            #expect(try host.value(finTimeout) == "60")
            #expect(try host.shell("ls /etc/sysctl.d").isEmpty)
            try host.shell("\(start)1024")
            #expect(try host.tcptune("rollback", "--all").status == 0)
            let range = "ip netns exec blue cat /proc/sys/net/ipv4/ip_local_port_range"
            #expect(try host.shell(range).hasPrefix("32768"))
            try host.shell("ip netns delete blue")
        }
    }

    @Test(arguments: ["USR1", "USR2", "ALRM", "PROF", "IO", "PWR", "XCPU", "TERM"])
    func `by a guard that a signal reaches`(signal: String) throws {
        try TunedHost.run { host in
            #expect(try host.tcptune("apply", "fin-wait-relief", "--confirm", "60s").status == 0)
            try host.shell("kill -\(signal) \(try host.guardian())")
            #expect(try host.waits { try host.value(finTimeout) == "60" })
        }
    }

    @Test func `by a guard that may write no file of its length`() throws {
        try TunedHost.run { host in
            let outcome = try host.scene.run([
                "sh", "-c",
                """
                size=$("$0" apply fin-wait-relief --confirm 60s >/dev/null && stat -c %s /var/lib/tcptune/transaction)
                "$0" rollback >/dev/null || exit 70
                for more in 0 4 8 12 16 20 24 28 32 36 40; do
                    prlimit --fsize=$((size + more)) "$0" apply fin-wait-relief --confirm 2s && exit 0
                done
                exit 71
                """,
                Program.tcptune,
            ])
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(try host.waits { try host.value(finTimeout) == "60" })
        }
    }
}
