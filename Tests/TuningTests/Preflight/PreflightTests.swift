import Catalogue
import Glibc
import Kernel
import Model
import Testing

@testable import Tuning

@Suite(
    .enabled(
        if: geteuid() == 0 && (try? ThrowawayNamespace.run {}) != nil,
        "needs root, to make a network namespace"))
struct `A preflight` {
    private func change(
        _ key: String, _ before: String, _ wanted: String, scope: Knob.Scope = .namespace
    ) -> PlannedChange {
        PlannedChange(
            key: key, before: before, wanted: wanted, landed: wanted, scope: scope.rawValue,
            reversible: .declared, reason: "")
    }

    private func run(
        _ changes: [PlannedChange],
        beside: [String: String] = [
            KeyOrder.range: "32768 60999", KeyOrder.unprivileged: "1024",
        ]
    ) -> Preflight.Outcome { Preflight.run(changes, beside: beside) }

    @Test func `proves what can be set and set back`() {
        let outcome = run([
            change("net.ipv4.tcp_tw_reuse", "2", "1"),
            change("net.core.somaxconn", "128", "65535"),
            change("net.ipv4.tcp_rmem", "4096 131072 6291456", "8192 262144 16777216"),
            change("net.ipv4.ip_local_reserved_ports", "9090", "8080,9090"),
        ])
        #expect(outcome.order.count == 4)
        #expect(outcome.verdicts["net.ipv4.tcp_tw_reuse"] == .proven(landed: "1"))
        #expect(outcome.verdicts["net.core.somaxconn"] == .proven(landed: "65535"))
        #expect(
            outcome.verdicts["net.ipv4.tcp_rmem"] == .proven(landed: "8192 262144 16777216"))
        #expect(
            outcome.verdicts["net.ipv4.ip_local_reserved_ports"] == .proven(landed: "8080,9090"))
    }

    @Test func `finds the order that works`() {
        let outcome = run([
            change(KeyOrder.range, "32768 60999", "500 60999"),
            change(KeyOrder.unprivileged, "1024", "400"),
        ])
        #expect(outcome.order == [KeyOrder.unprivileged, KeyOrder.range])
        #expect(outcome.verdicts.values.allSatisfy { $0 != .declared(why: "") })
        #expect(outcome.verdicts[KeyOrder.range] == .proven(landed: "500 60999"))
    }

    @Test func `holds the plan against the host's other values`() {
        let outcome = run(
            [change(KeyOrder.range, "32768 60999", "1024 60999")],
            beside: [KeyOrder.unprivileged: "2000"])
        guard case .refused(let why)? = outcome.verdicts[KeyOrder.range] else {
            Issue.record("\(outcome)")
            return
        }
        #expect(why.contains("this kernel refuses it"))
    }

    @Test(arguments: [
        ("net.ipv4.tcp_tw_reuse", "2", "3"), ("net.core.somaxconn", "4096", "-1"),
        ("net.ipv4.tcp_rmem", "4096 131072 6291456", "8192 131072 0"),
        ("net.ipv4.ip_local_reserved_ports", "", "9010-9000"),
    ])
    func `tells what the kernel refuses`(key: String, before: String, wanted: String) {
        let outcome = run([change(key, before, wanted), change("net.ipv4.tcp_rfc1337", "0", "1")])
        guard case .refused? = outcome.verdicts[key] else {
            Issue.record("\(outcome)")
            return
        }
        #expect(outcome.verdicts["net.ipv4.tcp_rfc1337"] == .proven(landed: "1"))
    }

    @Test func `tells what the kernel takes and does not store`() {
        // A short vector is taken for its first numbers, and stored so.
        let outcome = run([change("net.ipv4.tcp_rmem", "4096 131072 6291456", "8192")])
        guard case .refused(let why)? = outcome.verdicts["net.ipv4.tcp_rmem"] else {
            Issue.record("\(outcome)")
            return
        }
        #expect(why.contains("this kernel accepted"))
    }

    @Test func `tells what a value is rounded to`() throws {
        let tick = 1000 / (try #require(KernelTick.perSecond))
        let outcome = run([change("net.ipv4.tcp_invalid_ratelimit", "500", "\(tick * 7 - 1)")])
        // At HZ=1000 nothing is rounded.
        let landed = tick == 1 ? 6 : tick * 7
        #expect(
            outcome.verdicts["net.ipv4.tcp_invalid_ratelimit"] == .proven(landed: "\(landed)"))
    }

    @Test func `leaves to their range what is one value for the host`() {
        let outcome = run([
            change("net.core.rmem_max", "4194304", "8388608", scope: .readOnlyElsewhere),
            change("net.ipv4.tcp_max_orphans", "1", "2", scope: .host),
        ])
        #expect(outcome.order.isEmpty)
        #expect(outcome.verdicts.count == 2)
        for verdict in outcome.verdicts.values {
            #expect(verdict == .declared(why: "the whole host has one value"))
        }
    }

    @Test func `leaves this namespace alone`() throws {
        var reader = SysctlReader()
        let keys = Knob.all.compactMap { SysctlKey($0.key) }
        let before = keys.map { reader.read($0) }
        _ = run([
            change("net.ipv4.tcp_tw_reuse", "2", "1"), change("net.core.somaxconn", "4096", "1"),
        ])
        #expect(keys.map { reader.read($0) } == before)
        #expect(before.count > 100)
    }

    @Test func `proves every per-namespace knob at both ends of its range`() throws {
        let hertz = try #require(KernelTick.perSecond)
        let (fresh, access) = try ThrowawayNamespace.run { () throws(KernelError) in
            var reader = SysctlReader()
            var fresh: [String: String] = [:]
            var access: [String: SysctlAccess] = [:]
            for knob in Knob.all {
                guard let key = SysctlKey(knob.key), case .value(let text) = reader.read(key)
                else { continue }
                fresh[knob.key] = knob.canonical(text)
                access[knob.key] = SysctlAccess.of(key)
            }
            return (fresh, access)
        }
        var tried = 0
        for knob in Knob.all where knob.scope == .namespace && access[knob.key] == .writable {
            guard let range = knob.range(ticksPerSecond: hertz), let arity = knob.type.arity,
                let before = fresh[knob.key], knob.key != KeyOrder.range,
                knob.key != KeyOrder.unprivileged, knob.key != "net.ipv4.ip_forward"
            else { continue }
            for end in [range.lowerBound, range.upperBound] {
                let value = Array(repeating: "\(end)", count: arity).joined(separator: " ")
                // What the kernel prints reads back as the same value.
                #expect(knob.canonical(value) == value)
                guard value != before else { continue }
                let outcome = run([change(knob.key, before, value)])
                switch outcome.verdicts[knob.key] {
                case .proven(let landed):
                    #expect(
                        landed == value || knob.isRounded, "\(knob.key) \(value) \(landed)")
                    tried += 1
                case let other:
                    // tcp_rmem takes nothing below 4096 on some kernels.
                    #expect(
                        knob.key == "net.ipv4.tcp_rmem", "\(knob.key) = \(value): \(other as Any)")
                }
            }
        }
        #expect(tried > 100)
    }
}
