import Glibc
import Testing

/// The process that takes a change back where nobody confirms it, or the host suffers from it.
@Suite(.serialized, .enabled(if: Scene.isPossible, Comment(rawValue: Scene.reason)))
struct `The guard` {
    private let finTimeout = "net.ipv4.tcp_fin_timeout"

    @Test func `keeps its time while both processors are busy`() throws {
        try TunedHost.run { host in
            let busy = try (0..<4).map { _ in
                try host.scene.program(["timeout", "8", "sh", "-c", "while :; do :; done"])
            }
            defer { for program in busy { _ = try? program.outcome() } }
            #expect(try host.tcptune("apply", "fin-wait-relief", "--confirm", "4s").status == 0)
            #expect(try host.value(finTimeout) == "30")
            let late = try host.lateness(of: finTimeout, becoming: "60")
            #expect(late.seconds > -0.01 && late.seconds < late.allowed, "\(late)")
        }
    }

    /// Whatever `ulimit -n` is: it watches, and takes back, or nothing was begun.
    @Test func `is not begun where a rollback could not open its files`() throws {
        try TunedHost.run { host in
            var statuses: Set<Int32> = []
            for limit in [5, 7, 8, 9, 10, 11, 12, 14, 18, 22, 24, 26, 30] {
                let outcome = try host.scene.run([
                    "setpriv", "--bounding-set=-sys_resource", "--inh-caps=-sys_resource", "sh",
                    "-c",
                    "ulimit -n \(limit) && exec \"$0\" apply fin-wait-relief --confirm 1m",
                    Program.tcptune,
                ])
                statuses.insert(outcome.status)
                let value = try host.value(finTimeout)
                if outcome.status == 0 {
                    #expect(value == "30")
                    let pid = try host.guardian()
                    #expect(try host.tcptune("rollback").status == 0)
                    #expect(host.waits { (try? host.shell("test ! -e /proc/\(pid)/exe")) != nil })
                } else {
                    #expect(
                        value == "60" && outcome.errors.contains("Too many open files"),
                        "\(outcome.errors)")
                    #expect(!outcome.errors.contains("somebody else"))
                    #expect(
                        try host.shell(
                            "pgrep -f '[t]cptune guard' || true; ls /var/lib/tcptune/transaction 2>/dev/null || true"
                        ).contains("transaction") == false)
                }
            }
            #expect(statuses.contains(0) && statuses.count > 1)
        }
    }

    @Test func `holds nothing of the command's, and no time of the processor's`() throws {
        try TunedHost.run { host in
            #expect(try host.tcptune("apply", "fin-wait-relief", "--confirm", "20s").status == 0)
            let pid = try host.guardian()
            let ticks = "cut -d' ' -f14,15 /proc/\(pid)/stat"
            let before = try host.shell(ticks)
            usleep(2_000_000)
            #expect(try host.shell(ticks) == before)
            // A session of its own, and no terminal, lock or file of the command's.
            #expect(try host.shell("cut -d' ' -f6 /proc/\(pid)/stat") == "\(pid)\n")
            let links = try host.shell("readlink /proc/\(pid)/fd/*")
            #expect(!links.contains("lock"))
            // Its own: the counters by which it sees whether connections suffer.
            let files = links.split(separator: "\n").filter {
                $0.hasPrefix("/") && !$0.hasPrefix("/proc/\(pid)/task/\(pid)/net/")
            }
            #expect(Set(files) == ["/dev/null"], "\(links)")
            #expect(try host.tcptune("rollback").status == 0)
            #expect(host.waits { (try? host.shell("test ! -e /proc/\(pid)")) != nil })
        }
    }

    @Test func `acts when the probe fails, which must not fail before`() throws {
        try TunedHost.run { host in
            let closed = try host.tcptune(
                "apply", "fin-wait-relief", "--confirm", "1m", "--probe", "tcp:127.0.0.1:9")
            #expect(closed.status == 2)
            #expect(try host.value(finTimeout) == "60")
            let server = try host.scene.program(["python3", "-c", Self.server, "8099"])
            #expect(host.waits { (try? host.shell("test -e /var/lib/listening")) != nil })
            #expect(
                try host.tcptune(
                    "apply", "fin-wait-relief", "--confirm", "1m", "--probe", "tcp:localhost:8099"
                ).status == 0)
            kill(server.pid, SIGKILL)
            _ = try server.outcome()
            #expect(try host.waits { try host.value(finTimeout) == "60" })
            #expect(try host.shell("cat /var/lib/tcptune/history/*").contains("reason the probe"))
        }
    }

    @Test func `acts when far more connections are turned away than before`() throws {
        try TunedHost.run { host in
            #expect(try host.tcptune("apply", "fin-wait-relief", "--confirm", "1m").status == 0)
            let flood = try host.scene.program(["python3", "-c", Self.overflowing])
            defer { _ = try? flood.outcome() }
            #expect(try host.waits { try host.value(finTimeout) == "60" })
            let history = try host.shell("cat /var/lib/tcptune/history/*")
            #expect(history.contains("accept queue full"), "\(history)")
        }
    }

    @Test func `takes the change back at once, when the command is killed in the middle`() throws {
        try TunedHost.run { host in
            // The last knob's write is where it dies: the others are written.
            let killed = try host.scene.run([
                "strace", "-f", "-qq", "-o", "/dev/null", "-P", "/proc/sys/\(Self.file)", "-e",
                "inject=write:signal=KILL:when=1", Program.tcptune, "apply", "outbound-reuse",
                "--confirm", "1m", "--no-health",
            ])
            #expect(killed.status != 0)
            #expect(
                try host.waits {
                    try host.value("net.ipv4.tcp_tw_reuse") == "2"
                        && host.value("net.ipv4.ip_local_port_range") == "32768 60999"
                })
            #expect(try host.waits { try host.status().transaction == nil })
        }
    }

    private static let file = "net/ipv4/ip_local_port_range"

    private static let server = """
        import socket, sys, time
        s = socket.create_server(("127.0.0.1", int(sys.argv[1])))
        open("/var/lib/listening", "w")
        while True: s.accept()[0].close()
        """

    /// A listener that never accepts, and connections that keep coming: each final ACK finds the queue full.
    private static let overflowing = """
        import socket, time
        s = socket.socket(); s.bind(("127.0.0.1", 8098)); s.listen(1)
        kept, end = [], time.time() + 12
        while time.time() < end:
            c = socket.socket(); c.setblocking(False); c.connect_ex(("127.0.0.1", 8098)); kept.append(c)
            time.sleep(0.01)
            if len(kept) > 400: kept.pop(0).close()
        """
}
