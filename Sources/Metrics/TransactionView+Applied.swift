import Audit
package import Model
package import Watching

extension TransactionView {
    /// The last change, and what has become of all that is applied in the namespaces that are watched.
    ///
    /// - Parameter clock: seconds since 1970 at 0 of `BootClock`; nil where the clock is not the machine's.
    package init?(_ applied: AppliedChanges, _ views: [WatchedView], clock: Double?) {
        guard let last = applied.changes.last else { return nil }
        self.init(
            id: last.id, profile: last.profile, state: last.state.rawValue,
            // Whole seconds, so that the series does not move with the clocks.
            deadline: last.deadline.flatMap { deadline in
                clock.map { (deadline + $0).rounded(.down) }
            })
        for view in views {
            for setting in view.watched.assessment?.situation.now.settings ?? []
            where setting.applied != nil && setting.value != nil {
                drift[setting.key] = drift[setting.key] == true || setting.hasDrifted
            }
        }
    }
}
