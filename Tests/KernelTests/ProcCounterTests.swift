import Model
import Testing

@testable import Kernel

@Suite struct `Counters of a captured tree` {
    let counters: Counters
    let unseen: [Unseen]

    init() { (counters, unseen) = CounterFiles.read(root: ProcFixtures.root) }

    @Test func `are all seen`() {
        #expect(unseen.isEmpty)
        #expect(
            counters.groups.keys.sorted() == [
                "Ip", "IpExt", "MPTcpExt", "Tcp", "TcpExt", "nf_conntrack", "snmp6",
                "sockstat.FRAG",
                "sockstat.RAW", "sockstat.TCP", "sockstat.UDP", "sockstat.UDPLITE",
                "sockstat.sockets", "sockstat6.FRAG6", "sockstat6.RAW6", "sockstat6.TCP6",
                "sockstat6.UDP6", "sockstat6.UDPLITE6", "softnet",
            ])
    }

    @Test func `have the values under the names that stand above them`() {
        #expect(
            counters.groups["Tcp"] == [
                "RtoAlgorithm": 1, "RtoMin": 200, "RtoMax": 120_000, "MaxConn": -1,
                "ActiveOpens": 17, "PassiveOpens": 13, "AttemptFails": 1, "EstabResets": 0,
                "CurrEstab": 21, "InSegs": 60, "OutSegs": 60, "RetransSegs": 3, "InErrs": 1,
                "OutRsts": 1, "InCsumErrors": 0,
            ])
        #expect(counters["TcpExt", "ListenOverflows"] == 4)
        #expect(counters["IpExt", "InOctets"] == 3349)
        #expect(counters["MPTcpExt", "MPCapableSYNRX"] == 0)
        #expect(counters["snmp6", "Ip6InReceives"] == 3)
        #expect(counters["sockstat.sockets", "used"] == 27)
        #expect(
            counters.groups["sockstat.TCP"] == [
                "inuse": 22, "orphan": 600, "tw": 4, "alloc": 630, "mem": 371,
            ])
        #expect(counters["sockstat6.TCP6", "inuse"] == 4)
    }

    @Test func `leave out what the kernel did not report`() {
        #expect(counters["TcpExt", "PAWSPassive"] == nil)
        #expect(counters["Udp", "InErrors"] == nil)
    }

    @Test func `of the backlog are summed over the processors`() {
        #expect(
            counters.groups["softnet"] == [
                "processed": 0x2301 + 0x4fc5, "dropped": 0, "time_squeeze": 0,
                "cpu_collision": 0, "received_rps": 0, "flow_limit_count": 0,
                "backlog_len": 0, "input_qlen": 0, "process_qlen": 0,
            ])
    }

    @Test func `of connection tracking take the entries once and sum up the rest`() {
        #expect(counters["nf_conntrack", "count"] == 16)
        #expect(counters["nf_conntrack", "max"] == 262_144)
        #expect(counters["nf_conntrack", "buckets"] == 262_144)
        #expect(counters["nf_conntrack", "entries"] == 16)

        var other = Counters()
        let text = "entries found  drop\n0000000a 00000002 00000003\n0000000a 000000ff 00000001\n"
        NetStatNFConntrack.parse(Array(text.utf8).span, into: &other)
        #expect(
            other.groups == ["nf_conntrack": ["entries": 10, "found": 0x101, "drop": 4]])
    }
}

@Suite struct `Counter files that are not as expected` {
    @Test func `keep names that nobody has heard of`() {
        #expect(snmp("New: a b\nNew: 1 -2\n") == ["New": ["a": 1, "b": -2]])
    }

    @Test func `lose only the lines that do not match`() {
        let text = """
            A: x y
            A: 1
            B: x
            C: 5
            D: x y
            D: 1 2 3
            E: x
            E: word
            F: x
            F: 99999999999999999999
            Good: x
            Good: 7
            Cut: x y z
            Cut: 1 2
            """
        #expect(snmp(text) == ["Good": ["x": 7]])
    }

    @Test func `lose a number that is too large, and no other`() {
        #expect(
            snmp("Tcp: CurrEstab InSegs\nTcp: 18446744073709551615 5\n") == ["Tcp": ["InSegs": 5]])
    }

    @Test func `are told apart by their group`() {
        var counters = Counters()
        let text = Array("TCP: inuse 3 orphan\nUDP: inuse 4\nnonsense\n".utf8)
        NetSockstat.parse(text.span, group: "sockstat", into: &counters)
        #expect(counters.groups == ["sockstat.UDP": ["inuse": 4]])
    }

    @Test func `of an older kernel have fewer columns`() {
        var counters = Counters()
        let text = Array("0000000a 00000001 00000002\nffffffff 00000000 00000001\n".utf8)
        NetSoftnetStat.parse(text.span, into: &counters)
        #expect(
            counters.groups == [
                "softnet": ["processed": 0x1_0000_0009, "dropped": 1, "time_squeeze": 3]
            ])
    }

    @Test func `that are missing from a captured tree are named`() {
        let (counters, unseen) = CounterFiles.read(root: Root(path: "/nowhere"))
        #expect(counters.groups.isEmpty)
        #expect(
            unseen.map(\.what) == [
                "counters of /proc/net/snmp", "counters of /proc/net/netstat",
                "counters of /proc/net/sockstat",
            ])
        #expect(unseen.allSatisfy { $0.why == "not in the captured tree" })
    }

    private func snmp(_ text: String) -> [String: [String: Int64]] {
        var counters = Counters()
        NetSNMP.parse(Array(text.utf8).span, into: &counters)
        return counters.groups
    }
}

@Suite struct `Counters of this kernel` {
    @Test func `never go back, gauges aside`() {
        let (before, unseen) = CounterFiles.read(root: .host)
        let (after, _) = CounterFiles.read(root: .host)
        #expect(unseen.isEmpty)
        for name in ["InSegs", "OutSegs", "ActiveOpens", "PassiveOpens", "RetransSegs"] {
            let first = before["Tcp", name]
            let second = after["Tcp", name]
            #expect(first != nil && second != nil)
            if let first, let second { #expect(second >= first) }
        }
        #expect(Set(before.groups.keys) == Set(after.groups.keys))
        #expect((before.groups["TcpExt"]?.count ?? 0) > 50)
    }

    @Test func `are those that stand in the file`() throws {
        let text = try Root.host.text("/proc/self/net/netstat")
        let names = text.split(separator: "\n").first { $0.hasPrefix("TcpExt:") }?
            .split(separator: " ").dropFirst().map(String.init)
        let (counters, _) = CounterFiles.read(root: .host)
        #expect(names != nil)
        #expect(names.map(Set.init) == counters.groups["TcpExt"].map { Set($0.keys) })
    }
}
