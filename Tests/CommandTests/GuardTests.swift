import Glibc
import Testing

/// The process that takes a change back where nobody confirms it, or the host suffers from it.
@Suite(.serialized, .enabled(if: Scene.isPossible, Comment(rawValue: Scene.reason)))
struct `The guard` {
    private let finTimeout = "net.ipv4.tcp_fin_timeout"

    @Test func `keeps its time while both processors are busy`() throws {
        try TunedHost.run { host in
            let busy = try (0..<4).map { _ in
                try host.scene.program(["timeout", "5", "sh", "-c", "while :; do :; done"])
            }
            defer { for program in busy { _ = try? program.outcome() } }
            // The deadline counts from before the writes, so it is no later than this.
            #expect(try host.tcptune("apply", "fin-wait-relief", "--confirm", "2s").status == 0)
            let deadline = Program.now + 2
            #expect(try host.value(finTimeout) == "30")
            #expect(try host.waits(4) { try host.value(finTimeout) == "60" })
            #expect(Program.now - deadline < 1)
        }
    }

    @Test func `holds nothing of the command's, and no time of the processor's`() throws {
        try TunedHost.run { host in
            #expect(try host.tcptune("apply", "fin-wait-relief", "--confirm", "20s").status == 0)
            let pid = try guardian(host)
            let ticks = "cut -d' ' -f14,15 /proc/\(pid)/stat"
            let before = try host.shell(ticks)
            usleep(2_000_000)
            #expect(try host.shell(ticks) == before)
            // A session of its own, and no terminal, lock or file of the command's.
            #expect(try host.shell("cut -d' ' -f6 /proc/\(pid)/stat") == "\(pid)\n")
            let links = try host.shell("readlink /proc/\(pid)/fd/*")
            #expect(!links.contains("lock"))
            let files = links.split(separator: "\n").filter { $0.hasPrefix("/") }
            #expect(Set(files) == ["/dev/null"], "\(links)")
            #expect(try host.tcptune("rollback").status == 0)
            #expect(host.waits(2) { (try? host.shell("test ! -e /proc/\(pid)")) != nil })
        }
    }

    @Test func `acts when the probe fails, which must not fail before`() throws {
        try TunedHost.run { host in
            let closed = try host.tcptune(
                "apply", "fin-wait-relief", "--confirm", "1m", "--probe", "tcp:127.0.0.1:9")
            #expect(closed.status == 2)
            #expect(try host.value(finTimeout) == "60")
            let server = try host.scene.program(["python3", "-c", Self.server, "8099"])
            #expect(host.waits(5) { (try? host.shell("test -e /var/lib/listening")) != nil })
            #expect(
                try host.tcptune(
                    "apply", "fin-wait-relief", "--confirm", "1m", "--probe", "tcp:localhost:8099"
                ).status == 0)
            kill(server.pid, SIGKILL)
            _ = try server.outcome()
            #expect(try host.waits(12) { try host.value(finTimeout) == "60" })
            #expect(try host.shell("cat /var/lib/tcptune/history/*").contains("reason the probe"))
        }
    }

    @Test func `acts when far more connections are turned away than before`() throws {
        try TunedHost.run { host in
            #expect(try host.tcptune("apply", "fin-wait-relief", "--confirm", "1m").status == 0)
            let flood = try host.scene.program(["python3", "-c", Self.overflowing])
            defer { _ = try? flood.outcome() }
            #expect(try host.waits(15) { try host.value(finTimeout) == "60" })
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
                try host.waits(3) {
                    try host.value("net.ipv4.tcp_tw_reuse") == "2"
                        && host.value("net.ipv4.ip_local_port_range") == "32768 60999"
                })
            #expect(try host.waits(2) { try host.status().transaction == nil })
        }
    }

    private static let file = "net/ipv4/ip_local_port_range"

    private func guardian(_ host: TunedHost) throws -> String {
        try host.shell("sed -n 's/^guard \\([0-9]*\\) .*/\\1/p' /var/lib/tcptune/transaction")
            .split(separator: "\n").joined()
    }

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
