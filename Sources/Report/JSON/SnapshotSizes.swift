import Model
import Text

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
        guard observation.views.count <= few else { return "it contains too many namespaces" }
        let snapshots = observation.views.lazy.flatMap { [$0.now, $0.earlier].compactMap(\.self) }
        return snapshots.compactMap(firstProblem).first
    }

    private static func firstProblem(in snapshot: Snapshot) -> String? {
        let lists: [(String, Int, Int)] = [
            ("tuples", snapshot.tuples.count, many), ("listeners", snapshot.listeners.count, many),
            ("processes", snapshot.processes.count, many),
            ("endings", snapshot.endings.count, many),
            ("bound ports", snapshot.boundPorts?.count ?? 0, many),
            ("addresses of bound sockets", snapshot.bound?.count ?? 0, few),
            ("source addresses", snapshot.sourcePorts?.count ?? 0, few),
            ("former listeners", snapshot.formerListeners?.count ?? 0, many),
            ("sockets connected to themselves", snapshot.selfConnected?.count ?? 0, few),
            ("samples of states", snapshot.stateSamples?.count ?? 0, few),
            ("addresses that are gone", snapshot.goneAddresses?.count ?? 0, few),
            ("blocks of ports", snapshot.portBlocks?.count ?? 0, few),
            ("destinations with unread data", snapshot.unreadOutgoing?.count ?? 0, few),
            ("destinations that stall", snapshot.stalledPeers?.count ?? 0, few),
            ("Unix listeners", snapshot.unixListeners?.waiting.count ?? 0, few),
            ("settings", snapshot.settings.count, few),
            ("lines of sysctl files", snapshot.strayAssignments.count, few),
            ("notes", snapshot.unseen.count, few),
            ("counters", snapshot.counters.groups.values.map(\.count).max() ?? 0, few),
            ("groups of counters", snapshot.counters.groups.count, few),
        ]
        if let long = lists.first(where: { $0.1 > $0.2 }) {
            return "it contains \(long.1.grouped) \(long.0), more than a host has"
        }
        let bound = snapshot.bound ?? []
        let unix = snapshot.unixListeners?.waiting ?? []
        let stateSamples = snapshot.stateSamples ?? []
        let further = Self.further(snapshot)
        let shares =
            snapshot.tuples.map { $0.owners ?? [] } + stateSamples.map(\.owners)
            + snapshot.listeners.compactMap(\.owners) + further.map(\.owners)
        let owners =
            snapshot.tuples.lazy.map(\.owner) + snapshot.listeners.lazy.map(\.owner)
            + bound.map(\.owner) + unix.map(\.owner)
        guard areNames([snapshot.namespace.name, entry(of: snapshot)]), owners.allSatisfy(isSane),
            shares.allSatisfy({ $0.count <= few && $0.allSatisfy { isSane($0.owner) } }),
            bound.allSatisfy({ $0.samples.count <= few }), areNames(unix.map(\.path)),
            stateSamples.allSatisfy({ $0.samples.count <= few }),
            further.allSatisfy({ $0.samples <= few }),
            snapshot.processes.allSatisfy({ areNames([$0.name, $0.unit ?? ""]) }),
            snapshot.unseen.allSatisfy({ areNames([$0.what, $0.why]) }),
            snapshot.listeners.allSatisfy({ $0.topPeers.count <= few && $0.samples.count <= few }),
            snapshot.tuples.allSatisfy({ $0.samples.count <= few })
        else { return "it contains names or lists longer than a host has" }
        guard snapshot.settings.allSatisfy(isSane),
            snapshot.strayAssignments.allSatisfy({ areNames([$0.key]) && isSane($0.assignment) })
        else { return "it contains settings longer than a kernel has" }
        return nil
    }

    /// Owners and numbers of samples of what few hosts have.
    private static func further(_ snapshot: Snapshot) -> [(owners: [OwnerShare], samples: Int)] {
        (snapshot.goneAddresses ?? []).map { ($0.owners, $0.samples.count) }
            + (snapshot.portBlocks ?? []).map { ($0.owners, $0.samples.count) }
            + (snapshot.unreadOutgoing ?? []).map { ($0.owners, $0.samples.count) }
            + (snapshot.stalledPeers ?? []).map { ($0.owners, $0.samples.count) }
            + [snapshot.mptcp].compactMap(\.self).map { ($0.owners, $0.samples.count) }
    }

    /// The name by which a namespace is entered, which becomes a part of commands.
    private static func entry(of snapshot: Snapshot) -> String {
        switch snapshot.namespace.entry {
        case .named(let text), .path(let text): text
        case .here, .process, .elsewhere, nil: ""
        }
    }

    private static func areNames(_ texts: [String]) -> Bool {
        texts.allSatisfy { $0.utf8.count <= name }
    }

    private static func isSane(_ owner: Owner) -> Bool {
        areNames([owner.name ?? "", owner.unit ?? "", owner.reason]) && owner.pids.count <= many
    }

    private static func isSane(_ setting: Setting) -> Bool {
        let assignments =
            [setting.boot?.systemd, setting.boot?.procps].compactMap(\.self)
            + (setting.boot?.others ?? []).map(\.assignment)
        guard assignments.count <= few, areNames(setting.boot?.unavailable ?? []) else {
            return false
        }
        return areNames([setting.key]) && (setting.value ?? "").utf8.count <= value
            && assignments.allSatisfy(isSane)
            && setting.boot.map { $0.shadowed.count <= few && $0.shadowed.allSatisfy(isSane) }
                ?? true
    }

    private static func isSane(_ assignment: Assignment) -> Bool {
        areNames([assignment.file]) && assignment.value.utf8.count <= value
    }
}
