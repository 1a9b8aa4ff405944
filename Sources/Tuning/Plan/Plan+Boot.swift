import Model

extension Plan {
    /// What `--persist` puts into the drop-in: all that was wanted and can be had, also what holds already.
    ///
    /// What holds now may have been set by hand, and would be gone after the next boot.
    package func entries(id: String) -> [DropIn.Entry] {
        let wanted =
            changes.map { ($0.key, $0.wanted) }
            + unchanged.filter { !$0.value.isEmpty }.map { ($0.key, $0.value) }
        return wanted.map { key, value in
            DropIn.Entry(
                key: key, value: value, profile: profile.name, digest: profile.digest, id: id)
        }
    }

    /// Fills in what boot sets now, what it will set once the plan is persisted, and what stands in the way.
    mutating func forecast(from dropIn: DropIn) {
        let keys = changes.map(\.key) + unchanged.map(\.key)
        let id = String(repeating: "0", count: 32)
        let proposed = dropIn.merging(entries(id: id))
        let now = BootForecast(keys: keys)
        let after = BootForecast(keys: keys, assuming: .replaced(by: proposed.rendered()))
        for index in changes.indices {
            changes[index].boot = now.value(of: changes[index].key)
            changes[index].bootAfter = after.value(of: changes[index].key)
        }
        for index in unchanged.indices {
            unchanged[index].boot = now.value(of: unchanged[index].key)
            unchanged[index].bootAfter = after.value(of: unchanged[index].key)
        }
        shadowed = []
        var told: Set<String> = []
        let other: BootSetting.Rule = after.rule == .systemd ? .procps : .systemd
        for (key, wanted) in changes.map({ ($0.key, $0.wanted) })
            + unchanged.map({ ($0.key, $0.value) })
        {
            if let line = after.shadow(of: key, wanted: wanted, by: after.rule) {
                shadowed.append(ShadowedSetting(key: key, by: line, rule: after.rule))
            } else if let line = after.shadow(of: key, wanted: wanted, by: other) {
                remarks.append(Self.differs(key, line, other))
                told.insert(key)
            }
        }
        for line in now.unseen { remarks.append("not checked: \(line.what) (\(line.why))") }
        remarks += losing(after, told)
        if let long = proposed.firstTooLong() {
            remarks.append(
                "tcptune would refuse --persist: the value of \(long.key) has \(long.value.utf8.count) bytes, "
                    + "and sysctl(8) stores at most \(DropIn.longestValue)")
        }
    }

    private static func differs(
        _ key: String, _ line: Assignment, _ rule: BootSetting.Rule
    ) -> String {
        let program = rule == .systemd ? "systemd-sysctl" : "sysctl --system"
        return "\(line.place) sets \(key) to \(Planner.cited(line.value)); this host does not "
            + "apply it at boot, but \(program) would"
    }

    /// Lines of other files for the same keys, which the drop-in wins over.
    private func losing(_ after: BootForecast, _ told: Set<String>) -> [String] {
        let wanted =
            changes.map { ($0.key, $0.wanted) } + unchanged.map { ($0.key, $0.value) }
        return wanted.compactMap { key, wanted in
            let lines = (after[key]?.shadowed ?? []).filter {
                !$0.file.hasSuffix("/" + Persistence.name)
                    && BootForecast.comparable($0.value, key) != wanted
            }
            guard let line = lines.last, !told.contains(key),
                !shadowed.contains(where: { $0.key == key })
            else { return nil }
            return "\(line.place) also sets \(key) to \(Planner.cited(line.value)) at boot; "
                + "\(Persistence.name) overrides it if you persist the plan"
        }
    }
}
