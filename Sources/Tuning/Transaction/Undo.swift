import Kernel
import Model

/// Puts values back, in the reverse of the order in which they were written.
enum Undo {
    /// Gives each knob its value from before, where its value is still ours; the outcomes tell.
    ///
    /// Ours are the values that the knob's transaction wrote, and those that `written` tells of, where all is reverted: then what
    /// was only found is looked at, too. What a later transaction wants is left alone.
    ///
    /// A value may be refused until another one is back (a port range below `ip_unprivileged_port_start`), so what was
    /// refused is tried again as long as anything moves.
    static func restore(
        _ knobs: inout [KnobImage], written: ((SysctlKey) -> Set<String>)? = nil
    ) throws(KernelError) {
        var host = try HostKnobs()
        // What the kernel refused is none of ours, whatever it is now.
        var waiting = knobs.indices.reversed().filter {
            knobs[$0].outcome != .skipped && knobs[$0].outcome != .covered
        }
        while !waiting.isEmpty {
            var refused: [Int] = []
            for index in waiting {
                let knob = knobs[index]
                let known = written?(knob.key) ?? []
                if knob.isFound, written == nil {
                    knobs[index].outcome = .restored
                    continue
                }
                guard let now = host.value(of: knob.key) else {
                    knobs[index].outcome = .failed
                    knobs[index].cause = "tcptune cannot read its value"
                    continue
                }
                knobs[index].found = knobs[index].found ?? now
                if now == knob.before {
                    knobs[index].outcome = .restored
                } else if knob.isFound || !knob.isOurs(now), !known.contains(now) {
                    knobs[index].outcome = .foreign
                } else {
                    var cause = "the kernel accepted it, but shows another value"
                    do throws(KernelError) {
                        try host.write(knob.before, to: knob.key)
                    } catch {
                        cause = error.description
                    }
                    if host.value(of: knob.key) == knob.before {
                        knobs[index].outcome = .restored
                        knobs[index].cause = nil
                    } else {
                        knobs[index].outcome = .failed
                        knobs[index].cause = cause + host.obstacle(to: knob)
                        refused.append(index)
                    }
                }
            }
            if refused.count == waiting.count { return }
            waiting = refused
        }
    }
}

extension HostKnobs {
    /// What of this host keeps the kernel from a value, as the end of a sentence; empty where that is not known.
    ///
    /// A port range must not begin below `ip_unprivileged_port_start`, whichever of the two is written
    /// (net/ipv4/sysctl_net_ipv4.c:ipv4_local_port_range, ipv4_privileged_ports).
    fileprivate mutating func obstacle(to knob: KnobImage) -> String {
        let name = knob.name
        let isRange = name == Self.range
        guard isRange || name == Self.start,
            let other = SysctlKey(isRange ? Self.start : Self.range),
            let present = value(of: other), let wanted = Self.first(knob.before),
            let bound = Self.first(present), isRange ? wanted < bound : wanted > bound
        else { return "" }
        return isRange
            ? ": \(other.name) is \(present), and a port range must not begin below it"
            : ": \(other.name) is \(present), and must not begin below \(name)"
    }

    private static let range = "net.ipv4.ip_local_port_range"
    private static let start = "net.ipv4.ip_unprivileged_port_start"

    private static func first(_ value: String) -> Int? {
        value.split(separator: " ").first.flatMap { Int($0) }
    }
}
