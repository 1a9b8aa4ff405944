import Kernel
package import Model

extension Planning {
    /// A saved plan as it is to be applied: its writes unchanged, tried out once more in a namespace of this kernel.
    ///
    /// - Throws: `conflict` where a value is no longer as it was when the plan was made.
    package static func ready(
        _ plan: Plan, netns: String?
    ) throws(Refusal) -> Result {
        var result = try recheck(plan, netns: netns)
        guard let bootID = result.host.bootID, plan.bootID == bootID else {
            throw Refusal(
                .conflict,
                "tcptune changed nothing: the plan was made before the last boot, or on another host; plan again"
            )
        }
        guard plan.namespace.inode == result.place.namespace.inode else {
            throw Refusal(
                .conflict,
                "tcptune changed nothing: the plan was made for network namespace "
                    + "\(plan.namespace.name.prefix(80)), not for \(result.place.namespace.name); plan again there"
            )
        }
        let keys = plan.changes.map(\.key) + plan.unchanged.map(\.key)
        let (host, _) = try read(keys + [KeyOrder.range, KeyOrder.unprivileged], in: result.place)
        if let moved = plan.moved(now: host.values).first {
            throw Refusal(
                .conflict,
                "tcptune changed nothing: \(moved.key) was \(Planner.cited(moved.before)) when the plan was made and "
                    + "is \(moved.now.map { Planner.cited($0) } ?? "unreadable") now; plan again"
            )
        }
        var beside: [String: String] = [:]
        for key in [KeyOrder.range, KeyOrder.unprivileged] { beside[key] = host.value(of: key) }
        // Files may have come and gone since.
        let (dropIn, _) = currentDropIn()
        result.plan.forecast(from: dropIn ?? DropIn())
        result.plan.take(Preflight.run(plan.changes, beside: beside))
        result.plan.namespace = result.place.namespace
        result.plan.bootID = host.host.bootID ?? ""
        return result
    }
}
