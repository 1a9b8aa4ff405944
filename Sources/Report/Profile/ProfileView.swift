import Catalogue
package import Model

/// A profile beside the host that it is shown on.
package struct ProfileView: Sendable {
    package let profile: Profile
    package let figures: HostFigures
    package let kernel: KernelRelease?
    /// The settings of the host, by key.
    private let settings: [String: Setting]

    package init(_ profile: Profile, host: Host, snapshot: Snapshot?) {
        self.profile = profile
        kernel = KernelRelease(host.kernel)
        figures = HostFigures(
            listeners: snapshot?.listeners.map(\.port), memory: host.memory["MemTotal"],
            processors: host.processors)
        settings = Dictionary((snapshot?.settings ?? []).map { ($0.key, $0) }) { first, _ in first }
    }

    /// The value now, canonical where it is understood; nil where there is none.
    func now(_ key: String) -> String? {
        settings[key]?.value.map { text in
            Knob.named(key).flatMap { $0.canonical(text) } ?? text
        }
    }

    /// What a computed value comes to here; nil where it is none, or the host does not tell.
    func computed(_ setting: ProfileSetting) -> String? {
        guard case .computed = setting.wish.value, let knob = Knob.named(setting.key) else {
            return nil
        }
        return setting.wish.value.text(on: figures, for: knob)
    }

    func holds(_ requirement: Requirement) -> Bool? {
        requirement.holds(kernel: kernel, value: requirement.key.flatMap(now))
    }
}
