import Catalogue
import Kernel
import Model

/// Finds out which values a private namespace of this kernel takes, and in which order.
enum TwinBench {
    struct Outcome: Sendable, Hashable {
        /// What must be written to a fresh namespace, in an order that works.
        var writes: [SettingValue] = []
        /// What it refuses, with the reason.
        var refused: [MissingValue] = []
    }

    /// Writes them to a namespace that nobody else sees, and reads back what became of them.
    ///
    /// What a fresh namespace has by itself is not written.
    static func settle(_ values: [SettingValue]) throws(Refusal) -> Outcome {
        do throws(KernelError) {
            return try ThrowawayNamespace.run { () throws(KernelError) in
                var bench = try Bench()
                return bench.settle(values)
            }
        } catch {
            throw Refusal(error)
        }
    }

    private struct Bench: ~Copyable {
        private let writer: SysctlWriter
        private var reader = SysctlReader()

        init() throws(KernelError) { writer = try SysctlWriter.open() }

        mutating func settle(_ values: [SettingValue]) -> Outcome {
            var outcome = Outcome()
            var pending: [(value: SettingValue, key: SysctlKey)] = []
            for value in values {
                guard let key = SysctlKey(value.key) else { continue }
                guard let now = text(key) else {
                    outcome.refused.append(
                        MissingValue(
                            key: value.key, value: value.value,
                            why: "a new namespace does not have it"))
                    continue
                }
                if canonical(value.key, now) != value.value { pending.append((value, key)) }
            }
            // Writing this one resets others (net/ipv4/devinet.c:inet_forward_change).
            pending.sort { $0.value.key == forward && $1.value.key != forward }
            var failures: [String: String] = [:]
            // One value may make room for another: again and again while that gets any further.
            while !pending.isEmpty {
                var left: [(value: SettingValue, key: SysctlKey)] = []
                for write in pending {
                    do throws(KernelError) {
                        try writer.write(write.value.value, to: write.key)
                        outcome.writes.append(write.value)
                    } catch {
                        failures[write.value.key] = error.description
                        left.append(write)
                    }
                }
                guard left.count < pending.count else { break }
                pending = left
            }
            for write in pending {
                outcome.refused.append(
                    MissingValue(
                        key: write.value.key, value: write.value.value,
                        why: failures[write.value.key] ?? "the kernel refuses it"))
            }
            refuseUnlike(&outcome)
            return outcome
        }

        /// What was written and reads back as something else is not carried.
        private mutating func refuseUnlike(_ outcome: inout Outcome) {
            outcome.writes.removeAll { value in
                guard let knob = Knob.named(value.key), let key = SysctlKey(value.key) else {
                    return true
                }
                let landed = text(key).flatMap { knob.canonical($0) }
                if landed == value.value || (landed != nil && Self.isRounded(knob)) {
                    return false
                }
                outcome.refused.append(
                    MissingValue(
                        key: value.key, value: value.value,
                        why: "the kernel shows \(landed ?? "another value")"))
                return true
            }
        }

        /// Milliseconds and microseconds become ticks of the kernel's clock.
        private static func isRounded(_ knob: Knob) -> Bool {
            knob.countsJiffies || knob.unit == .milliseconds || knob.unit == .microseconds
        }

        private mutating func text(_ key: SysctlKey) -> String? {
            if case .value(let text) = reader.read(key) { text } else { nil }
        }

        private func canonical(_ name: String, _ text: String) -> String? {
            Knob.named(name)?.canonical(text) ?? nil
        }
    }

    private static let forward = "net.ipv4.ip_forward"
}
