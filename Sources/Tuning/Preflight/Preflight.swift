import Catalogue
import Kernel
package import Model

/// Applies a plan and takes it back in a network namespace that nobody else sees, before the host is touched.
///
/// It shows that this kernel takes every value, in which order, what it makes of it, and that the old one can be written
/// back. About 1 ms, most of it for the namespace.
package enum Preflight {
    /// What was seen of one change.
    package enum Verdict: Sendable, Hashable {
        /// Written, read back, undone, byte for byte.
        case proven(landed: String)
        /// It could not be tried here; why.
        case declared(why: String)
        /// This kernel does not take it, or does not take it back; why.
        case refused(why: String)
    }

    package struct Outcome: Sendable, Hashable {
        /// By key.
        package var verdicts: [String: Verdict]
        /// The keys that were written, in the order that worked.
        package var order: [String]
    }

    /// Tries the changes, in their order.
    ///
    /// - Parameter beside: values of the host that the kernel holds against those of the plan, by key.
    package static func run(_ changes: [PlannedChange], beside: [String: String]) -> Outcome {
        var outcome = Outcome(verdicts: [:], order: [])
        var subjects: [PlannedChange] = []
        for change in changes {
            if change.scope == Knob.Scope.namespace.rawValue {
                subjects.append(change)
            } else {
                outcome.verdicts[change.key] = .declared(why: "the whole host has one value")
            }
        }
        guard !subjects.isEmpty else { return outcome }
        let tried = subjects
        do throws(KernelError) {
            let result = try ThrowawayNamespace.run { () throws(KernelError) in
                var bench = try PreflightBench(tried, beside: beside)
                return try bench.run()
            }
            outcome.order = result.order
            outcome.verdicts.merge(result.verdicts) { $1 }
        } catch {
            let why =
                error.isDenied
                ? "this user may not create a network namespace to test it in" : error.description
            for subject in subjects { outcome.verdicts[subject.key] = .declared(why: why) }
        }
        return outcome
    }
}

extension Knob {
    /// Whether the kernel keeps it in coarser steps than it is written in, so that it reads back rounded.
    ///
    /// Milliseconds become jiffies (kernel/sysctl.c:proc_dointvec_ms_jiffies); microseconds and seconds may.
    var isRounded: Bool {
        countsJiffies || [.milliseconds, .microseconds, .seconds].contains(unit)
    }
}
