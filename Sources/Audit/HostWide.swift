import HostState

extension Situation {
    /// Whether what is one for the whole host is judged here: in the namespace of PID 1, or else in
    /// the first one seen.
    var judgesHost: Bool {
        if let isInit = now.namespace.isInit { return isInit || neighbours.isEmpty }
        guard let first = neighbours.first else { return true }
        return !neighbours.contains { $0.namespace.isInit == true }
            && first.namespace == now.namespace
    }

    /// Whether what boot-time files set is meant for this namespace: they reach the host's own only.
    var bootFilesReach: Bool { now.namespace.isInit != false && judgesHost }
}
