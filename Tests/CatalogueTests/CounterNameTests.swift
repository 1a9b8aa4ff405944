import FoundationEssentials
import Testing

@testable import Catalogue

@Suite struct `The names of counters` {
    /// The names of this kernel, as `/proc/net/netstat` and `/proc/net/snmp` print them in the first of each two lines.
    private static let ofThisKernel: [(group: String, name: String)] = {
        var names: [(group: String, name: String)] = []
        for path in ["/proc/net/netstat", "/proc/net/snmp"] {
            guard let data = try? Data(contentsOf: URL(filePath: path)) else { continue }
            for line in String(decoding: data, as: UTF8.self).split(separator: "\n") {
                let words = line.split(separator: " ")
                guard let group = words.first?.dropLast() else { continue }
                for word in words.dropFirst() where word.first?.isLetter == true {
                    names.append((String(group), String(word)))
                }
            }
        }
        return names
    }()

    @Test func `are all known that this kernel prints`() {
        #expect(Self.ofThisKernel.count > 200)
        for (group, name) in Self.ofThisKernel {
            #expect(KernelCounter.named(group, name) != nil, "\(group).\(name)")
            #expect(Topic.find(group + name)?.name == "\(group).\(name)")
        }
    }

    @Test func `are all known that kernels from 5.10 to 7.3 printed`() throws {
        let folder = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
        for release in ["5.10", "6.1", "6.12", "7.3"] {
            let path = "/\(folder)/AuditTests/Fixtures/recorded/\(release)-healthy.json"
            let data = try Data(contentsOf: URL(filePath: path))
            let saved = try JSONDecoder().decode(SavedCounters.self, from: data)
            let groups = try #require(saved.data.views.first?.now.counters)
            #expect(groups["TcpExt"]?.isEmpty == false)
            for (group, names) in groups {
                for name in names.keys {
                    #expect(
                        KernelCounter.named(group, name) != nil, "\(group).\(name) on \(release)")
                }
            }
        }
    }

    private struct SavedCounters: Decodable {
        let data: Views

        struct Views: Decodable { let views: [View] }

        struct View: Decodable { let now: Snapshot }

        struct Snapshot: Decodable { let counters: [String: [String: Int64]] }
    }

    @Test(arguments: [
        ("node_netstat_TcpExt_TCPTimeWaitOverflow", "TcpExt.TCPTimeWaitOverflow"),
        ("node_netstat_Udp_RcvbufErrors", "Udp.RcvbufErrors"),
        ("node_netstat_IpExt_InOctets", "IpExt.InOctets"),
        ("node_netstat_Icmp_InErrors", "Icmp.InErrors"),
        ("node_sockstat_TCP_orphan", "sockstat.TCP.orphan"),
        ("node_sockstat_UDP_mem_bytes", "sockstat.UDP.mem"),
        ("node_sockstat_TCP6_inuse", "sockstat6.TCP6.inuse"),
        ("node_nf_conntrack_stat_insert_failed", "nf_conntrack.insert_failed"),
        ("node_softnet_flow_limit_count_total", "softnet.flow_limit_count"),
        ("tcp_retranssegs", "Tcp.RetransSegs"), ("Ip6InOctets", "snmp6.Ip6InOctets"),
        ("Udp6RcvbufErrors", "snmp6.Udp6RcvbufErrors"), ("IcmpMsgInType3", "IcmpMsg.InType3"),
        ("TcpExtTCPAbortOnMemory", "TcpExt.TCPAbortOnMemory"),
        ("alert: increase(node_netstat_TcpExt_ListenDrops[5m]) > 10", "TcpExt.ListenDrops"),
        ("TCPAbortOnTimeout grows on web-1", "TcpExt.TCPAbortOnTimeout"),
        ("    TCPRcvCoalesce: 811233", "TcpExt.TCPRcvCoalesce"),
        ("UdpLiteInErrors", "UdpLite.InErrors"),
    ])
    func `are found as monitors spell them`(text: String, name: String) {
        #expect(Topic.find(text)?.name == name)
    }

    @Test(arguments: [
        "node_netstat_TcpExt_", "node_netstat", "InType", "InType300", "the drop was found",
        "errors: 5", "sent 12 packets, forwarded", "resets sent to the admin", "node_load1",
    ])
    func `are none in what only looks like one`(text: String) {
        #expect(Topic.find(text)?.name == nil)
    }

    @Test func `keep to a line each`() {
        for counter in KernelCounter.all {
            #expect(counter.meaning.utf8.count < 200, "\(counter.fullName)")
            #expect(counter.reading.utf8.count < 200, "\(counter.fullName)")
        }
    }
}
