import Testing

@testable import Catalogue

@Suite struct `Counters of IPv6` {
    @Test func `name nothing that only IPv4 has`() throws {
        let ofIPv4 = [
            "ip_forward", "ipfrag_", "TTL", "rp_filter", "broadcast packets", "net/ipv4/", "ICMP ",
        ]
        let counters = KernelCounter.all.filter { $0.group == "snmp6" && $0.name.hasPrefix("Ip6") }
        #expect(counters.count > 25)
        for counter in counters {
            let text = ([counter.meaning, counter.reading] + counter.source).joined(separator: " ")
            for word in ofIPv4 where text.contains(word) {
                Issue.record("\(counter.name) names \(word): \(text)")
            }
        }
        #expect(Set(counters.map(\.name)).count == counters.count)
    }

    @Test func `tell of IPv6's own settings and functions`() throws {
        let address = try #require(KernelCounter.named("snmp6", "Ip6InAddrErrors"))
        #expect(address.reading.contains("net.ipv6.conf.all.forwarding"))
        let fragments = try #require(KernelCounter.named("snmp6", "Ip6ReasmFails"))
        #expect(fragments.reading.contains("ip6frag_high_thresh"))
        #expect(fragments.source == ["net/ipv6/reassembly.c:ip6_frag_queue"])
    }
}
