import Catalogue
package import Model
import Tuning

/// Private namespaces that carry a host's own settings, and the same with a profile's changes.
package struct Twin: Sendable {
    /// The name of the arm without the profile.
    package static let now = "now"

    /// The host's values that both arms have.
    package var carried: [SettingValue]
    package var notCarried: [MissingValue]
    /// What the profile changes in the twin, in the plan's order.
    package var tried: [TriedSetting]
    /// What holds already.
    package var unchanged: [SettingValue]
    /// What the profile wants and the twin cannot show.
    package var notShown: [MissingValue]
    package var scale: TwinScale?
    /// Local ports of the host that are not reserved, and those that stand for them; nil where they are not known.
    let hostPorts: Int?
    let twinPorts: Int?
    private let base: [SettingValue]
    private let scaler: Scaler

    /// Makes one of a host's values and a plan made for that host.
    ///
    /// The private namespaces must be possible, see ``LabGround/prepare()``.
    ///
    /// - Parameter rate: connections a second of the workload; nil where they come as they can.
    package init(
        host: HostValues, plan: Plan, scaling: TwinScaling, rate: Double? = nil
    ) throws(Refusal) {
        let taken = try TwinBench.settle(host.values)
        let refused = Set(taken.refused.map(\.key))
        let base = host.values.filter { !refused.contains($0.key) }
        self.base = base
        notCarried = host.unread + taken.refused
        unchanged = plan.unchanged.map { SettingValue(key: $0.key, value: $0.value) }
        notShown = plan.impossible.map {
            MissingValue(key: $0.key, value: $0.wanted, why: $0.why)
        }
        tried = []
        for change in plan.changes {
            guard change.scope == Knob.Scope.namespace.rawValue else {
                notShown.append(
                    MissingValue(
                        key: change.key, value: change.wanted,
                        why: "the whole host has one value: no namespace has its own"))
                continue
            }
            guard !change.key.hasPrefix("net.netfilter.") else {
                notShown.append(
                    MissingValue(
                        key: change.key, value: change.wanted,
                        why:
                            "it affects tracked connections, and the twin does not track connections"
                    ))
                continue
            }
            tried.append(TriedSetting(change))
        }
        let all = Self.overlaid(base, tried.map(\.wanted))
        let outcome = try TwinBench.settle(all)
        for missing in outcome.refused {
            tried.removeAll { $0.key == missing.key }
            notShown.append(missing)
        }
        let changed = Set(tried.map(\.key))
        carried = base.filter { !changed.contains($0.key) }
        scaler = Scaler(
            scaling, now: Self.table(base),
            then: Self.table(Self.overlaid(base, tried.map(\.wanted))), rate: rate)
        hostPorts = Scaler.usable(Self.table(base))
        twinPorts = Scaler.usable(scaler.scaled(Self.table(base)))
        try takeScale(profile: plan.profile.name)
    }

    private mutating func takeScale(profile: String) throws(Refusal) {
        guard let key = scaler.key else { return }
        let now = scaler.scaled(Self.table(base))
        let then = scaler.scaled(Self.table(values(leavingOut: [])))
        var scaled: [String: String] = [:]
        scaled[Self.now] = now[key]
        scaled[profile] = then[key]
        scale = TwinScale(key: key, factor: scaler.factor, scaled: scaled, law: scaler.law)
        for index in tried.indices {
            let name = tried[index].key
            tried[index].twinBefore = now[name] ?? tried[index].before
            tried[index].twinAfter = then[name] ?? tried[index].after
        }
    }

    /// What both arms have of a setting unless the profile changes it, scaled; nil where the host has none.
    func value(_ key: String) -> String? { scaler.scaled(Self.table(base))[key] }

    /// The arm with the host's values.
    package func armNow() throws(Refusal) -> Arm {
        Arm(Self.now, .baseline, settings: try writes(base))
    }

    /// The arm with the profile's as well, but for those that are left out.
    package func arm(
        _ name: String, _ role: ArmResult.Role = .remedy, leavingOut keys: Set<String> = []
    ) throws(Refusal) -> Arm {
        Arm(name, role, settings: try writes(values(leavingOut: keys)))
    }

    private func values(leavingOut keys: Set<String>) -> [SettingValue] {
        Self.overlaid(base, tried.filter { !keys.contains($0.key) }.map(\.wanted))
    }

    /// Scaled, in an order that a fresh namespace takes.
    private func writes(_ values: [SettingValue]) throws(Refusal) -> [LoadPlan.Assignment] {
        let table = scaler.scaled(Self.table(values))
        let outcome = try TwinBench.settle(
            values.map { SettingValue(key: $0.key, value: table[$0.key] ?? $0.value) })
        if let missing = outcome.refused.first {
            throw Refusal(
                .failed,
                "cannot make a twin of this host: a namespace does not accept \(missing.key) = \(missing.value): \(missing.why)"
            )
        }
        return outcome.writes.compactMap { write in
            SysctlKey(write.key).map { LoadPlan.Assignment(key: $0, value: write.value) }
        }
    }

    private static func table(_ values: [SettingValue]) -> [String: String] {
        Dictionary(values.map { ($0.key, $0.value) }, uniquingKeysWith: { $1 })
    }

    /// The first values with the second's in place of theirs.
    private static func overlaid(_ values: [SettingValue], _ others: [SettingValue])
        -> [SettingValue]
    {
        let table = table(others)
        let known = Set(values.map(\.key))
        return values.map { SettingValue(key: $0.key, value: table[$0.key] ?? $0.value) }
            + others.filter { !known.contains($0.key) }
    }
}
