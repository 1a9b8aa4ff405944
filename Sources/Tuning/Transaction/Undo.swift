import Kernel

/// Puts values back, in the reverse of the order in which they were written.
enum Undo {
    /// Gives each knob its value from before, where its value is still ours; the outcomes tell.
    ///
    /// A value may be refused until another one is back (a port range below `ip_unprivileged_port_start`), so what was
    /// refused is tried again as long as anything moves.
    static func restore(_ knobs: inout [KnobImage]) throws(KernelError) {
        var host = try HostKnobs()
        // What the kernel refused is none of ours, whatever it is now.
        var waiting = knobs.indices.reversed().filter { knobs[$0].outcome != .skipped }
        var reasons: [Int: String] = [:]
        while !waiting.isEmpty {
            var refused: [Int] = []
            for index in waiting {
                let knob = knobs[index]
                guard let now = host.value(of: knob.key) else {
                    knobs[index].outcome = .failed
                    continue
                }
                if now == knob.before {
                    knobs[index].outcome = .restored
                } else if !knob.isOurs(now) {
                    knobs[index].outcome = .foreign
                } else {
                    do throws(KernelError) {
                        try host.write(knob.before, to: knob.key)
                    } catch {
                        reasons[index] = error.description
                    }
                    if host.value(of: knob.key) == knob.before {
                        knobs[index].outcome = .restored
                    } else {
                        knobs[index].outcome = .failed
                        refused.append(index)
                    }
                }
            }
            if refused.count == waiting.count { return }
            waiting = refused
        }
    }
}
