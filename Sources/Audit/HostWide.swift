import Model

extension Situation {
    /// Whether what is one for the whole host is judged here: in the initial namespace, or else in
    /// the first one seen.
    var judgesHost: Bool { Self.judgesHost(now.namespace, beside: neighbours) }

    static func judgesHost(_ namespace: Namespace, beside neighbours: [Snapshot]) -> Bool {
        if let isInit = namespace.isInit { return isInit || neighbours.isEmpty }
        guard let first = neighbours.first else { return true }
        return !neighbours.contains { $0.namespace.isInit == true }
            && first.namespace == namespace
    }

    /// Whether boot-time files apply to this namespace: they apply only to the host's own.
    package var bootFilesReach: Bool { now.namespace.isInit != false && judgesHost }

    /// Whether there was nothing but boot-time files to read: no kernel decides what they do.
    var hasOnlyBootFiles: Bool {
        now.namespace.entry == .elsewhere && now.source == .none && now.counters.groups.isEmpty
            && now.settings.allSatisfy { $0.value == nil }
    }

    /// What was read, without the lines of boot-time files if those do not apply.
    ///
    /// A file of the host sets only the host's own namespace: no rule and no page may blame it for what another
    /// namespace has.
    static func withoutForeignBoot(_ snapshot: Snapshot) -> Snapshot {
        var snapshot = snapshot
        for index in snapshot.settings.indices { snapshot.settings[index].boot = nil }
        snapshot.strayAssignments = []
        return snapshot
    }
}
