import Model

/// Something that must have been read before a thing can be judged.
package enum CoverageNeed: Sendable, Hashable {
    case sockets
    /// Sockets that do not listen.
    case connections
    /// The limits of accept queues, which only sock_diag reports.
    case backlogs
    /// Bound and idle sockets, or that they are too few to matter.
    case boundSockets
    /// How many bound and idle sockets there are.
    case boundCount
    case sourcePorts
    case formerListeners
    case selfConnections
    case stateSamples
    case unixListeners
    /// Whether the local addresses of connections are still this host's.
    case localAddresses
    case portBlocks
    /// Receive queues of connections.
    case unreadQueues
    /// Send queues and timers of connections.
    case stalledPeers
    /// Whether lo is up.
    case loopback
    /// Sockets of Multipath TCP, if there are any.
    case mptcp
    /// Open files of the processes that own sockets.
    case processes
    case portRange
    /// A second snapshot: rates.
    case interval
    case counter(String, String)
    case setting(String)
    case openFiles
    case kernelRelease
    /// The host's own namespace, in which limits of the whole host are judged.
    case hostNamespace
    /// The namespace that boot-time files set.
    case bootFiles
    case otherNamespaces
    /// A connection tracking table.
    case tracking

    /// What is missing in this run, and why; nil if it was read.
    func missing(in situation: Situation) -> String? {
        let now = situation.now
        switch self {
        case .sockets:
            return now.source == .none ? "sockets (not read)" : nil
        case .connections:
            if now.source == .none { return "sockets (not read)" }
            return now.unseen.contains { $0.what == Coverage.unreadConnections }
                ? "connections (--listeners reads listeners only)" : nil
        case .backlogs:
            if now.source == .none { return "sockets (not read)" }
            return now.listeners.isEmpty || now.listeners.contains { $0.backlog != nil }
                ? nil : "accept queue limits (/proc/net/tcp does not show them)"
        case .boundCount:
            if now.bound != nil || now.boundPorts != nil { return nil }
            return now.unseen.first { $0.what.contains("BOUND_INACTIVE") }
                .map { "bound, unconnected sockets (\($0.why))" }
                ?? "bound, unconnected sockets (not asked for)"
        case .boundSockets:
            // A survey that counts distinct ports has looked whether many sockets are in no table.
            let areFew =
                now.sourcePorts != nil
                && !now.unseen.contains {
                    $0.what == Coverage.unreadConnections || $0.what.contains("BOUND_INACTIVE")
                }
            return areFew ? nil : Self.boundCount.missing(in: situation)
        case .sourcePorts:
            return now.sourcePorts == nil ? "distinct ports by source address (not counted)" : nil
        case .formerListeners:
            return now.formerListeners == nil
                ? "servers that no longer listen (not counted separately)" : nil
        case .selfConnections:
            return now.selfConnected == nil ? "sockets connected to themselves (not counted)" : nil
        case .stateSamples:
            return now.stateSamples == nil ? "owners of sockets by state (not looked for)" : nil
        case .unixListeners:
            return now.unixListeners == nil ? "Unix sockets (not read)" : nil
        case .localAddresses:
            return now.goneAddresses == nil
                ? "whether this host still has the local addresses of its connections (not asked)"
                : now.unseen.first { $0.what.hasPrefix("whether this host still has") }
                    .map { "\($0.what) (\($0.why))" }
        case .portBlocks:
            return now.portBlocks == nil ? "programs' own port ranges (not looked for)" : nil
        case .unreadQueues:
            return now.unreadOutgoing == nil ? "receive queues of connections (not read)" : nil
        case .stalledPeers:
            return now.stalledPeers == nil ? "send timers of connections (not read)" : nil
        case .loopback:
            return now.loopbackUp == nil ? "the loopback interface (not read)" : nil
        case .mptcp:
            return now.mptcp == nil && situation.hasMPTCP
                ? "sockets of Multipath TCP (not read: ss -Man)" : nil
        case .processes:
            return now.listeners.isEmpty && now.tuples.isEmpty
                || now.processes.contains { $0.openFiles != nil }
                ? nil : "open files of processes (no process of these sockets was readable)"
        case .portRange:
            return situation.budget.isMeasured ? nil : "the port range (not readable)"
        case .interval:
            return situation.interval == nil ? "rates (one look; --interval 5s measures them)" : nil
        case .counter(let group, let name):
            return situation.counter(group, name) == nil
                ? "\(group).\(name) (not reported)" : nil
        case .setting(let key):
            if situation.anySetting(key)?.value != nil { return nil }
            return now.settings.contains { $0.value != nil }
                ? "\(key) (not in this namespace, or not readable)" : "settings (not read)"
        case .openFiles:
            return situation.host.files == nil ? "open files of the host (not read)" : nil
        case .kernelRelease:
            return situation.kernel == nil ? "the kernel's release (unknown)" : nil
        case .hostNamespace:
            return situation.judgesHost
                ? nil : "limits of the whole host (judged in the host's own namespace)"
        case .bootFiles:
            return situation.bootFilesReach
                ? nil : "boot-time files (they apply only to the host's own namespace)"
        case .otherNamespaces:
            return situation.neighbours.count > 1 ? nil : "other namespaces (--netns all)"
        case .tracking:
            return situation.counter("nf_conntrack", "count") == nil
                ? "connection tracking (no table found here)" : nil
        }
    }

    /// Whether a healthy verdict should say that it is missing: not what this host simply does not have, and not what
    /// is another run's business.
    func belongsInSummary(of situation: Situation) -> Bool {
        switch self {
        case .tracking, .hostNamespace, .bootFiles, .otherNamespaces, .counter, .stateSamples,
            .formerListeners, .selfConnections, .loopback:
            false
        // Without a connection there is none of them.
        case .localAddresses, .portBlocks, .unreadQueues, .stalledPeers:
            situation.now.states.total > situation.now.states[.listen]
        case .setting: !situation.now.settings.contains { $0.value != nil }
        default: true
        }
    }
}
