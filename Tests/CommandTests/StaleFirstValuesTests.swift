import Glibc
import Testing

/// First values are kept for what is in force, and for nothing else: what somebody else sets later is nobody's business.
@Suite(
    .serialized,
    .enabled(if: Scene.isRoot && access("/usr/bin/strace", X_OK) == 0, "needs root, and strace"))
struct `First values go with their change` {
    private let finTimeout = "net.ipv4.tcp_fin_timeout"

    /// What somebody else has set meanwhile is not called a value that was left: nothing of the key is in force.
    private func expectNothingIsLeft(_ host: TunedHost, _ when: String) throws {
        let status = try host.status()
        if status.transaction != nil || !status.settings.isEmpty {
            #expect(try host.tcptune("rollback", "--all").status == 0, "\(when)")
        }
        try host.set(finTimeout, "77")
        let all = try host.tcptune("rollback", "--all")
        #expect(all.status == 0, "\(when): \(all.output)\(all.errors)")
        #expect(try host.value(finTimeout) == "77", "\(when)")
        try host.set(finTimeout, "60")
    }

    /// Kills a command at its first, second, … call of a kind, until it makes no more of them.
    private func killAtEach(
        _ host: TunedHost, _ words: [String], before: (() throws -> Void)? = nil
    ) throws {
        for call in ["renameat", "unlinkat"] {
            var number = 1
            var isKilled = true
            while isKilled {
                try before?()
                let when = "\(words.joined(separator: " ")), killed at \(call) \(number)"
                let outcome = try host.scene.run(
                    [
                        "strace", "-qq", "-o", "/dev/null", "-e", "trace=\(call)", "-e",
                        "inject=\(call):signal=KILL:when=\(number)", Program.tcptune,
                    ] + words)
                isKilled = ![0, 7].contains(outcome.status)
                var recovery = try host.tcptune("recover")
                // The guard of an apply that was killed takes it back as well.
                _ = try host.waits {
                    guard recovery.status == 75 else { return true }
                    recovery = try host.tcptune("recover")
                    return false
                }
                #expect(recovery.status == 0, "\(when): \(recovery.output)\(recovery.errors)")
                try expectNothingIsLeft(host, when)
                number += 1
                #expect(number < 40, "\(when): \(outcome.errors)")
                if number == 40 { return }
            }
            #expect(number > 2 || call == "unlinkat", "\(words): nothing was killed")
        }
    }

    @Test func `that is killed, wherever that is`() throws {
        try TunedHost.run { host in
            try host.profile("a", [(finTimeout, "30")])
            try killAtEach(host, ["apply", "/var/lib/a.toml", "--yes"])
        }
    }

    @Test func `whose rollback is killed, wherever that is`() throws {
        try TunedHost.run { host in
            try host.profile("a", [(finTimeout, "30")])
            try killAtEach(host, ["rollback", "--last"]) {
                let outcome = try host.tcptune("apply", "/var/lib/a.toml", "--yes")
                #expect(outcome.status == 0, "\(outcome.errors)")
            }
        }
    }

    @Test func `for which no guard could be armed`() throws {
        try TunedHost.run { host in
            try host.profile("a", [(finTimeout, "30")])
            let outcome = try host.scene.run([
                "sh", "-c", "ulimit -t 5; exec \"$0\" apply /var/lib/a.toml --confirm 100s",
                Program.tcptune,
            ])
            #expect(outcome.status == 6, "\(outcome.errors)")
            try expectNothingIsLeft(host, "without a guard")
        }
    }
}
