import Glibc
import Testing

/// `apply --probe`: what must stay reachable, and never keeps a value from going back in time.
@Suite(.serialized, .enabled(if: Scene.isPossible, Comment(rawValue: Scene.reason)))
struct `A probe` {
    private let finTimeout = "net.ipv4.tcp_fin_timeout"

    /// Answers each connection until it is told to behave otherwise.
    ///
    /// `hang`: a full accept queue drops every SYN. `drip`: a byte now and then, and no end.
    private static let server = """
        import os, socket, sys, threading, time
        how, kept = sys.argv[1], []
        server = socket.create_server(("127.0.0.1", 8099), backlog=0)
        server.settimeout(0.02)
        def drip(client):
            try:
                while True: client.send(b"."); time.sleep(0.05)
            except OSError: pass
        open("/var/lib/listening", "w")
        end = time.time() + 60
        while time.time() < end and not os.path.exists("/var/lib/free"):
            if how == "hang" and os.path.exists("/var/lib/now"):
                if not kept:
                    for _ in range(4):
                        client = socket.socket(); client.setblocking(False)
                        client.connect_ex(("127.0.0.1", 8099)); kept.append(client)
                time.sleep(0.02)
                continue
            try: client = server.accept()[0]
            except TimeoutError: continue
            if how == "drip": threading.Thread(target=drip, args=(client,), daemon=True).start()
            else: client.close()
        """

    /// A name server that takes every question and gives no answer.
    private static let silentNameServer = """
        import os, socket, time
        server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); server.bind(("127.0.0.1", 53))
        open("/var/lib/silent", "w")
        end = time.time() + 60
        while time.time() < end and not os.path.exists("/var/lib/free"): time.sleep(0.02)
        """

    private static let hasResolverFiles = ["/etc/hosts", "/etc/resolv.conf"].allSatisfy {
        (path: String) in access(path, R_OK) == 0
    }

    private func with(
        _ how: String, _ body: (TunedHost) throws -> Void
    ) throws {
        try TunedHost.run { host in
            let server = try host.scene.program(["python3", "-c", Self.server, how])
            defer {
                _ = try? host.shell("touch /var/lib/free")
                _ = try? server.outcome()
            }
            #expect(host.waits { (try? host.shell("test -e /var/lib/listening")) != nil })
            try body(host)
        }
    }

    /// The first look is 2.5 s after the change, and an attempt takes two seconds at most: one is under way at the deadline.
    @Test(arguments: ["hang", "drip"])
    func `that gives no answer does not put the deadline off`(_ how: String) throws {
        try with(how) { host in
            let applied = try host.tcptune(
                "apply", "fin-wait-relief", "--confirm", "4s", "--probe", "tcp:127.0.0.1:8099")
            #expect(applied.status == 0, "\(applied.errors)")
            #expect(!applied.errors.contains("the probe connects"), "an address is no name")
            try host.shell("touch /var/lib/now")
            let late = try host.lateness(of: finTimeout, becoming: "60")
            #expect(late.seconds > -0.01 && late.seconds < late.allowed, "\(late)")
        }
    }

    @Test(.enabled(if: hasResolverFiles, "needs /etc/hosts and /etc/resolv.conf"))
    func `looks its name up once, says to what, and waits for no name server after that`() throws {
        try with("answer") { host in
            try host.shell(
                """
                echo '127.0.0.1 db.example' >/var/lib/hosts; echo 'nameserver 127.0.0.1' >/var/lib/resolv
                echo 'hosts: files dns' >/var/lib/nsswitch
                mount --bind /var/lib/hosts /etc/hosts && mount --bind /var/lib/resolv /etc/resolv.conf
                [ ! -e /etc/nsswitch.conf ] || mount --bind /var/lib/nsswitch /etc/nsswitch.conf
                """)
            let names = try host.scene.program(["python3", "-c", Self.silentNameServer])
            defer {
                _ = try? host.shell("touch /var/lib/free")
                _ = try? names.outcome()
            }
            #expect(host.waits { (try? host.shell("test -e /var/lib/silent")) != nil })
            let applied = try host.tcptune(
                "apply", "fin-wait-relief", "--confirm", "7s", "--probe", "tcp:db.example:8099")
            #expect(applied.status == 0, "\(applied.errors)")
            #expect(applied.errors.contains("the probe connects to db.example at 127.0.0.1; "))
            let deadline = try host.deadline()
            try host.shell(": >/var/lib/hosts")
            // Two looks or more of a name that is gone: it is not asked for, and nothing is wrong.
            let late = try host.lateness(of: finTimeout, becoming: "60", deadline: deadline)
            #expect(late.seconds > -0.01 && late.seconds < late.allowed, "\(late)")
            #expect(
                try host.shell("cat /var/lib/tcptune/history/*").contains("nobody confirmed it"))
        }
    }

    @Test func `of which one address answers is reached`() throws {
        try with("answer") { host in
            // Where localhost is ::1 too, nobody listens there.
            let applied = try host.tcptune(
                "apply", "fin-wait-relief", "--confirm", "30s", "--probe", "tcp:localhost:8099")
            #expect(applied.status == 0, "\(applied.errors)")
            #expect(try host.tcptune("confirm").status == 0)
        }
    }

    @Test func `whose name is none changes nothing`() throws {
        try TunedHost.run { host in
            let applied = try host.tcptune(
                "apply", "fin-wait-relief", "--confirm", "30s", "--probe", "tcp:no-such.invalid:1")
            #expect(applied.status == 2, "\(applied.errors)")
            #expect(applied.errors.contains("tcptune changed nothing: cannot find no-such.invalid"))
            #expect(try host.value(finTimeout) == "60")
        }
    }
}
