import FoundationEssentials
import Model
import Testing

@testable import Catalogue

/// Sysctls that are not TCP's, and names that no kernel has.
@Suite struct `Sysctls of other subjects` {
    @Test func `are named once, and none of them as TCP's`() {
        let keys = Knob.others.map(\.key)
        #expect(Set(keys).count == keys.count)
        #expect(Set(keys).isDisjoint(with: Knob.all.map(\.key)))
        #expect(keys.count > 300)
    }

    @Test func `are explained in whole sentences with a source`() {
        for knob in Knob.others {
            #expect(SentenceShape.holds(knob.meaning), "\(knob.key): \(knob.meaning)")
            #expect(knob.source.count == 1 && SentenceShape.isSource(knob.source[0]), "\(knob.key)")
            #expect(knob.isOfNoKernel || knob.subject != .tcp, "\(knob.key)")
        }
    }

    @Test func `are found by the name of any interface`() throws {
        let filter = try #require(Knob.ofAnySubject("net.ipv4.conf.eth0/100.rp_filter"))
        #expect(filter.key == "net.ipv4.conf.eth0/100.rp_filter")
        #expect(filter.meaning.contains("IPReversePathFilter"))
        #expect(Knob.ofAnySubject("net.ipv6.neigh.eth0.gc_stale_time")?.subject == .neighbours)
        #expect(Knob.ofAnySubject("net.ipv4.conf.eth0.tcp_sack") == nil)
        #expect(Knob.lastNamed("rp_filter")?.key == "net.ipv4.conf.all.rp_filter")
        // A word of ordinary language names no setting.
        #expect(Knob.lastNamed("mtu") == nil && Knob.lastNamed("warnings") == nil)
    }

    @Test func `know the new names of what connection tracking was called`() throws {
        let old = try #require(
            Knob.ofAnySubject("net.ipv4.netfilter.ip_conntrack_tcp_timeout_syn_recv"))
        #expect(old.today == "net.netfilter.nf_conntrack_tcp_timeout_syn_recv")
        #expect(old.availability(on: KernelRelease(6, 18)) == .removed(in: KernelRelease(4, 9)))
        let misplaced = try #require(
            Knob.ofAnySubject("net.ipv4.ip_conntrack_tcp_timeout_established"))
        #expect(misplaced.availability(on: KernelRelease(6, 18)) == .never)
        #expect(Knob.ofAnySubject("net.netfilter.nf_conntrack_max")?.today == nil)
    }

    @Test(arguments: RecordedSysctls.all)
    func `are no names that a recorded kernel lacks or has against what is said`(
        _ kernel: RecordedSysctls
    ) {
        for knob in Knob.others where knob.isOfNoKernel {
            #expect(kernel.values[knob.key] == nil, "\(knob.key) on \(kernel.release)")
            if let today = knob.today, !today.contains("*") {
                #expect(Knob.ofAnySubject(today)?.isOfNoKernel == false, "\(knob.key): \(today)")
            }
        }
        for key in kernel.values.keys.sorted() where key.hasPrefix("net.") {
            #expect(Knob.ofAnySubject(key) != nil, "\(key) on \(kernel.release)")
        }
    }

    @Test(arguments: RecordedSysctls.all)
    func `start with what is said`(_ kernel: RecordedSysctls) {
        for knob in Knob.others {
            guard let value = kernel.values[knob.key],
                let initial = knob.initialValue(on: kernel.release)
            else { continue }
            #expect(value.split(separator: " ").compactMap { Int64($0) } == initial, "\(knob.key)")
        }
    }

    @Test func `and TCP's cover what public files set`() throws {
        let folder = #filePath.split(separator: "/").dropLast().joined(separator: "/")
        let data = try Data(
            contentsOf: URL(filePath: "/\(folder)/Fixtures/public-sysctl-keys.txt"))
        let keys = String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
            .filter { !$0.hasPrefix("#") }
        #expect(keys.count > 280)
        let unknown = keys.filter { Knob.ofAnySubject($0) == nil }
        #expect(unknown.count * 20 <= keys.count, "not explained: \(unknown)")
    }
}
