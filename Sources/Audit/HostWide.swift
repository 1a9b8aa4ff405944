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

    /// Whether what boot-time files set is meant for this namespace: they reach the host's own only.
    package var bootFilesReach: Bool { now.namespace.isInit != false && judgesHost }

    /// Whether nothing but boot-time files was there to be read: no kernel has a say in what they do.
    var hasOnlyBootFiles: Bool {
        now.namespace.entry == .elsewhere && now.source == .none && now.counters.groups.isEmpty
            && now.settings.allSatisfy { $0.value == nil }
    }

    /// What was read, without the lines of boot-time files where those do not reach.
    ///
    /// A file of the host sets the host's own namespace: what another namespace has is not to be blamed on it, by no rule
    /// and on no page.
    static func withoutForeignBoot(_ snapshot: Snapshot) -> Snapshot {
        var snapshot = snapshot
        for index in snapshot.settings.indices { snapshot.settings[index].boot = nil }
        snapshot.strayAssignments = []
        return snapshot
    }
}
