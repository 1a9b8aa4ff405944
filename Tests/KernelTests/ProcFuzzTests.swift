import Model
import Testing

@testable import Kernel

/// Each parser gets texts that were damaged at random; a trap ends the whole test run.
@Suite struct `Damaged texts` {
    static let parsers: [(name: String, sample: String, parse: @Sendable ([UInt8]) -> Bool)] = [
        (
            "snmp", "Tcp: InSegs OutSegs\nTcp: 60 -1\nTcpExt: TW ListenDrops\nTcpExt: 4 9\n",
            {
                var counters = Counters()
                NetSNMP.parse($0.span, into: &counters)
                return counters.groups.isEmpty
            }
        ),
        (
            "snmp6", "Ip6InReceives     \t3\nIp6OutRequests   \t10\n",
            {
                var counters = Counters()
                NetSNMP6.parse($0.span, into: &counters)
                return counters.groups.isEmpty
            }
        ),
        (
            "sockstat", "sockets: used 27\nTCP: inuse 22 orphan 600 tw 4 alloc 630 mem 371\n",
            {
                var counters = Counters()
                NetSockstat.parse($0.span, group: "sockstat", into: &counters)
                return counters.groups.isEmpty
            }
        ),
        (
            "softnet_stat", "00002301 00000000 000000ff\n00004fc5 00000001 00000000\n",
            {
                var counters = Counters()
                NetSoftnetStat.parse($0.span, into: &counters)
                return counters.groups.isEmpty
            }
        ),
        (
            "nf_conntrack", "entries  found new\n00000010  00000000 000000ff\n00000010  1 2\n",
            {
                var counters = Counters()
                NetStatNFConntrack.parse($0.span, into: &counters)
                return counters.groups.isEmpty
            }
        ),
        ("single number", "262144\n", { SingleNumber.parse($0.span) == nil }),
        ("meminfo", "MemTotal:  24684084 kB\nSlab: 1 kB\n", { Meminfo.parse($0.span).isEmpty }),
        ("file-nr", "730\t0\t2466170\n", { FileNr.parse($0.span) == nil }),
        ("pressure", "some avg10=14.64 avg60=9.32\n", { Pressure.parse($0.span) == nil }),
        ("online", "0-3,6,8-11\n", { ProcessorsOnline.parse($0.span) == nil }),
        (
            "tcp",
            "   9: 0100007F:1F91 0100007F:88A8 03 00000000:00000000 01:000000AB 00000001 0 0 0 0\n",
            {
                var rows = 0
                NetTCP.forEachRow(in: $0.span, isIPv6: false) { _ in rows += 1 }
                return rows == 0
            }
        ),
        (
            "tcp6",
            "   1: 00000000000000000000000001000000:2382 00000000000000000000000001000000:80AA 01 0:0 00:0 0 0 0 0\n",
            {
                var rows = 0
                NetTCP.forEachRow(in: $0.span, isIPv6: true) { _ in rows += 1 }
                return rows == 0
            }
        ),
        (
            "stat", "12 (a) b) S 1 1 1 0 -1 2129984 0\n",
            { ProcessStat.hasNoDescriptors($0.span) == nil }
        ),
        ("comm", "nginx\n", { ProcessComm.parse($0.span).isEmpty }),
        (
            "limits",
            "Max processes 9 9 processes\nMax open files            1024      524288 files\n",
            { ProcessLimits.openFiles($0.span) == nil }
        ),
        (
            "cgroup", "1:name=systemd:/system.slice/a.service\n0::/lxc/web/b.service\n",
            { ProcessCgroup.unit($0.span) == nil }
        ),
        (
            "socket link", "socket:[4294967295]",
            { bytes in unsafe bytes.withUnsafeBytes { unsafe SocketLink.inode($0) } == nil }
        ),
        (
            "namespace link", "net:[4026531840]",
            { NamespaceLink.inode(String(decoding: $0, as: UTF8.self)) == nil }
        ),
    ]

    @Test(arguments: parsers.indices)
    func `trap no parser`(index: Int) {
        let parser = Self.parsers[index]
        let sample = Array(parser.sample.utf8)
        #expect(parser.parse(sample) == false, "\(parser.name) does not read its sample")
        var mutation = TextMutation(seed: UInt64(index) + 1)
        var refused = 0
        for _ in 0..<20_000 where parser.parse(mutation.damage(sample)) { refused += 1 }
        // What is read after damage depends on the format; that some is refused shows that the damage arrives.
        #expect(refused > 0)
    }
}
