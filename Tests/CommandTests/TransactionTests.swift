import Glibc
import Testing

/// The contract for changing a host, one promise a test, on hosts of their own.
@Suite(.serialized, .enabled(if: Scene.isPossible, Comment(rawValue: Scene.reason)))
struct `A change to a host` {
    private let finTimeout = "net.ipv4.tcp_fin_timeout"

    @Test func `is taken back at its deadline, when nobody confirms it`() throws {
        try TunedHost.run { host in
            let before = try host.everySetting()
            let applied = try host.tcptune("apply", "fin-wait-relief", "--confirm", "3s")
            #expect(applied.status == 0, "\(applied.errors)")
            #expect(try host.value(finTimeout) == "30")
            #expect(try host.status().transaction?.state == "APPLIED")
            let late = try host.lateness(of: finTimeout, becoming: "60")
            #expect(late.seconds > -0.01 && late.seconds < late.allowed, "\(late)")
            #expect(try host.everySetting() == before)
            #expect(try host.waits { try host.status().transaction == nil })
        }
    }

    @Test func `stays once it is confirmed, and to confirm twice is to confirm once`() throws {
        try TunedHost.run { host in
            #expect(
                try host.tcptune("apply", "fin-wait-relief", "--confirm", "6s", "--persist").status
                    == 0)
            let id = try #require(try host.status().transaction?.id)
            #expect(try host.tcptune("confirm", id).status == 0)
            let files = try host.everyFile()
            #expect(try host.tcptune("confirm", id).status == 0)
            usleep(6_300_000)
            #expect(try host.value(finTimeout) == "30")
            #expect(try host.everyFile() == files)
            #expect(try host.tcptune("confirm", "0000").status == 8)
        }
    }

    @Test func `leaves nothing that survives a reboot before it is confirmed`() throws {
        try TunedHost.run { host in
            let boot = try host.shell("ls -A /etc/sysctl.d")
            #expect(
                try host.tcptune("apply", "fin-wait-relief", "--confirm", "1m", "--persist").status
                    == 0)
            #expect(try host.shell("ls -A /etc/sysctl.d") == boot)
            // The machine comes up with a value of its own, which the journal of before must not touch.
            try host.reboot([finTimeout: "47"])
            let recovery = try host.tcptune("recover")
            #expect(recovery.status == 0)
            #expect(recovery.output.contains("the host rebooted"))
            #expect(try host.value(finTimeout) == "47")
            #expect(try host.shell("ls -A /etc/sysctl.d") == boot)
            let files = try host.everyFile()
            #expect(try host.tcptune("recover").output.contains("Nothing to do"))
            #expect(try host.everyFile() == files)
        }
    }

    @Test func `is made to stay at boot by one file, and is taken out of it again`() throws {
        try TunedHost.run { host in
            #expect(try host.tcptune("apply", "fin-wait-relief", "--yes", "--persist").status == 0)
            let first = try host.shell("cat /etc/sysctl.d/60-tcptune.conf")
            #expect(first.contains("\(finTimeout) = 30\n"))
            #expect(try host.shell("stat -c %a /etc/sysctl.d/60-tcptune.conf") == "644\n")
            #expect(try host.tcptune("apply", "outbound-reuse", "--yes", "--persist").status == 0)
            let both = try host.shell("cat /etc/sysctl.d/60-tcptune.conf")
            #expect(
                both.contains("\(finTimeout) = 30\n")
                    && both.contains("net.ipv4.tcp_tw_reuse = 1\n"))
            #expect(try host.tcptune("rollback", "--last").status == 0)
            #expect(try host.shell("cat /etc/sysctl.d/60-tcptune.conf") == first)
            #expect(try host.tcptune("rollback", "--last").status == 0)
            #expect(try host.shell("ls /etc/sysctl.d") == "")
        }
    }

    @Test func `is not persisted where another file wins at boot, unless that is wanted`() throws {
        try TunedHost.run(["--boot", "99-z.conf=\(finTimeout) = 45"]) { host in
            let refused = try host.tcptune("apply", "fin-wait-relief", "--yes", "--persist")
            #expect(refused.status == 7)
            #expect(refused.errors.contains("/etc/sysctl.d/99-z.conf:1"))
            #expect(try host.value(finTimeout) == "60")
            #expect(
                try host.tcptune("apply", "fin-wait-relief", "--yes", "--persist", "--force").status
                    == 0)
            #expect(try host.status().settings.first?.after_reboot == "45")
        }
    }

    @Test func `leaves a value that somebody else has set since`() throws {
        try TunedHost.run { host in
            #expect(try host.tcptune("apply", "outbound-reuse", "--yes").status == 0)
            try host.set("net.ipv4.tcp_tw_reuse", "0")
            let rollback = try host.tcptune("rollback", "--last")
            #expect(rollback.status == 7)
            #expect(
                rollback.output.contains("net.ipv4.tcp_tw_reuse is 0, which no transaction set"))
            #expect(try host.value("net.ipv4.tcp_tw_reuse") == "0")
            // The others are back.
            #expect(try host.value("net.ipv4.ip_local_port_range") == "32768 60999")
        }
    }

    @Test func `is one at a time`() throws {
        try TunedHost.run { host in
            #expect(try host.tcptune("apply", "fin-wait-relief", "--confirm", "30s").status == 0)
            let second = try host.tcptune("apply", "outbound-reuse", "--yes")
            #expect(second.status == 75)
            #expect(second.errors.contains("guard is process"))
            let lock = try host.scene.program(
                ["python3", "-c", Self.holdingTheLock], output: nil)
            defer { _ = try? lock.outcome() }
            #expect(host.waits { (try? host.shell("test -e /var/lib/held")) != nil })
            let third = try host.tcptune("rollback")
            #expect(third.status == 75)
            #expect(third.errors.contains("process 4242"))
            try host.shell("touch /var/lib/free")
        }
    }

    private static let holdingTheLock = """
        import fcntl, os, time
        f = open("/var/lib/tcptune/lock", "w"); fcntl.flock(f, fcntl.LOCK_EX)
        f.write("4242\\n"); f.flush(); open("/var/lib/held", "w"); end = time.time() + 60
        while time.time() < end and not os.path.exists("/var/lib/free"): time.sleep(0.01)
        """

    @Test func `that is over and not yet taken back is called so`() throws {
        try TunedHost.run { host in
            #expect(try host.tcptune("apply", "fin-wait-relief", "--confirm", "6s").status == 0)
            let pid = try host.guardian()
            try host.shell("kill -STOP \(pid)")
            defer { _ = try? host.shell("touch /var/lib/free; kill -CONT \(pid)") }
            let lock = try host.scene.program(["python3", "-c", Self.holdingTheLock])
            defer { _ = try? lock.outcome() }
            let deadline = try host.deadline()
            #expect(host.waits { (try? host.shell("test -e /var/lib/held")) != nil })
            let before = try host.tcptune("status")
            #expect(before.output.contains("waiting for confirmation"))
            let clock = "import time; print(time.clock_gettime(time.CLOCK_BOOTTIME))"
            #expect(
                try host.waits {
                    try Double(host.shell("python3 -c '\(clock)' | tr -d '\\n'")).map {
                        $0 > deadline
                    }
                        ?? false
                })
            let status = try host.tcptune("status")
            #expect(status.status == 0, "\(status.errors)")
            #expect(status.output.contains("fin-wait-relief: not confirmed"), "\(status.output)")
            #expect(status.output.contains("not confirmed in time: its deadline passed"))
            #expect(!status.output.contains("reverts in"))
            #expect(!status.output.contains("tcptune confirm"))
            try host.shell("touch /var/lib/free; kill -CONT \(pid)")
            #expect(try host.waits { try host.value(finTimeout) == "60" })
            #expect(try host.waits { try host.status().transaction == nil })
        }
    }

    @Test func `is undone by the next command, when its guard was killed and its time is over`()
        throws
    {
        try TunedHost.run { host in
            #expect(try host.tcptune("apply", "fin-wait-relief", "--confirm", "6s").status == 0)
            try host.killGuard()
            usleep(6_200_000)
            #expect(try host.value(finTimeout) == "30")
            let recovery = try host.tcptune("recover")
            #expect(recovery.status == 0)
            #expect(try host.value(finTimeout) == "60")
        }
    }

    @Test func `gets another guard, when its guard was killed before its time`() throws {
        try TunedHost.run { host in
            #expect(try host.tcptune("apply", "fin-wait-relief", "--confirm", "6s").status == 0)
            try host.killGuard()
            let status = try host.tcptune("status")
            #expect(status.errors.contains("a new one is watching"))
            #expect(try host.value(finTimeout) == "30")
            #expect(try host.waits { try host.value(finTimeout) == "60" })
        }
    }

    @Test(arguments: ["schema", "checksum", "short"])
    func `is not judged by a journal that cannot be understood`(_ damage: String) throws {
        try TunedHost.run { host in
            #expect(try host.tcptune("apply", "fin-wait-relief", "--confirm", "30s").status == 0)
            let edit = [
                "schema":
                    "b=$(sed -e 's/^tcptune-transaction 1/tcptune-transaction 2/' -e '$d' transaction; echo x); "
                    + "b=${b%x}; printf '%s' \"$b\" > transaction; printf 'sha256 %s\\n' $(sha256sum < transaction | cut -c1-64) "
                    + ">> transaction",
                "checksum": "sed -i 's/^before 60/before 61/' transaction",
                "short": "truncate -s -70 transaction",
            ]
            try host.shell("cd /var/lib/tcptune && \(edit[damage] ?? "false")")
            let recovery = try host.tcptune("recover")
            #expect(recovery.status == 65)
            #expect(recovery.errors.contains("sysctl -w \(finTimeout)='6"))
            #expect(try host.value(finTimeout) == "30")
            #expect(try host.shell("ls /var/lib/tcptune").contains("transaction.corrupt-1"))
            #expect(try host.tcptune("recover").status == 0)
            #expect(try host.tcptune("apply", "outbound-reuse", "--yes").status == 0)
        }
    }

    @Test func `changes no file where there is nothing to change`() throws {
        try TunedHost.run(["--set", "\("net.ipv4.tcp_fin_timeout")=30"]) { host in
            let files = try host.everyFile()
            let outcome = try host.tcptune("apply", "fin-wait-relief", "--yes")
            #expect(outcome.status == 0)
            #expect(outcome.output.contains("Nothing to do"))
            #expect(try host.everyFile() == files)
        }
    }

    @Test func `asks on a terminal, before and after`() throws {
        try TunedHost.run { host in
            let ask =
                "printf '%s' | script -qec '\(Program.tcptune) apply fin-wait-relief' /dev/null"
            func answers(_ text: String) throws -> Program.Outcome {
                try host.scene.run(["sh", "-c", ask.replacing("%s", with: text)])
            }
            #expect(try answers("n\\n").status == 2)
            #expect(try host.value(finTimeout) == "60")
            #expect(try answers("y\\nn\\n").status == 4)
            #expect(try host.value(finTimeout) == "60")
            let kept = try answers("y\\ny\\n")
            #expect(kept.status == 0, "\(kept.output)")
            #expect(try host.value(finTimeout) == "30")
            #expect(kept.output.contains("Keep this change?"))
        }
    }

    @Test func `asks nobody where there is no terminal`() throws {
        try TunedHost.run { host in
            let outcome = try host.tcptune("apply", "fin-wait-relief")
            #expect(outcome.status == 64)
            #expect(outcome.errors.contains("--yes"))
        }
    }

    @Test func `leaves a boot-time file that was edited by hand, and says so`() throws {
        try TunedHost.run { host in
            #expect(
                try host.tcptune("apply", "fin-wait-relief", "--yes", "--persist").status == 0)
            try host.shell("echo '# mine' >> /etc/sysctl.d/60-tcptune.conf")
            let file = try host.shell("cat /etc/sysctl.d/60-tcptune.conf")
            let refused = try host.tcptune("apply", "outbound-reuse", "--yes", "--persist")
            #expect(refused.status == 7)
            #expect(refused.errors.contains("was edited"))
            #expect(try host.value("net.ipv4.tcp_tw_reuse") == "2")
            #expect(try host.tcptune("rollback", "--last").status == 7)
            #expect(try host.value(finTimeout) == "60")
            #expect(try host.shell("cat /etc/sysctl.d/60-tcptune.conf") == file)
            #expect(try host.tcptune("status").output.contains("was edited"))
        }
    }

    @Test func `takes a plan that was saved, as long as it is true`() throws {
        try TunedHost.run { host in
            #expect(
                try host.tcptune("plan", "outbound-reuse", "-o", "/var/lib/plan.json").status == 1)
            try host.set("net.ipv4.tcp_tw_reuse", "0")
            #expect(try host.tcptune("apply", "/var/lib/plan.json", "--yes").status == 7)
            #expect(try host.value("net.ipv4.ip_local_port_range") == "32768 60999")
            try host.set("net.ipv4.tcp_tw_reuse", "2")
            #expect(try host.tcptune("apply", "/var/lib/plan.json", "--yes").status == 0)
            #expect(try host.value("net.ipv4.tcp_tw_reuse") == "1")
            // Anybody may have written it.
            try host.shell("chmod 666 /var/lib/plan.json")
            #expect(try host.tcptune("apply", "/var/lib/plan.json", "--yes").status == 78)
        }
    }

    @Test(.enabled(if: AnotherUser.isPossible, Comment(rawValue: AnotherUser.reason)))
    func `is root's to make, and others are told what to type`() throws {
        try TunedHost.run { host in
            for words in [
                ["apply", "web-server", "--yes"], ["confirm"], ["rollback"], ["recover"],
            ] {
                let outcome = try host.scene.run(
                    AnotherUser.words + [AnotherUser.tcptune] + words)
                #expect(outcome.status == 77, "\(words): \(outcome.errors)")
                #expect(outcome.errors.contains("sudo tcptune \(words[0])"))
            }
        }
    }

    @Test func `that boot made is taken out of boot, and named until the next one`() throws {
        try TunedHost.run { host in
            #expect(
                try host.tcptune("apply", "fin-wait-relief", "--yes", "--persist").status == 0)
            // The kernel's default, and then what boot sets from the file.
            try host.reboot([finTimeout: "30"])
            #expect(try host.status().settings.first?.now == "30")
            let back = try host.tcptune("rollback", "--all")
            #expect(back.status == 0, "\(back.errors)")
            #expect(back.output.contains("active until the next reboot"))
            #expect(try host.value(finTimeout) == "30")
            #expect(try host.shell("ls /etc/sysctl.d") == "")
            #expect(try host.status().settings.isEmpty)
        }
    }

    @Test(.enabled(if: AnotherUser.isPossible, Comment(rawValue: AnotherUser.reason)))
    func `that nobody made is no complaint of an ordinary user's status`() throws {
        try TunedHost.run { host in
            let status = try host.scene.run(
                AnotherUser.words + [AnotherUser.tcptune, "status"])
            #expect(status.status == 0, "\(status.errors)")
            #expect(status.output.contains("No tcptune changes are active"))
            #expect(!status.output.contains("cannot use"), "\(status.output)")
        }
    }

    @Test func `of which nothing can be had is a failure, whatever is left out`() throws {
        try TunedHost.run(["--read-only"]) { host in
            for words in [["--yes"], ["--yes", "--keep-going"]] {
                let outcome = try host.scene.run(
                    [Program.tcptune, "apply", "fin-wait-relief"] + words)
                #expect(outcome.status == 2, "\(words): \(outcome.output)")
                #expect(outcome.errors.contains("read-only"))
            }
        }
    }
}
