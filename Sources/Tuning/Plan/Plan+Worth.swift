import Model

extension Plan {
    /// Whether applying it would change anything: a value now, or one at boot where it is persisted.
    package func isWorthApplying(persisting: Bool) -> Bool {
        if !changes.isEmpty { return true }
        return persisting && unchanged.contains { $0.boot != $0.value }
    }
}
