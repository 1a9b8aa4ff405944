import Kernel
import Model
import Testing

@testable import Tuning

/// Undoing, in a namespace of its own.
@Suite(.enabled(if: Caller.isRoot, "needs root, to make a network namespace"))
struct `Undoing` {
    private static func knob(_ path: String, _ before: String, _ wanted: String) -> KnobImage? {
        SysctlKey(path: path).map {
            KnobImage(key: $0, before: before, wanted: wanted, landed: wanted)
        }
    }

    /// Sets values, undoes the knobs, and gives the knobs and what the kernel shows then.
    private func undo(
        _ knobs: [KnobImage], after values: [String]
    ) throws -> (outcomes: [KnobImage.Outcome], values: [String?]) {
        let (undone, shown) = try ThrowawayNamespace.run {
            () throws(KernelError) -> ([KnobImage], [String?]) in
            var knobs = knobs
            var host = try HostKnobs()
            // Twice, for what the kernel takes only once another is there.
            for (knob, value) in zip(knobs + knobs, values + values) {
                try? host.write(value, to: knob.key)
            }
            for (knob, value) in zip(knobs, values) where host.value(of: knob.key) != value {
                throw KernelError("set", knob.name, code: KernelError.badMessage)
            }
            try Undo.restore(&knobs)
            var shown: [String?] = []
            for knob in knobs { shown.append(host.value(of: knob.key)) }
            return (knobs, shown)
        }
        return (undone.map(\.outcome), shown)
    }

    @Test func `puts back what is ours, and leaves what is not`() throws {
        let knobs = [
            Self.knob("net/ipv4/tcp_fin_timeout", "60", "30"),
            Self.knob("net/ipv4/tcp_tw_reuse", "2", "1"),
            Self.knob("net/ipv4/tcp_rfc1337", "0", "1"),
        ].compactMap(\.self)
        let (outcomes, values) = try undo(knobs, after: ["30", "0", "0"])
        #expect(outcomes == [.restored, .foreign, .restored])
        #expect(values == ["60", "0", "0"])
    }

    @Test func `leaves what the kernel had refused, though somebody has set it since`() throws {
        var knob = try #require(Self.knob("net/ipv4/tcp_fin_timeout", "60", "30"))
        knob.outcome = .skipped
        let (outcomes, values) = try undo([knob], after: ["30"])
        #expect(outcomes == [.skipped])
        #expect(values == ["30"])
    }

    @Test func `finds the order in which the kernel takes the values back`() throws {
        let range = try #require(
            Self.knob("net/ipv4/ip_local_port_range", "2000 60999", "900 60999"))
        let start = try #require(
            Self.knob("net/ipv4/ip_unprivileged_port_start", "1500", "800"))
        // Undone from the end, the range is refused until the start is back, whichever comes first.
        for order in [[range, start], [start, range]] {
            let values = order.map(\.wanted)
            let (outcomes, shown) = try undo(order, after: values)
            #expect(outcomes == [.restored, .restored])
            #expect(shown == order.map(\.before))
        }
    }

    @Test func `tells what cannot be put back`() throws {
        let knob = try #require(Self.knob("net/ipv4/no_such_key", "1", "2"))
        let (outcomes, _) = try undo([], after: [])
        #expect(outcomes.isEmpty)
        var missing = [knob]
        try Undo.restore(&missing)
        #expect(missing.map(\.outcome) == [.failed])
    }
}
