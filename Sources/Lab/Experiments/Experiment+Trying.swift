import Kernel

extension Experiment {
    /// The same with other settings where it has its remedy: the claim is then put to the test of those.
    ///
    /// Nil where it has no remedy.
    package func trying(_ settings: [LoadPlan.Assignment]) -> Experiment? {
        guard arms.contains(where: { $0.role == .remedy }) else { return nil }
        let common = arms.first { $0.role == .baseline }?.settings ?? []
        var changed = self
        for index in changed.arms.indices where changed.arms[index].role == .remedy {
            changed.arms[index].settings =
                common.filter { one in !settings.contains { $0.key == one.key } } + settings
        }
        let tried = settings.map { "\($0.key.name)=\($0.value)" }.joined(separator: " ")
        let remedies = changed.arms.filter { $0.role == .remedy }.map(\.name)
        changed.notes.append("tried in place of \(remedies.joined(separator: ", ")): \(tried)")
        return changed
    }
}
