import Model
import Testing

@testable import Kernel

/// What a second question tells of sockets: blocks of ports, addresses that are gone, unread data, MPTCP.
@Suite(.enabled(if: Rights.isRoot, "needs root, to make network namespaces"))
struct `Further facts of sockets` {
    @Test(arguments: [1, 2])
    func `a range of a program's own that is used up is a block without a gap`(threads: Int) throws
    {
        let scene = try SocketScene(
            """
            listen(5432)
            called("pgbouncer")
            refused = 0
            for i in range(101):
                s = S.socket(); keep.append(s)
                s.setsockopt(S.SOL_IP, 51, struct.pack("=I", 40099 << 16 | 40000))
                refused = s.connect_ex(("127.0.0.1", 5432))
            ready(refused)
            """)
        #expect(scene.numbers == [99], "the 101st connect() fails with EADDRNOTAVAIL")
        let snapshot = try scene.snapshot { $0.threads = threads }
        let block = try #require(snapshot.portBlocks?.first)
        #expect(snapshot.portBlocks?.count == 1)
        #expect(block.low == 40000 && block.high == 40099 && block.count == 100)
        #expect(block.fullest?.port == 5432 && block.fullestSockets == 100)
        #expect(block.states[.established] == 100 && block.destinations == 1)
        #expect(block.owners.first?.owner.name == "pgbouncer")
    }

    @Test func `connect() leaves gaps between its own, and a monitor beside a block hides it not`()
        throws
    {
        let scene = try SocketScene(
            """
            listen(5432)
            for i in range(900): connect(5432)
            ready()
            """)
        #expect(try scene.snapshot().portBlocks?.isEmpty == true)
        let bound = try SocketScene(
            """
            listen(5432)
            for i in range(5): connect(5432)
            for i in range(300): connect(5432, bind=("127.0.0.1", 10000 + i))
            ready()
            """)
        let block = try #require(try bound.snapshot().portBlocks?.first)
        #expect(block.low == 10000 && block.high == 10299 && block.fullestSockets == 300)
        #expect(block.portsElsewhere == 5)
        #expect(try bound.snapshot { $0.source = .proc }.portBlocks == nil)
    }

    @Test(arguments: [1, 2])
    func `an address taken from its interface is gone, one of a local route is not`(threads: Int)
        throws
    {
        let scene = try SocketScene(
            """
            os.system("ip address add 10.9.9.9/32 dev lo; ip -6 address add fd09::9/128 dev lo nodad")
            os.system("ip route add local 10.8.0.0/16 dev lo")
            called("postgres")
            for address in "10.9.9.9", "10.8.0.8":
                l = listen(5432, address=address)
                for i in range(20): connect(5432, address); keep.append(l.accept()[0])
            six = S.socket(S.AF_INET6); six.bind(("fd09::9", 5432)); six.listen(64); keep.append(six)
            for i in range(5):
                s = S.socket(S.AF_INET6); s.connect(("fd09::9", 5432)); keep += [s, six.accept()[0]]
            os.system("ip address del 10.9.9.9/32 dev lo; ip -6 address del fd09::9/128 dev lo")
            ready()
            """)
        let snapshot = try scene.snapshot { $0.threads = threads }
        let gone = try #require(snapshot.goneAddresses)
        #expect(gone.map { "\($0.address)" } == ["10.9.9.9", "fd09::9"])
        // Both ends of each connection are here.
        #expect(gone.map { $0.states[.established] } == [40, 10])
        #expect(gone.first?.owners.first?.owner.name == "postgres")
        #expect(try scene.snapshot { $0.source = .proc }.goneAddresses == nil)
    }

    @Test func `an address whose local route is in no common table is still the interface's`()
        throws
    {
        let scene = try SocketScene(
            """
            os.system("ip address add 10.9.9.9/32 dev lo")
            l = listen(5432, address="10.9.9.9")
            for i in range(5): connect(5432, "10.9.9.9"); keep.append(l.accept()[0])
            os.system("ip route del local 10.9.9.9 dev lo table local")
            ready()
            """)
        #expect(try scene.snapshot().goneAddresses == [])
    }

    @Test func `data that nobody reads lies at both looks, of listeners and of destinations`()
        throws
    {
        let scene = try SocketScene(
            """
            l = listen(8000)
            called("gunicorn")
            for i in range(30):
                c = connect(8000); a = l.accept()[0]; keep.append(a)
                if i < 20: c.send(b"x" * 100)
                if i < 12: a.send(b"y" * 50)
            ready()
            """)
        let view = try scene.observe { $0.interval = 0.2 }
        let listener = try #require(view.now.listeners.first)
        #expect(listener.unread == 20)
        #expect(listener.reading == ReadProgress(before: 20, same: 20, more: 0))
        let peer = try #require(view.now.unreadOutgoing?.first)
        #expect(peer.port == 8000 && peer.sockets == 12 && peer.bytes == 600)
        #expect(peer.progress == ReadProgress(before: 12, same: 12, more: 0))
        #expect(peer.owners.first?.owner.name == "gunicorn")
    }

    @Test func `a peer that does not read is told by the timer, and is not one that is gone`()
        throws
    {
        let scene = try SocketScene(
            """
            import time
            l = S.socket(); l.setsockopt(S.SOL_SOCKET, S.SO_RCVBUF, 4096)
            l.bind(("127.0.0.1", 8000)); l.listen(16); keep.append(l)
            called("haproxy")
            for i in range(3):
                c = connect(8000); keep.append(l.accept()[0]); c.setblocking(False)
                try:
                    while True: c.send(b"x" * 4000)
                except BlockingIOError: pass
            time.sleep(4.5)
            ready()
            """)
        let now = try scene.observe().now
        let peer = try #require(now.stalledPeers?.first)
        #expect(peer.port == 8000 && peer.probing == 3 && peer.sendingAgain == 0)
        #expect(peer.asked == 3 && peer.closed == 3 && peer.bytes > 12_000)
        #expect(peer.owners.first?.owner.name == "haproxy")
        #expect(now.retransmitting[.established] == 0)
        #expect(now.loopbackUp == true)
    }

    @Test func `sockets of Multipath TCP are counted where there are some`() throws {
        let scene = try SocketScene(
            """
            l = S.socket(S.AF_INET, S.SOCK_STREAM, 262)
            l.bind(("127.0.0.1", 443)); l.listen(64); keep.append(l)
            called("haproxy")
            for i in range(12):
                c = S.socket(S.AF_INET, S.SOCK_STREAM, 262); c.connect(("127.0.0.1", 443))
                a = l.accept()[0]; keep.append(a)
                if i < 8:
                    c.close()
                    while a.recv(1): pass
                else: keep.append(c)
            ready()
            """)
        let mptcp = try #require(try scene.snapshot().mptcp)
        #expect(mptcp.states[.closeWait] == 8)
        #expect(mptcp.states[.established] == 8, "both ends of four connections")
        #expect(mptcp.owners.first?.owner.name == "haproxy")
        let plain = try SocketScene("listen(80); connect(80); ready()")
        #expect(try plain.snapshot().mptcp == nil)
    }

    @Test func `two programs on one port are both named`() throws {
        let scene = try SocketScene(
            """
            for i in range(9): listen(443, group=1)
            called("nginx")
            if os.fork() == 0:
                called("envoy")
                for s in keep: s.close()
                keep.clear()
                for i in range(5): listen(443, group=1)
                os.write(1, b"")
                open("/proc/self/comm").read()
                time.sleep(60)
                os._exit(0)
            while len(open("/proc/net/tcp").readlines()) < 15: time.sleep(0.01)
            ready()
            """)
        let listener = try #require(try scene.snapshot().listeners.first)
        #expect(listener.sockets == 14)
        #expect(Set((listener.owners ?? []).compactMap(\.owner.name)) == ["nginx", "envoy"])
        #expect(listener.owners?.reduce(0) { $0 + $1.sockets } == 14)
    }
}

@Suite struct `Runs of ports` {
    private static func runs(_ ports: some Sequence<Int>, reserved: String = "") -> [ClosedRange<
        UInt16
    >] {
        var bits = [UInt64](repeating: 0, count: 1024)
        for port in ports { bits[port >> 6] |= 1 << UInt64(port & 63) }
        return PortRun.all(of: .unspecifiedV4, in: bits[...], reserved: PortSet(reserved)).map {
            $0.low...$0.high
        }
    }

    @Test(arguments: [
        (40000, 40063), (40001, 40064), (40063, 40126), (39999, 42000), (65472, 65535),
        (1024, 1087), (1024, 65535), (10000, 10999),
    ])
    func `are found wherever they begin and end`(low: Int, high: Int) {
        #expect(Self.runs(low...high) == [UInt16(low)...UInt16(high)])
        #expect(Self.runs((low + 1)...high).isEmpty == (high - low < 64))
    }

    @Test func `are none where every second port is used, or those below 1024`() {
        #expect(Self.runs(stride(from: 32768, through: 60998, by: 2)).isEmpty)
        #expect(Self.runs(512...1023).isEmpty)
        #expect(Self.runs(1000...1050).isEmpty)
    }

    @Test func `go on over reserved ports, which nobody is given`() {
        let ports = Array(40000...40040) + Array(40042...40099)
        #expect(Self.runs(ports).isEmpty)
        #expect(Self.runs(ports, reserved: "40041") == [40000...40099])
    }
}

@Suite struct `Statistics of IPVS` {
    private static func packets(_ text: String) -> Int64? {
        var counters = Counters()
        IPVSStatistics.parse(Array(text.utf8).span, into: &counters)
        return counters["ip_vs", "packets"]
    }

    @Test func `are hexadecimal, in the third line`() {
        let text = """
               Total Incoming Outgoing         Incoming         Outgoing
               Conns  Packets  Packets            Bytes            Bytes
                 1A2      3FF        0            1234F                0

             Conns/s   Pkts/s   Pkts/s          Bytes/s          Bytes/s
                   0        0        0                0                0

            """
        #expect(Self.packets(text) == 1023)
        for cut in 0..<text.utf8.count {
            _ = Self.packets(String(decoding: Array(text.utf8).prefix(cut), as: UTF8.self))
        }
        #expect(Self.packets("\n\nx y z\n") == nil)
        #expect(Self.packets("\n\n1 FFFFFFFFFFFFFFFF\n") == nil)
    }
}
