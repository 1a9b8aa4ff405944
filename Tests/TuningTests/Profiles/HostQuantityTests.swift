import Catalogue
import Model
import Testing
import Tuning

@Suite struct `A computed value` {
    private static let figures = HostFigures(
        listeners: [443, 22, 444, 443, 8080], memory: 24 << 30, processors: 6)

    @Test func `is worked out from the host`() throws {
        let ports = try #require(Knob.named("net.ipv4.ip_local_reserved_ports"))
        let entries = try #require(Knob.named("net.netfilter.nf_conntrack_max"))
        let backlog = try #require(Knob.named("net.core.somaxconn"))
        #expect(HostQuantity.listeners.value(on: Self.figures, for: ports) == "22,443-444,8080")
        #expect(
            HostQuantity.memory(bytesEach: 16384).value(on: Self.figures, for: entries) == "1572864"
        )
        #expect(
            HostQuantity.memory(bytesEach: 1_000_000_007).value(on: Self.figures, for: entries)
                == "25")
        #expect(
            HostQuantity.processors(each: 1000).value(on: Self.figures, for: backlog) == "6000")
    }

    @Test func `stays within what the kernel takes`() throws {
        let backlog = try #require(Knob.named("net.core.somaxconn"))
        let timeout = try #require(Knob.named("net.ipv4.tcp_keepalive_time"))
        let spread = try #require(Knob.named("net.ipv4.tcp_reordering"))
        #expect(
            HostQuantity.memory(bytesEach: 1).value(on: Self.figures, for: backlog) == "2147483647")
        #expect(
            HostQuantity.processors(each: .max).value(on: Self.figures, for: backlog)
                == "2147483647")
        #expect(
            HostQuantity.memory(bytesEach: 1).value(
                on: Self.figures, for: timeout, ticksPerSecond: 250) == "8589934")
        #expect(HostQuantity.memory(bytesEach: .max).value(on: Self.figures, for: spread) == "1")
    }

    @Test func `of a table in whole pages reads back as written`() throws {
        let slots = try #require(Knob.named("net.netfilter.nf_conntrack_buckets"))
        let odd = HostFigures(memory: 25_276_968_960)
        #expect(HostQuantity.memory(bytesEach: 65536).value(on: odd, for: slots) == "385024")
    }

    @Test func `is none where the host does not tell`() throws {
        let backlog = try #require(Knob.named("net.core.somaxconn"))
        for quantity in [HostQuantity.memory(bytesEach: 1), .processors(each: 1), .listeners] {
            #expect(quantity.value(on: HostFigures(), for: backlog) == nil)
        }
    }
}

@Suite struct `A requirement` {
    @Test(arguments: [
        ("==", [false, true, false]), ("!=", [true, false, true]), (">=", [false, true, true]),
        ("<=", [true, true, false]), (">", [false, false, true]), ("<", [true, false, false]),
    ])
    func `compares a number`(sign: String, holds: [Bool]) throws {
        let comparison = try #require(Requirement.Comparison(rawValue: sign))
        let requirement = Requirement.sysctl(
            key: "net.core.somaxconn", comparison: comparison, value: 4096)
        #expect(requirement.description == "net.core.somaxconn \(sign) 4096")
        for (value, expected) in zip(["4095", "4096", "4097"], holds) {
            #expect(requirement.holds(kernel: nil, value: value) == expected)
        }
        #expect(requirement.holds(kernel: KernelRelease(9, 0), value: nil) == nil)
    }

    @Test func `compares releases by number`() {
        let requirement = Requirement.kernel(atLeast: KernelRelease(4, 19))
        #expect(requirement.description == "kernel >= 4.19")
        #expect(requirement.holds(kernel: KernelRelease(4, 9), value: nil) == false)
        #expect(requirement.holds(kernel: KernelRelease(4, 19), value: nil) == true)
        #expect(requirement.holds(kernel: KernelRelease(6, 1), value: nil) == true)
        #expect(requirement.holds(kernel: nil, value: nil) == nil)
    }
}
