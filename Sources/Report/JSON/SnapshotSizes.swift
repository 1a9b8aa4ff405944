import HostState

/// Whether the texts and lists of a file are of a size that a host has: what is shown and judged takes time by it.
enum SnapshotSizes {
    /// Bytes of a name, a path or a reason.
    private static let name = 4096
    /// Bytes of a setting's value: `ip_local_reserved_ports` has up to 400 KiB.
    private static let value = 1 << 19
    /// Namespaces, settings, lines of files.
    private static let few = 4096
    /// Tuples, listeners, processes: more than a survey keeps.
    private static let many = 1 << 17

    static func firstProblem(in observation: Observation) -> String? {
        let host = observation.host
        guard areNames([host.name, host.kernel, host.machine, host.bootID ?? ""]),
            host.memory.count <= few, host.pressure.count <= few
        else { return "the host has names that no kernel gives" }
        guard observation.views.count <= few else { return "it holds too many namespaces" }
        let snapshots = observation.views.lazy.flatMap { [$0.now, $0.earlier].compactMap(\.self) }
        return snapshots.compactMap(firstProblem).first
    }

    private static func firstProblem(in snapshot: Snapshot) -> String? {
        let lists: [(String, Int, Int)] = [
            ("tuples", snapshot.tuples.count, many), ("listeners", snapshot.listeners.count, many),
            ("processes", snapshot.processes.count, many),
            ("endings", snapshot.endings.count, many),
            ("bound ports", snapshot.boundPorts?.count ?? 0, many),
            ("settings", snapshot.settings.count, few),
            ("lines of sysctl files", snapshot.strayAssignments.count, few),
            ("notes", snapshot.unseen.count, few),
            ("counters", snapshot.counters.groups.values.map(\.count).max() ?? 0, few),
            ("groups of counters", snapshot.counters.groups.count, few),
        ]
        if let long = lists.first(where: { $0.1 > $0.2 }) {
            return "it holds \(long.1.grouped) \(long.0), more than a host has"
        }
        let owners = snapshot.tuples.lazy.map(\.owner) + snapshot.listeners.lazy.map(\.owner)
        guard areNames([snapshot.namespace.name]), owners.allSatisfy(isSane),
            snapshot.processes.allSatisfy({ areNames([$0.name, $0.unit ?? ""]) }),
            snapshot.unseen.allSatisfy({ areNames([$0.what, $0.why]) }),
            snapshot.listeners.allSatisfy({ $0.topPeers.count <= few && $0.samples.count <= few }),
            snapshot.tuples.allSatisfy({ $0.samples.count <= few })
        else { return "it holds names or lists longer than a host has" }
        guard snapshot.settings.allSatisfy(isSane),
            snapshot.strayAssignments.allSatisfy({ areNames([$0.key]) && isSane($0.assignment) })
        else { return "it holds settings longer than a kernel has" }
        return nil
    }

    private static func areNames(_ texts: [String]) -> Bool {
        texts.allSatisfy { $0.utf8.count <= name }
    }

    private static func isSane(_ owner: Owner) -> Bool {
        areNames([owner.name ?? "", owner.unit ?? "", owner.reason]) && owner.pids.count <= many
    }

    private static func isSane(_ setting: Setting) -> Bool {
        let assignments = [setting.boot?.systemd, setting.boot?.procps].compactMap(\.self)
        return areNames([setting.key]) && (setting.value ?? "").utf8.count <= value
            && assignments.allSatisfy(isSane)
            && setting.boot.map { $0.shadowed.count <= few && $0.shadowed.allSatisfy(isSane) }
                ?? true
    }

    private static func isSane(_ assignment: Assignment) -> Bool {
        areNames([assignment.file]) && assignment.value.utf8.count <= value
    }
}
