import Model
import Testing

@testable import Catalogue

@Suite struct `The table of sysctls` {
    @Test func `names each once`() {
        let keys = Knob.all.map(\.key)
        #expect(Set(keys).count == keys.count)
        #expect(keys.count > 100)
    }

    @Test(arguments: Knob.all)
    func `says each thing in whole sentences with a source`(knob: Knob) {
        #expect(SentenceShape.holds(knob.meaning), "\(knob.key): \(knob.meaning)")
        for text in [knob.myth, knob.risk].compactMap({ $0 }) {
            #expect(SentenceShape.holds(text), "\(knob.key): \(text)")
        }
        #expect(!knob.source.isEmpty)
        for source in knob.source {
            #expect(SentenceShape.isSource(source), "\(knob.key): \(source)")
        }
    }

    @Test(arguments: Knob.all)
    func `starts each within its own range`(knob: Knob) {
        let values: [[Int64]] =
            switch knob.initial {
            case .fixed(let value): [value]
            case .changed(let history): history.map(\.value)
            case .computed(let words): words.isEmpty ? [[]] : []
            }
        for value in values {
            #expect(value.count == knob.type.arity, "\(knob.key)")
            for number in value {
                #expect(knob.type.range?.contains(number) == true, "\(knob.key) \(number)")
            }
        }
    }

    @Test(arguments: Knob.all)
    func `orders releases as time does`(knob: Knob) {
        if let since = knob.since, let until = knob.until { #expect(since < until) }
        if let since = knob.since, let inert = knob.inertSince { #expect(since < inert) }
        if case .changed(let history) = knob.initial {
            #expect(history.last?.since == nil, "\(knob.key): the oldest value has no release")
            let releases = history.compactMap(\.since)
            #expect(releases == releases.sorted(by: >), "\(knob.key)")
        }
    }

    @Test func `tells a removed sysctl from one not yet there`() throws {
        let recycle = try #require(Knob.named("net.ipv4.tcp_tw_recycle"))
        #expect(recycle.availability(on: KernelRelease(4, 11)) == .present)
        #expect(
            recycle.availability(on: KernelRelease(4, 12)) == .removed(in: KernelRelease(4, 12)))
        let delay = try #require(Knob.named("net.ipv4.tcp_tw_reuse_delay"))
        #expect(delay.availability(on: KernelRelease(6, 1)) == .notYet(since: KernelRelease(6, 14)))
        #expect(delay.availability(on: KernelRelease(6, 14)) == .present)
        let fack = try #require(Knob.named("net.ipv4.tcp_fack"))
        #expect(fack.availability(on: KernelRelease(4, 14)) == .present)
        #expect(
            fack.availability(on: KernelRelease(6, 18))
                == .withoutEffect(since: KernelRelease(4, 15)))
        let timeout = try #require(Knob.named("net.ipv4.tcp_tw_timeout"))
        #expect(
            timeout.availability(on: KernelRelease(6, 18)) == .vendorOnly("Alibaba Cloud Linux"))
    }

    @Test func `knows the default of each release`() throws {
        let backlog = try #require(Knob.named("net.core.somaxconn"))
        #expect(backlog.initialValue(on: KernelRelease(4, 19)) == [128])
        #expect(backlog.initialValue(on: KernelRelease(5, 4)) == [4096])
        let reuse = try #require(Knob.named("net.ipv4.tcp_tw_reuse"))
        #expect(reuse.initialValue(on: KernelRelease(4, 18)) == [0])
        #expect(reuse.initialValue(on: KernelRelease(6, 18)) == [2])
        let memory = try #require(Knob.named("net.ipv4.tcp_mem"))
        #expect(memory.initialValue(on: KernelRelease(6, 18)) == nil)
    }

    @Test func `divides the limit of a time by HZ`() throws {
        let timeout = try #require(Knob.named("net.ipv4.tcp_fin_timeout"))
        #expect(timeout.range(ticksPerSecond: 1000) == -2_147_483...2_147_483)
        #expect(timeout.range(ticksPerSecond: 250) == -8_589_934...8_589_934)
        #expect(timeout.range(ticksPerSecond: 100) == timeout.type.range)
        let backlog = try #require(Knob.named("net.core.somaxconn"))
        #expect(backlog.range(ticksPerSecond: 250) == 0...2_147_483_647)
    }
}
