import Glibc
import Kernel
import Model

@testable import Lab

/// Runs within these tests: few connections, in namespaces of their own.
enum Runs {
    /// The process has threads, so it cannot go into a user namespace.
    static let arePossible = geteuid() == 0
    static let reason: String = "needs root: namespaces of its own in a process of many threads"

    static func run(_ change: (inout LoadPlan) -> Void) throws -> LoadResult {
        var plan = LoadPlan()
        plan.timeout = 20
        change(&plan)
        return try LoadRun(plan).run().0
    }

    static func setting(_ name: String, _ value: String) throws -> LoadPlan.Assignment {
        guard let key = SysctlKey(name) else {
            throw KernelError("name", name, code: EINVAL)
        }
        return LoadPlan.Assignment(key: key, value: value)
    }
}
