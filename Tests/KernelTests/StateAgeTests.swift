import Model
import Testing

@testable import Kernel

/// Since when a connection waits, as far as the kernel tells it.
@Suite(.enabled(if: Rights.isRoot, "needs root, to make network namespaces"))
struct `The age of a state` {
    /// Four connections whose server closes after they have been open for a while, then as long again.
    @Test(arguments: [1, 2])
    func `is at least what has passed since the peer's FIN, and not more`(threads: Int) throws {
        let scene = try SocketScene(
            """
            l = listen(5432)
            accepted = []
            for i in range(4): connect(5432); accepted.append(l.accept()[0])
            time.sleep(1.5)
            for s in accepted: s.close()
            closed = time.monotonic()
            time.sleep(1.2)
            ready(int(closed * 1000))
            """)
        let snapshot = try scene.snapshot { $0.threads = threads }
        let now = MonotonicClock.now
        let sample = try #require(snapshot.stateSamples?.first { $0.state == .closeWait })
        let ages = try #require(sample.ages)
        #expect(ages.count == 4 && ages.allSatisfy { $0.tuple.port == 5432 })
        let closed = Double(try #require(scene.numbers.first)) / 1000
        for age in ages.map(\.seconds) { #expect((1.1...(now - closed + 0.05)).contains(age)) }
        // FIN_WAIT2 of the other side is a sample too, and is not asked.
        #expect(snapshot.stateSamples?.first { $0.state == .finWait2 }?.ages == nil)
        #expect(try scene.snapshot { $0.source = .proc }.stateSamples?.first?.ages == nil)
    }

    @Test func `of what gets no answer begins when it was sent, not when the peer was heard last`()
        throws
    {
        let scene = try SocketScene(
            """
            import ctypes
            # A filter that lets nothing through (BPF_RET, 0): each segment for that socket is dropped.
            code = ctypes.create_string_buffer(struct.pack("HBBI", 6, 0, 0, 0))
            program = struct.pack("HxxxxxxP", 1, ctypes.addressof(code))
            l = listen(5432)
            called("pgbouncer")
            for i in range(3):
                c = connect(5432); a = l.accept()[0]; keep.append(a)
                a.setsockopt(S.SOL_SOCKET, 26, program)
            time.sleep(2)
            for c in keep:
                try: c.getpeername()
                except OSError: continue
                if c.getpeername()[1] == 5432: c.send(b"x")
            sent = time.monotonic()
            time.sleep(2.5)
            ready(int(sent * 1000))
            """)
        let snapshot = try scene.snapshot()
        let now = MonotonicClock.now
        let sent = Double(try #require(scene.numbers.first)) / 1000
        let peer = try #require(snapshot.stalledPeers?.first)
        #expect(peer.sendingAgain == 3 && peer.owners.first?.owner.name == "pgbouncer")
        // 2.5 s and no more are over: 200, 400, 800 ms and a part of the next time-out.
        let possible = 2.0...(now - sent + 0.05)
        #expect(possible.contains(try #require(peer.unanswered)))
        let sample = try #require(snapshot.stateSamples?.first { $0.state == .established })
        let ages = try #require(sample.ages)
        #expect(ages.count == 3 && ages.allSatisfy { possible.contains($0.seconds) })
    }

    @Test(arguments: [1, 2])
    func `is at least what has passed since a client that waits for accept() connected`(
        threads: Int
    ) throws {
        let scene = try SocketScene(
            """
            listen(5432, backlog=8)
            for i in range(4): connect(5432)
            connected = time.monotonic()
            time.sleep(1.2)
            connect(5432)
            ready(int(connected * 1000))
            """)
        let snapshot = try scene.snapshot { $0.threads = threads }
        let now = MonotonicClock.now
        let connected = Double(try #require(scene.numbers.first)) / 1000
        let listener = try #require(snapshot.listeners.first)
        #expect(listener.queue == 5)
        // Those that have waited longest are asked as well as the youngest; a little longer than since the last of the four.
        let waited = try #require(listener.waited)
        #expect((1.1...(now - connected + 0.5)).contains(waited))
        #expect(try scene.snapshot { $0.source = .proc }.listeners.first?.waited == nil)
    }
}
