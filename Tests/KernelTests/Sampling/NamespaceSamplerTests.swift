import Model
import Testing

@testable import Kernel

@Suite(.enabled(if: Rights.isRoot, "needs root, to make network namespaces"))
struct `A sampler of a namespace` {
    /// Opened inside the scene's namespace, used from this thread, which is elsewhere.
    private static func sampler(of scene: SocketScene) throws(KernelError) -> NamespaceSampler {
        try NamespaceThread.run(inside: "/proc/\(scene.pid)/ns/net", NamespaceSampler.open)
    }

    @Test func `counts what the files of that namespace say, wherever its user is`() throws {
        let scene = try SocketScene(
            """
            listen(5001)
            for i in range(40): connect(5001)
            ready()
            """)
        let sampler = try Self.sampler(of: scene)
        let sample = try sampler.counters()
        let files = try NamespaceThread.run(inside: "/proc/\(scene.pid)/ns/net") {
            CounterFiles.read(root: .host).0
        }
        for counter in FollowedCounter.allCases {
            #expect(
                sample[counter] == files[counter.group, counter.name],
                "\(counter.group).\(counter.name)")
        }
        #expect(sample[.activeOpens] == 40)
        #expect(sample.inUse == 81)
    }

    @Test func `reads its files anew at each look`() throws {
        let scene = try SocketScene(
            """
            server = listen(5001)
            print("ready", flush=True)
            for line in sys.stdin:
                for i in range(int(line)): connect(5001)
                print("done", flush=True)
            """)
        let sampler = try Self.sampler(of: scene)
        let before = try sampler.counters()
        try scene.tell("25")
        let after = try sampler.counters()
        #expect(after.growth(of: .activeOpens, since: before) == 25)
        #expect(after.time > before.time)
        #expect(try sampler.listeners().map(\.queue) == [25])
        #expect(try sampler.glance().live == 50)
    }

    @Test func `tells in a census what a survey does`() throws {
        let scene = try SocketScene(
            """
            listen(5001); listen(5002)
            for i in range(30): connect(5001 + i % 3 // 2)
            ready()
            """)
        let census = try Self.sampler(of: scene).census(tupleLimit: 8)
        let snapshot = try scene.snapshot()
        #expect(census.states == snapshot.states)
        #expect(census.tuples.map(\.tuple) == snapshot.tuples.map(\.tuple))
        #expect(census.tuples.map(\.states) == snapshot.tuples.map(\.states))
        #expect(census.tupleCount == 2)
        #expect(census.listeners.map(\.states) == snapshot.listeners.map(\.states))
        #expect(census.portsInUse == 20)
        #expect(census.ofListeners[.established] == 30)
        #expect(census.ofOthers[.established] == 30)
    }

    @Test func `redraws in which second which connections closed`() throws {
        let scene = try SocketScene(
            """
            listen(5001); listen(5002)
            def closing(port, count, first):
                server = keep[port - 5001]
                for i in range(count):
                    c = S.create_connection(("127.0.0.1", port)); s, _ = server.accept()
                    a, b = (c, s) if first == "client" else (s, c)
                    a.close(); b.recv(1); b.close()
            def boot(): return time.clock_gettime(time.CLOCK_BOOTTIME)
            def at(second):
                while boot() < second + 0.3: time.sleep(0.01)
            start = int(boot()) + 1
            at(start); closing(5001, 7, "client")
            at(start + 1); closing(5001, 3, "client"); closing(5002, 4, "server")
            at(start + 3); closing(5001, 5, "client")
            at(start + 4)
            ready(start)
            """)
        let sampler = try Self.sampler(of: scene)
        let record = try sampler.closings(
            listening: Set(try sampler.listeners().map(\.port)))
        let start = Int64(try #require(scene.numbers.first))
        let place = Int(start - record.firstSecond)
        let tuple = Tuple(source: Self.loopback, destination: Self.loopback, port: 5001)
        let closings = try #require(record.tuples[tuple])
        #expect(Array(closings[place..<place + 5]) == [7, 3, 0, 5, 0])
        #expect(closings.reduce(0, +) == 15)
        // The server closed those first: TIME_WAIT is at its end.
        #expect(record.listeners.keys.sorted() == [5002])
        #expect(record.listeners[5002]?[place + 1] == 4)
        #expect(record.tuples.count == 1)
        #expect(record.sockets == 19)
        #expect(record.others.reduce(0, +) == 0)
    }

    private static let loopback = IPAddress(v4: 0x7f00_0001)
}

@Suite struct `Columns of counters` {
    private static func read(_ texts: [String]) -> [CounterSample] {
        var columns = CounterColumns(group: "Tcp")
        return texts.map { text in
            var sample = CounterSample(time: 0)
            let bytes = Array(text.utf8)
            var position = 0
            if let names = bytes.span.line(from: &position),
                let values = bytes.span.line(from: &position)
            {
                columns.read(names, values, of: bytes.span, into: &sample)
            }
            return sample
        }
    }

    @Test func `are found by name, and again where the names have changed`() {
        let samples = Self.read([
            "Tcp: RtoMin ActiveOpens PassiveOpens OutSegs\nTcp: 200 11 12 13\n",
            "Tcp: RtoMin ActiveOpens PassiveOpens OutSegs\nTcp: 200 21 22 23\n",
            "Tcp: OutSegs RtoMin Unheard ActiveOpens\nTcp: 33 200 9 31\n",
        ])
        #expect(samples.map { $0[.activeOpens] } == [11, 21, 31])
        #expect(samples.map { $0[.passiveOpens] } == [12, 22, nil])
        #expect(samples.map { $0[.segmentsSent] } == [13, 23, 33])
    }

    @Test func `that are cut short or no numbers are absent`() {
        let samples = Self.read([
            "Tcp: ActiveOpens PassiveOpens OutSegs\nTcp: 1 2\n",
            "Tcp: ActiveOpens PassiveOpens OutSegs\nTcp: 1 two 3\n",
            "Tcp: ActiveOpens PassiveOpens OutSegs\nTcp:",
        ])
        #expect(samples.map { $0[.activeOpens] } == [1, 1, nil])
        #expect(samples.map { $0[.passiveOpens] } == [2, nil, nil])
        #expect(samples.map { $0[.segmentsSent] } == [nil, 3, nil])
    }
}
