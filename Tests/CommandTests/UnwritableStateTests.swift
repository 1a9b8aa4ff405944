import Testing

/// A state directory on a disk that is read-only or full: what changes nothing works all the same.
@Suite(.serialized, .enabled(if: Scene.isPossible, Comment(rawValue: Scene.reason)))
struct `A state that cannot be written` {
    private let finTimeout = "net.ipv4.tcp_fin_timeout"

    private static let readOnly = "mount -o remount,ro /var/lib"
    /// Neither a byte nor an inode is left.
    private static let full = """
        mount -o remount,size=512k,nr_inodes=64 /var/lib
        dd if=/dev/zero of=/var/lib/fill bs=4k 2>/dev/null
        i=0; while touch "/var/lib/fill$i"; do i=$((i+1)); done 2>/dev/null
        ! mkdir /var/lib/more 2>/dev/null
        """

    /// Lets a guard that still has to record something do it, and end.
    private func release(_ host: TunedHost) throws {
        try host.shell("mount -o remount,rw /var/lib && rm -f /var/lib/fill*")
        _ = try host.tcptune("rollback")
        #expect(host.waits { (try? host.shell("test ! -e /var/lib/tcptune/transaction")) != nil })
    }

    private func expectWorking(_ host: TunedHost) throws {
        for words in [
            ["status"], ["status", "--json"], ["plan", "fin-wait-relief"],
            ["apply", "fin-wait-relief", "--yes"], ["apply", "fin-wait-relief", "--confirm", "5s"],
        ] {
            let outcome = try host.scene.run([Program.tcptune] + words)
            #expect(outcome.status == 0, "\(words): \(outcome.errors)")
            if words[0] == "apply" {
                #expect(outcome.output.contains("every value is already set"), "\(outcome.output)")
            }
        }
        let planned = try host.tcptune("plan", "web-server")
        #expect(planned.status == 1, "\(planned.errors)")
        // What has to be recorded is refused.
        let before = try host.everySetting()
        let refused = try host.tcptune("apply", "web-server", "--yes")
        #expect(refused.status == 2, "\(refused.output)")
        #expect(refused.errors.contains("/var/lib/tcptune"), "\(refused.errors)")
        #expect(try host.everySetting() == before)
    }

    @Test(arguments: [readOnly, full])
    func `hinders nobody where all is set already`(_ script: String) throws {
        try TunedHost.run { host in
            try host.set(finTimeout, "30")
            try host.shell(script)
            try expectWorking(host)
        }
    }

    @Test(arguments: [readOnly, full])
    func `hinders nobody where it was set by a change`(_ script: String) throws {
        try TunedHost.run { host in
            #expect(try host.tcptune("apply", "fin-wait-relief", "--yes").status == 0)
            try host.shell(script)
            try expectWorking(host)
            #expect(try host.tcptune("status").output.contains("fin-wait-relief · transaction "))
        }
    }

    @Test func `keeps no value that is over from going back, and tells what is so`() throws {
        try TunedHost.run { host in
            #expect(try host.tcptune("apply", "fin-wait-relief", "--confirm", "5s").status == 0)
            try host.shell(Self.readOnly)
            let late = try host.lateness(of: finTimeout, becoming: "60")
            #expect(late.seconds > -0.01 && late.seconds < late.allowed, "\(late)")
            let status = try host.tcptune("status")
            #expect(status.status == 0, "\(status.errors)")
            #expect(status.output.contains("not confirmed in time"), "\(status.output)")
            #expect(status.output.contains("1 setting no longer has its applied value"))
            #expect(!status.output.contains("somebody else"))
            #expect(try host.value(finTimeout) == "60")
            try release(host)
        }
    }

    @Test(arguments: [readOnly, full])
    func `is no reason to call a change that waits nothing`(_ script: String) throws {
        try TunedHost.run { host in
            #expect(try host.tcptune("apply", "fin-wait-relief", "--confirm", "40s").status == 0)
            try host.shell(script)
            let status = try host.tcptune("status")
            #expect(status.status == 0, "\(status.errors)")
            #expect(status.output.contains("waiting for confirmation"))
            #expect(try host.tcptune("apply", "fin-wait-relief", "--yes").status == 75)
            #expect(try host.value(finTimeout) == "30")
            try release(host)
            #expect(try host.value(finTimeout) == "60")
        }
    }
}
