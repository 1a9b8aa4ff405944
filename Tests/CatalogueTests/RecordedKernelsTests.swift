import Model
import Testing

@testable import Catalogue

/// The catalogue against untuned kernels of several releases, all started with 2 GiB of memory.
@Suite struct `The catalogue on recorded kernels` {
    @Test func `is compared with four releases`() {
        #expect(RecordedSysctls.all.count == 4)
    }

    /// What stable releases took over from later ones, so that a release's number does not tell.
    private static let backported: [KernelRelease: Set<String>] = [
        KernelRelease(5, 10): ["net.ipv4.tcp_migrate_req"],
        KernelRelease(6, 1): ["net.ipv4.tcp_shrink_window"],
    ]

    @Test(arguments: RecordedSysctls.all)
    func `knows what each has and has not`(_ kernel: RecordedSysctls) {
        for knob in Knob.all {
            let expected =
                switch knob.availability(on: kernel.release) {
                case .present, .withoutEffect: true
                case .notYet, .removed, .vendorOnly, .never: false
                }
            let isBackported = Self.backported[kernel.release]?.contains(knob.key) ?? false
            // What only root of another user namespace or a program's key may read is not in the list.
            #expect(
                (kernel.values[knob.key] != nil) == (expected || isBackported),
                "\(knob.key) on \(kernel.release)")
        }
    }

    @Test(arguments: RecordedSysctls.all)
    func `knows what each starts with`(_ kernel: RecordedSysctls) {
        var compared = 0
        for knob in Knob.all {
            guard let initial = knob.initialValue(on: kernel.release),
                let value = kernel.values[knob.key]
            else { continue }
            let numbers = value.split(separator: " ").compactMap { Int64($0) }
            #expect(numbers == initial, "\(knob.key) on \(kernel.release)")
            compared += 1
        }
        #expect(compared > 90)
    }

    @Test(arguments: RecordedSysctls.all)
    func `knows every TCP sysctl that each has`(_ kernel: RecordedSysctls) {
        let names = kernel.values.keys.filter { $0.hasPrefix("net.ipv4.tcp_") }
        #expect(names.count > 60)
        for name in names.sorted() {
            #expect(Knob.named(name) != nil, "\(name) on \(kernel.release)")
        }
    }

    @Test(arguments: RecordedSysctls.all)
    func `works out limits as each did`(_ kernel: RecordedSysctls) throws {
        func number(_ key: String) throws -> Int64 {
            try #require(kernel.values[key].flatMap { Int64($0) }, "\(key)")
        }
        // 2 GiB is 16384 slots of 128 KiB; before 6.1 their number is not to be seen.
        #expect(try number("net.ipv4.tcp_max_tw_buckets") == 16384 / 2)
        #expect(try number("net.ipv4.tcp_max_orphans") == 16384 / 2)
        #expect(try number("net.ipv4.tcp_max_syn_backlog") == max(128, 16384 / 128))
        let buckets = try number("net.netfilter.nf_conntrack_buckets")
        let isOld = kernel.release < KernelRelease(5, 15)
        #expect(buckets == (isOld ? 16384 : 65536))
        #expect(try number("net.netfilter.nf_conntrack_max") == (isOld ? 4 * buckets : buckets))
        #expect(try number("net.netfilter.nf_conntrack_expect_max") == buckets / 256 * 4)
    }
}
