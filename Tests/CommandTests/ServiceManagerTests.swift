import Glibc
import Testing

/// A guard where systemd seems to run and cannot start it; where it does is shown by `make reboot`.
@Suite(.enabled(if: Scene.isPossible, Comment(rawValue: Scene.reason)))
struct `A guard that systemd does not start` {
    private static let systemdRun = "/usr/bin/systemd-run"
    private static let isThere = access(systemdRun, X_OK) == 0

    private let finTimeout = "net.ipv4.tcp_fin_timeout"

    /// The one that is installed finds nobody to talk to; one that fails; one that never ends.
    @Test(
        .enabled(if: isThere, "needs systemd-run"),
        arguments: [nil, "exit 1", "exec sleep 60"] as [String?])
    func `is started by the command itself`(_ behaviour: String?) throws {
        try TunedHost.run(["--name", "systemd"], asContainer: true) { host in
            try host.shell("mount -t tmpfs none /run && mkdir -p /run/systemd/system")
            if let behaviour {
                let script = "#!/bin/sh\necho \"$@\" >/var/lib/tried\n\(behaviour)\n"
                try host.shell(
                    "printf '%s' '\(script)' >/var/lib/fake && chmod 755 /var/lib/fake && "
                        + "mount --bind /var/lib/fake \(Self.systemdRun)")
            }
            let applied = try host.tcptune("apply", "fin-wait-relief", "--confirm", "15s")
            #expect(applied.status == 0, "\(applied.errors)")
            #expect(!applied.errors.contains("systemd"))
            if behaviour != nil {
                let words = try host.shell("cat /var/lib/tried")
                let id = try #require(try host.status().transaction?.id)
                #expect(words.contains("--unit=tcptune-guard-\(id.prefix(8)).service"))
                #expect(words.contains("--property=Type=notify"))
                #expect(words.contains(" guard \(id)"))
            }
            #expect(try host.value(finTimeout) == "30")
            #expect(try host.waits { try host.value(finTimeout) == "60" })
            #expect(try host.waits { try host.status().transaction == nil })
        }
    }

    @Test(.enabled(if: isThere, "needs systemd-run"))
    func `is not asked for where the first process is another`() throws {
        try TunedHost.run(asContainer: true) { host in
            try host.shell("mount -t tmpfs none /run && mkdir -p /run/systemd/system")
            try host.shell(
                "printf '#!/bin/sh\n>/var/lib/tried\nexit 1\n' >/var/lib/fake && chmod 755 /var/lib/fake && "
                    + "mount --bind /var/lib/fake \(Self.systemdRun)")
            #expect(try host.tcptune("apply", "fin-wait-relief", "--confirm", "4s").status == 0)
            try host.shell("test ! -e /var/lib/tried")
            #expect(try host.waits { try host.value(finTimeout) == "60" })
        }
    }

    /// A container sees the machine's systemd, which sees another host than it does.
    @Test(.enabled(if: isThere, "needs systemd-run"))
    func `is not asked for where systemd sees other files`() throws {
        try TunedHost.run(["--name", "systemd"], asContainer: true) { host in
            try host.shell("mount -t tmpfs none /run && mkdir -p /run/systemd/system")
            let script = "#!/bin/sh\n>/var/lib/tried\nexit 1\n"
            try host.shell(
                "printf '%s' '\(script)' >/var/lib/fake && chmod 755 /var/lib/fake && "
                    + "mount --bind /var/lib/fake \(Self.systemdRun)")
            let applied = try host.shell(
                "unshare -m sh -c 'mkdir /var/lib/tcptune && mount -t tmpfs -o mode=700 none /var/lib/tcptune && "
                    + "\(Program.tcptune) apply fin-wait-relief --confirm 4s && test ! -e /var/lib/tried'"
            )
            #expect(applied.contains("\(finTimeout)"))
            #expect(try host.waits { try host.value(finTimeout) == "60" })
        }
    }
}
