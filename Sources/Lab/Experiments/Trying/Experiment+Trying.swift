import Model

extension Experiment {
    /// Settings that are tried, and the arms that they are held against.
    struct Trying: Sendable {
        var settings: TriedSettings
        var purpose: Purpose
        /// The names of arms.
        var arm: String
        var baseline: String
        var remedy: String
    }

    /// The same with an arm more, in which other settings have the place of the remedy's.
    ///
    /// Its own arms and claims stay: what is tried is asked a question of its own, whether it does what the remedy does.
    /// Nil where the experiment has no remedy.
    package func trying(_ settings: [LoadPlan.Assignment]) -> Experiment? {
        guard let purpose, let place = arms.firstIndex(where: { $0.role == .remedy }),
            let baseline = arms.first(where: { $0.role == .baseline })
        else { return nil }
        let tried = TriedSettings(settings)
        let remedy = arms[place]
        let name =
            arms.contains { $0.name == tried.words } ? "tried: \(tried.words)" : tried.words
        var changed = self
        let common = baseline.settings.filter { one in !settings.contains { $0.key == one.key } }
        var arm = Arm(name, .tried, settings: common + settings)
        arm.family = family
        changed.arms.insert(arm, at: place + 1)
        // The trial knows its arms by their own names.
        let own = trial
        changed.trial = { (arm, conditions) throws(Refusal) in
            var arm = arm
            if arm.name == name { arm.name = remedy.name }
            return try own(arm, conditions)
        }
        changed.tried = Trying(
            settings: tried, purpose: purpose, arm: name, baseline: baseline.name,
            remedy: remedy.name)
        if tried.value(of: "net.ipv4.tcp_max_tw_buckets") != nil {
            changed.notes.append(
                "without room the kernel makes no TIME_WAIT, and nothing protects the next connection: tcptune lab run last-ack-lost old-duplicates"
            )
        }
        return changed
    }
}
