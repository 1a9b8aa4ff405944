import Kernel
package import Model

extension AppliedChanges {
    /// What the journal says is in force, or waits to be confirmed; reads no value.
    package static func read() throws(Refusal) -> AppliedChanges {
        let boot = try Refusal.kernel { () throws(KernelError) in try BootIdentity.read() }
        let pending = try Journal.glance()
            .flatMap { $0.isSettled || $0.boot != boot ? nil : $0 }
        let history = try History.read()
        let records = history.holding(in: boot) + [pending].compactMap(\.self)
        let rows = TransactionStatus.rows(of: records, in: boot)
        var changes: [Change] = []
        for record in records {
            // What is on its way back is wanted no more.
            let own = record.isBeingTakenBack ? [] : rows.filter { $0.transaction == record.id }
            guard !own.isEmpty || record.id == pending?.id else { continue }
            changes.append(
                Change(
                    id: record.id, profile: record.profile, state: record.state,
                    deadline: record.deadlineSeconds,
                    namespace: record.boot == boot ? record.namespace : nil,
                    values: Dictionary(
                        own.map { ($0.key, $0.wanted) }, uniquingKeysWith: { _, later in later })))
        }
        return AppliedChanges(boot: boot, changes: changes, damaged: history.damaged)
    }
}
