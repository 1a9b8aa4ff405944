import Kernel
import Model

/// Writes the wanted values, each read back at once.
struct Writing: ~Copyable {
    private var host: HostKnobs
    private let interruption: () -> Int32?

    /// Writes them in order; what is refused is tried again once others are written, as long as anything moves.
    static func run(
        _ knobs: inout [KnobImage], keepsGoing: Bool, interruption: () -> Int32?
    ) throws(Stop) {
        try withoutActuallyEscaping(interruption) { interruption throws(Stop) in
            var writing = try Writing(interruption)
            var waiting = Array(knobs.indices)
            while !waiting.isEmpty {
                var refused: [(index: Int, why: KernelError)] = []
                for index in waiting {
                    if knobs[index].isFound {
                        knobs[index].outcome = .landed
                        continue
                    }
                    if let why = try writing.write(&knobs[index]) { refused.append((index, why)) }
                }
                guard let first = refused.first else { return }
                if refused.count == waiting.count {
                    guard keepsGoing else { throw Self.refusal(first.why) }
                    for (index, _) in refused { knobs[index].outcome = .skipped }
                    return
                }
                waiting = refused.map(\.index)
            }
        }
    }

    private init(_ interruption: @escaping () -> Int32?) throws(Stop) {
        do throws(KernelError) { host = try HostKnobs() } catch { throw Self.refusal(error) }
        self.interruption = interruption
    }

    /// Writes one; gives the kernel's reason where it refused.
    private mutating func write(_ knob: inout KnobImage) throws(Stop) -> KernelError? {
        if let signal = interruption() { throw .signal(signal) }
        guard let now = host.value(of: knob.key) else {
            throw .failure(
                Refusal(.failed, "tcptune can no longer read the value of \(knob.key)"))
        }
        guard now == knob.before else {
            throw .failure(
                Refusal(
                    .conflict,
                    "\(knob.key) was \(knob.before) when the plan was made and is \(now) now; somebody else "
                        + "changes it"))
        }
        do throws(KernelError) { try host.write(knob.wanted, to: knob.key) } catch {
            // A write that failed may have stored a part of a vector (kernel/sysctl.c:do_proc_dointvec).
            if let shown = host.value(of: knob.key), shown != knob.before {
                knob.landed = shown
                throw Self.refusal(error)
            }
            return error
        }
        let shown = host.value(of: knob.key)
        guard shown == knob.landed else {
            // What is there now is our doing, and ours to take back.
            if let shown, shown != knob.before { knob.landed = shown }
            throw .failure(
                Refusal(
                    .restored,
                    "the kernel accepted \(knob.wanted) for \(knob.key), but shows \(shown ?? "nothing")"
                ))
        }
        knob.outcome = .landed
        return nil
    }

    private static func refusal(_ error: KernelError) -> Stop {
        .failure(Refusal(.restored, error.description))
    }
}
