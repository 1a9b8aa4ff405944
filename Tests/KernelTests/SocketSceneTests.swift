import Model
import Testing

@testable import Kernel

@Suite(.enabled(if: Rights.isRoot, "needs root, to make network namespaces"))
struct `Sockets of a program` {
    private static let loopback = IPAddress(v4: 0x7f00_0001)

    @Test(arguments: [1, 2])
    func `that binds before it connects take a port each, whatever the destination`(threads: Int)
        throws
    {
        let scene = try SocketScene(
            """
            for port in 5001, 5002, 5003: listen(port)
            for i in range(90): connect(5001 + i % 3, bind=("127.0.0.1", 0))
            used = keep[3].getsockname()[1]
            s = S.socket(); s.setsockopt(S.SOL_SOCKET, S.SO_REUSEADDR, 1); keep.append(s)
            keep[3].setsockopt(S.SOL_SOCKET, S.SO_REUSEADDR, 1)
            s.bind(("127.0.0.1", used)); s.connect(("127.0.0.1", 5002))
            n = S.socket(); n.bind(("127.0.0.1", 700)); n.connect(("127.0.0.1", 5001)); keep.append(n)
            ready()
            """)
        let snapshot = try scene.snapshot { $0.threads = threads }
        let source = try #require(snapshot.sourcePorts?.first)
        #expect(snapshot.sourcePorts?.count == 1)
        #expect(source.address == Self.loopback)
        #expect(source.sockets == 91)
        #expect(source.distinct == 90)
        #expect(source.shared == 1)
        #expect(source.even == 0, "bind() tries the ports first that connect() tries last")
        #expect(source.destinations == 3)
        #expect(source.privileged == 1, "bindresvport's ports are counted by themselves")
        #expect(snapshot.tupleCount == 3)
        #expect(snapshot.formerListeners?.isEmpty == true)
        let proc = try scene.snapshot { $0.source = .proc }
        #expect(proc.sourcePorts == snapshot.sourcePorts)
    }

    @Test func `that are bound and idle are counted where there are many, with their owner`() throws
    {
        let scene = try SocketScene(
            """
            called("leaky-agent")
            for i in range(600): s = S.socket(); s.bind(("127.0.0.1", 0)); keep.append(s)
            s = S.socket(); s.bind(("0.0.0.0", 7)); keep.append(s)
            ready()
            """)
        let snapshot = try scene.snapshot()
        #expect(snapshot.states[.boundInactive] == 601)
        #expect(snapshot.boundPorts?.count == 601)
        let bound = try #require(snapshot.bound)
        #expect(bound.map(\.address) == [Self.loopback, .unspecifiedV4])
        #expect(bound.map(\.sockets) == [600, 1])
        #expect(bound.map(\.portsInRange) == [600, 0])
        #expect((4...8).contains(bound.first?.samples.count ?? 0))
        #expect(bound.first?.owner.name == "leaky-agent")
        #expect(bound.first?.owner.pids == [scene.pid])
        #expect(bound.first?.owner.reason.hasPrefix("holds ") == true)
        #expect(bound.first?.owner.confidence != .certain)
    }

    @Test func `that are few and idle are counted only where somebody asks`() throws {
        let scene = try SocketScene(
            """
            for i in range(20): s = S.socket(); s.bind(("127.0.0.1", 0)); keep.append(s)
            for i in range(2500): keep += S.socketpair()
            for i in range(300):
                s = S.socket(S.AF_INET, S.SOCK_DGRAM); s.bind(("127.0.0.1", 0)); keep.append(s)
            ready()
            """)
        let snapshot = try scene.snapshot()
        #expect(snapshot.counters["sockstat.sockets", "used"] ?? 0 > 5000)
        #expect(snapshot.bound == nil, "Unix and UDP sockets are no reason to ask")
        #expect(snapshot.boundPorts == nil)
        #expect(try scene.snapshot { $0.boundSockets = true }.bound?.map(\.sockets) == [20])
    }

    @Test(arguments: [1, 2])
    func `of a server that has ended are one former listener`(threads: Int) throws {
        let scene = try SocketScene(
            """
            def serve(port, count):
                l = S.socket(); l.bind(("127.0.0.1", port)); l.listen(500)
                for i in range(count):
                    c = S.create_connection(l.getsockname()); a, _ = l.accept(); a.close(); c.close()
                port = l.getsockname()[1]; l.close()
                return port
            serve(18999, 300)
            port = serve(0, 60)
            ready(port)
            """)
        let snapshot = try scene.snapshot { $0.threads = threads }
        let former = try #require(snapshot.formerListeners)
        #expect(former.map { Int32($0.port) } == [18999] + scene.numbers)
        #expect(former.map(\.peers) == [300, 60])
        #expect(former.map { $0.states[.timeWait] } == [300, 60])
        #expect(former.allSatisfy { $0.address == Self.loopback && !$0.isTransparent })
        #expect(snapshot.tupleCount == 0)
        #expect(snapshot.tuples.isEmpty)
        #expect(snapshot.sourcePorts?.first?.sockets ?? 0 == 0)
        #expect(snapshot.closings.reduce(0, +) == 360)
        #expect(try scene.snapshot { $0.source = .proc }.formerListeners == former)
    }

    @Test func `that a transparent proxy accepted are told from outgoing ones`() throws {
        let scene = try SocketScene(
            """
            os.system("ip route add local 198.51.100.0/24 dev lo")
            l = S.socket(); l.setsockopt(S.SOL_IP, 19, 1)
            l.setsockopt(S.SOL_SOCKET, S.SO_REUSEADDR, 1)
            l.bind(("198.51.100.7", 443)); l.listen(50)
            for i in range(5):
                connect(443, "198.51.100.7"); keep.append(l.accept()[0])
            l.close()
            ready()
            """)
        let former = try #require(try scene.snapshot().formerListeners)
        #expect(former.map(\.port) == [443])
        #expect(former.map(\.peers) == [5])
        #expect(former.map(\.isTransparent) == [true])
    }

    @Test func `of a group name the process whose queue is full, and count what it dropped`() throws
    {
        let scene = try SocketScene(
            """
            called("hitch")
            pids = []
            for worker in range(4):
                r, w = os.pipe()
                pid = os.fork()
                pids.append(pid)
                if pid == 0:
                    l = listen(4433, backlog=8, group=1)
                    os.write(w, b".")
                    if worker == 2: hold()
                    l.setblocking(True)
                    while True: keep.append(l.accept()[0])
                os.read(r, 1)
            for i in range(200): connect(4433, blocking=False)
            time.sleep(0.5)
            os.system("true")
            print("ready", pids[2], flush=True)
            sys.stdin.read()
            for pid in pids: os.kill(pid, 9)
            """)
        let snapshot = try scene.snapshot()
        let listener = try #require(snapshot.listeners.first { $0.port == 4433 })
        #expect(listener.sockets == 4)
        #expect(listener.queue == 9)
        #expect(listener.backlog == 8)
        #expect(listener.fullSockets == 1)
        #expect(listener.emptySockets == 3)
        #expect(listener.drops ?? 0 > 0)
        #expect(listener.owner.pids.first == scene.numbers.first)
        #expect(listener.withoutInodeStates?[.established] ?? 0 >= 9)
        let proc = try scene.snapshot { $0.source = .proc }
        let unknown = try #require(proc.listeners.first { $0.port == 4433 })
        #expect(unknown.drops == nil && unknown.fullSockets == nil && unknown.emptySockets == nil)
    }

    @Test func `that wait are seen to be accepted, or not`() throws {
        let scene = try SocketScene(
            """
            import threading
            listen(6001); live = listen(6002)
            for i in range(20): connect(6001)
            for i in range(40): connect(6002)
            def accept():
                while True: time.sleep(0.5); keep.append(live.accept()[0])
            threading.Thread(target=accept, daemon=True).start()
            ready()
            """)
        let view = try scene.observe { $0.interval = 1.5 }
        let dead = try #require(view.now.listeners.first { $0.port == 6001 }?.accepted)
        #expect(dead == AcceptProgress(waitingBefore: 20, accepted: 0))
        let live = try #require(view.now.listeners.first { $0.port == 6002 }?.accepted)
        #expect((2...40).contains(live.waitingBefore))
        #expect((1...live.waitingBefore).contains(live.accepted))
        #expect(view.earlier?.listeners.allSatisfy { $0.accepted == nil } == true)
        #expect(try scene.snapshot().listeners.allSatisfy { $0.accepted == nil })
    }

    @Test(arguments: [true, false])
    func `tell whether they use timestamps`(uses: Bool) throws {
        let scene = try SocketScene(
            """
            sysctl("net/ipv4/ip_local_port_range", "40000 40099")
            sysctl("net/ipv4/tcp_timestamps", "\(uses ? 1 : 0)")
            listen(5001); listen(5002)
            for i in range(12): connect(5001)
            for i in range(5): connect(5002)
            ready()
            """)
        let snapshot = try scene.snapshot()
        #expect(snapshot.tuples.map(\.used) == [12, 5])
        #expect(snapshot.tuples.map(\.usesTimestamps) == [uses, nil], "few ports are no matter")
    }

    private static let twoPrograms = """
        sysctl("net/ipv4/ip_local_port_range", "40000 40199")
        listen(9092)
        def program(name, count):
            r, w = os.pipe()
            pid = os.fork()
            if pid == 0:
                called(name)
                for i in range(count): connect(9092)
                os.write(w, b".")
                hold()
            os.read(r, 1)
            return pid
        ready(program("java", 80), program("telegraf", 60))
        """

    @Test func `of two programs with one destination are both said`() throws {
        // A few sockets of each tuple are looked at, which may be one program's by chance: 1 in 16 at most.
        var scene = try SocketScene(Self.twoPrograms)
        var ledger = try #require(try scene.snapshot().tuples.first)
        for _ in 0..<4 where ledger.owners == nil {
            scene = try SocketScene(Self.twoPrograms)
            ledger = try #require(try scene.snapshot().tuples.first)
        }
        let owners = try #require(ledger.owners)
        #expect(Set(owners.map(\.owner.name)) == ["java", "telegraf"])
        #expect(owners.flatMap(\.owner.pids).sorted() == scene.numbers.sorted())
        #expect(owners.reduce(0) { $0 + $1.sockets } == ledger.samples.count)
        #expect(ledger.owner.confidence != .certain)
        #expect(ledger.owner.reason.contains("open connections checked"))
        #expect(!ledger.owner.reason.contains("140"), "nobody holds all of them")
    }

    @Test func `of two programs are counted where all processes are read`() throws {
        let scene = try SocketScene(Self.twoPrograms)
        let snapshot = try scene.snapshot { $0.allProcesses = true }
        let ledger = try #require(snapshot.tuples.first)
        #expect(ledger.owners?.map(\.owner.name) == ["java", "telegraf"])
        #expect(ledger.owners?.map(\.sockets) == [80, 60])
        #expect(
            ledger.owner.reason
                == "has 80 open connections to the same destination; telegraf has 60")
        #expect(ledger.owner.pids == Array(scene.numbers.prefix(1)))
    }

    @Test(arguments: [1, 2])
    func `that a program must end are sampled with their owner`(threads: Int) throws {
        let scene = try SocketScene(
            """
            called("leaky")
            l = listen(7000)
            for i in range(100):
                c = connect(7000); keep.append(l.accept()[0])
                if i < 60: c.shutdown(S.SHUT_WR)
            s = S.socket(); s.bind(("127.0.0.1", 50123)); s.connect(("127.0.0.1", 50123))
            keep.append(s)
            for i in range(10): connect(7000)
            ready()
            """)
        let snapshot = try scene.snapshot { $0.threads = threads }
        let samples = try #require(snapshot.stateSamples)
        #expect(samples.map(\.state) == [.closeWait, .finWait2])
        for sample in samples {
            #expect(sample.held == 60)
            #expect((8...16).contains(sample.samples.count))
            #expect(sample.samples.allSatisfy { $0.state == sample.state })
            #expect(sample.owners.map(\.owner.name) == ["leaky"])
            #expect(sample.owners.map(\.sockets) == [sample.samples.count])
        }
        let ledger = try #require(snapshot.tuples.first { $0.tuple.port == 7000 })
        #expect(ledger.heldFinWait2 == 60)
        #expect(ledger.retransmitting == 0)
        #expect(snapshot.selfConnected?.map(\.port) == [50123])
        #expect(snapshot.selfConnected?.first?.sample?.inode ?? 0 != 0)
        let listener = try #require(snapshot.listeners.first { $0.port == 7000 })
        #expect(listener.withoutInodeStates == StateCounts([.established: 10]))
        #expect(listener.retransmitting == 0)
    }

    @Test func `of the Unix family are listed where connections wait`() throws {
        let scene = try SocketScene(
            """
            called("php-fpm")
            for name in "\\0full\\x1b", "\\0idle":
                u = S.socket(S.AF_UNIX); u.bind(name); u.listen(3); keep.append(u)
            for i in range(3): c = S.socket(S.AF_UNIX); c.connect("\\0full\\x1b"); keep.append(c)
            ready()
            """)
        let listeners = try #require(try scene.snapshot().unixListeners)
        #expect(listeners.count == 2)
        let full = try #require(listeners.waiting.first)
        #expect(listeners.waiting.count == 1)
        #expect(full.path == "@full\u{1b}")
        #expect(full.queue == 3)
        #expect(full.backlog == 3)
        #expect(full.owner.name == "php-fpm")
        #expect(full.owner.pids == [scene.pid])
        #expect(try scene.snapshot { $0.source = .proc }.unixListeners == nil)
    }

    @Test func `that answer no more are counted as retransmitting`() throws {
        let scene = try SocketScene(
            """
            l = listen(7000)
            for i in range(4): connect(7000); keep.append(l.accept()[0])
            os.system("ip link set lo down")
            for s in keep[1:]: s.send(b"x")
            time.sleep(1.2)
            ready()
            """)
        let snapshot = try scene.snapshot()
        #expect(snapshot.tuples.first?.retransmitting == 4)
        #expect(snapshot.listeners.first?.retransmitting == 4)
        let sample = try #require(snapshot.stateSamples?.first)
        #expect(sample.state == .established)
        #expect(sample.held == 8)
    }
}
