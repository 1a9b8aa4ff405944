import Model
import Text

/// What helps if a tuple runs out of ports, with figures for this host.
struct PortRemedies {
    let situation: Situation
    let tuple: TupleAssessment
    let owner: Owner

    /// In the order to try them.
    var all: [Remedy] {
        [
            reserved, application, unixSocket, peerTimestamps, reusePorts, shorterDelay, widerRange,
            moreAddresses,
        ]
        .compactMap { $0 }
    }

    /// First of all if the list takes more than half of the range: a program with the rest is not to blame.
    private var reserved: Remedy? {
        situation.budget.reserved * 2 > situation.budget.range.count
            ? Self.shorterReservedList(in: situation) : nil
    }

    /// Nil if no port of the range is reserved.
    static func shorterReservedList(in situation: Situation) -> Remedy? {
        let reserved = situation.budget.reserved
        guard reserved > 0 else { return nil }
        return Remedy(
            .knob, "reserve only the ports that services need",
            command: "sysctl -w net.ipv4.ip_local_reserved_ports=\"\"",
            effect:
                "frees up to \(reserved.grouped) ports; write the list you need in place of the "
                + "empty one",
            risk: "a service whose port is no longer reserved may find it taken when it starts",
            undo: "sysctl -w net.ipv4.ip_local_reserved_ports=\"\(situation.reservedText)\"")
    }

    private var perMinute: Double { Double(tuple.usable) / Double(ClosingHistory.seconds) }

    /// Share of the blocked ports in TIME_WAIT below which reusing those changes little.
    private static let meaningfulRatio = 0.1
    /// Share of the ports in use that decides what to do first.
    private static let mostRatio = 0.5

    private var called: String { situation.called(tuple.ledger) }

    /// What the program can do, by the state of most of the ports.
    private var application: Remedy {
        let states = tuple.ledger.states
        if share(of: [.timeWait]) >= Self.mostRatio { return reuseConnections }
        if share(of: [.closeWait]) >= Self.mostRatio { return closeConnections }
        if share(of: [.synSent]) >= Self.mostRatio { return giveUpSooner }
        if share(of: [.finWait1, .finWait2, .closing]) >= Self.mostRatio { return closeAtPeer }
        return states[.established] > 0 || states[.timeWait] == 0
            ? fewerConnections : reuseConnections
    }

    private func share(of states: [TCPState]) -> Double {
        let count = states.reduce(0) { $0 + tuple.ledger.states[$1] }
        return tuple.used > 0 ? min(1, Double(count) / Double(tuple.used)) : 0
    }

    private var reuseConnections: Remedy {
        let waiting = min(tuple.ledger.states[.timeWait], tuple.used)
        return Remedy(
            .application,
            "keep connections open and reuse them: a pool or keep-alive in \(called)",
            effect: "frees up to \(share(of: [.timeWait]).percent) of the ports in use: "
                + "\(waiting.grouped) are left in TIME_WAIT by finished connections",
            risk: "if the peer closes idle connections first, the next request fails once: retry "
                + "it, or use a shorter idle timeout than the peer",
            undo: "switch the pool off",
            snippets: SnippetGuide.of(owner, among: SnippetGuide.connectionReuse))
    }

    private var fewerConnections: Remedy {
        let open = max(0, tuple.used - min(tuple.ledger.states[.timeWait], tuple.used))
        return Remedy(
            .application,
            "limit the number of connections that \(called) has open at once, and close idle ones",
            effect: "\(open.grouped) of the \(tuple.used.grouped) ports belong to open "
                + "connections; no kernel setting frees those",
            risk: "requests wait for a free connection if the limit is too low",
            undo: "raise the limit again",
            snippets: SnippetGuide.of(owner, among: SnippetGuide.connectionReuse))
    }

    private var closeConnections: Remedy {
        Remedy(
            .application, "call close() in \(called) for each connection that the peer has closed",
            effect: "frees the \(tuple.ledger.states[.closeWait].grouped) ports in CLOSE_WAIT; no "
                + "kernel setting does",
            risk: "none: the peer has closed already",
            undo: "remove the change",
            snippets: SnippetGuide.of(owner, among: SnippetGuide.closing))
    }

    private var giveUpSooner: Remedy {
        Remedy(
            .application,
            "shorten the connect timeout of \(called), and stop trying while the peer does not "
                + "answer",
            effect:
                "each of the \(tuple.ledger.states[.synSent].grouped) unanswered attempts holds "
                + "its port only that long",
            risk: "the program gives up on a slow peer as on a dead one",
            undo: "lengthen the timeout again")
    }

    private var closeAtPeer: Remedy {
        let held = tuple.ledger.heldFinWait2 ?? 0
        return Remedy(
            .application,
            "find out why the peer does not close: its program must call close() too"
                + (held > 0 ? "; in \(called), call close() with a timeout after shutdown()" : ""),
            effect: "frees the ports that wait for the peer's FIN"
                + (held > 0
                    ? ": a process has \(held.grouped) of them open, and those never time out"
                    : ""),
            risk: "after close() the kernel answers the peer's late data with a RST",
            undo: "remove the change")
    }

    private var unixSocket: Remedy? {
        guard tuple.tuple.isWithinHost, let server = situation.server(of: tuple.tuple) else {
            return nil
        }
        return Remedy(
            .application,
            "connect to \(server.owner.displayName ?? "the server") through a Unix "
                + "socket: both ends are on this host",
            effect: "needs no port at all",
            risk: "the server must listen on a Unix socket, and file permissions replace address "
                + "rules",
            undo: "use the TCP address again")
    }

    /// The changes in brackets, for a sentence.
    ///
    /// ` (net.ipv4.tcp_timestamps 0 → 1, net.ipv4.tcp_tw_reuse 2 → 1)`
    private func changed(_ needsTimestamps: Bool, _ mode: Int64?) -> String {
        let changes = [
            needsTimestamps ? "net.ipv4.tcp_timestamps 0 → 1" : nil,
            mode.map { "net.ipv4.tcp_tw_reuse \($0) → 1" },
        ].compactMap(\.self)
        return changes.isEmpty ? "" : " (\(changes.joined(separator: ", ")))"
    }

    /// Only if ports are in TIME_WAIT, and no connection without timestamps was seen.
    private var reusePorts: Remedy? {
        guard !tuple.isReusing, tuple.blockedTimeWaitRatio >= Self.meaningfulRatio,
            tuple.ledger.usesTimestamps != false || !situation.reuse.timestamps,
            let mode = situation.number("net.ipv4.tcp_tw_reuse")
        else { return nil }
        // What 2 already covers needs no 1: there, only timestamps can be missing.
        let needsMode = mode == 0 || (mode == 2 && !tuple.tuple.isLoopback)
        let needsTimestamps = !situation.reuse.timestamps
        var commands: [String] = []
        var undo: [String] = []
        if needsTimestamps {
            commands.append("sysctl -w net.ipv4.tcp_timestamps=1")
            undo.append("sysctl -w net.ipv4.tcp_timestamps=0")
        }
        if needsMode {
            commands.append("sysctl -w net.ipv4.tcp_tw_reuse=1")
            undo.append("sysctl -w net.ipv4.tcp_tw_reuse=\(mode)")
        }
        guard !commands.isEmpty, situation.reuse.delay > 0 else { return nil }
        let limit = Double(tuple.usable) / situation.reuse.delay
        let isSure = tuple.ledger.usesTimestamps == true || tuple.tuple.isWithinHost
        // The profile requires timestamps; if they are off, only the bare settings work.
        let profile: ShippedProfile? = needsTimestamps ? nil : .outboundReuse
        return Remedy(
            .knob,
            "allow connect() to reuse a TIME_WAIT port "
                + (situation.reuse.waitsForNextSecond
                    ? "from the next second on" : "after \(situation.reuse.delay.duration)")
                + changed(needsTimestamps, needsMode ? mode : nil),
            command: profile?.command ?? commands.joined(separator: " && "),
            effect: "raises the limit from \(perMinute.wholeFigure)/s to \(limit.wholeFigure)/s "
                + "for this destination"
                + (isSure ? "" : " if the peer uses timestamps, otherwise it changes nothing")
                + (needsTimestamps
                    ? "; it does not cover connections opened before timestamps were on" : "")
                + "; does nothing for ports of open connections, ports in FIN_WAIT2, or ports that "
                + "bind() took",
            risk: "relies on timestamps at both ends: if a middlebox rewrites them, or several "
                + "hosts share one address, the peer may refuse the new connection"
                + (profile == nil ? "" : "; the profile also widens the port range"),
            undo: profile == nil ? undo.joined(separator: " && ") : ShippedProfile.undo)
    }

    /// If reuse is allowed here and the peer's connections have no timestamps.
    private var peerTimestamps: Remedy? {
        guard tuple.ledger.usesTimestamps == false, situation.reuse.timestamps,
            tuple.blockedTimeWaitRatio >= Self.meaningfulRatio
        else { return nil }
        return Remedy(
            .application,
            "switch TCP timestamps on at the peer, or at the middlebox that removes them",
            effect: "without them connect() never reuses a port to \(tuple.tuple.destination), "
                + "whatever tcp_tw_reuse says on this host",
            risk: "12 bytes more in each segment",
            undo: "switch them off")
    }

    private var shorterDelay: Remedy? {
        // Only if ports are scarce because of those that are not old enough.
        guard tuple.isReusing, tuple.blockedTimeWaitRatio >= Self.meaningfulRatio,
            let delay = situation.number("net.ipv4.tcp_tw_reuse_delay"), delay > 200
        else { return nil }
        let limit = Double(tuple.usable) / 0.2
        return Remedy(
            .knob, "allow connect() to reuse a TIME_WAIT port sooner",
            command: "sysctl -w net.ipv4.tcp_tw_reuse_delay=200",
            effect: "raises the limit from \(tuple.limitPerSecond.wholeFigure)/s to "
                + "\(limit.wholeFigure)/s"
                + (tuple.reuse == .confirmed ? "" : " if the peer uses timestamps"),
            risk: "with a delay below the tick of the peer's timestamp clock, the peer cannot "
                + "recognise old segments; Linux ticks every millisecond, other systems as rarely "
                + "as every 500 ms",
            undo: "sysctl -w net.ipv4.tcp_tw_reuse_delay=\(delay)")
    }

    /// Whether a program leaks the sockets that hold the ports: it would leak more of them as well.
    private var isLeak: Bool {
        share(of: [.closeWait]) >= Self.mostRatio
            || situation.budget.bound * 2 >= max(1, situation.budget.usableUnbound)
    }

    private var widerRange: Remedy? { isLeak ? nil : WiderRange(situation)?.remedy }

    private var moreAddresses: Remedy {
        Remedy(
            .lastResort,
            "use more addresses: a second source address, or more addresses or ports at the "
                + "destination",
            effect: "each adds \(tuple.usable.grouped) ports"
                + (share(of: [.timeWait]) > 0
                    ? ", \(tuple.limitPerSecond.wholeFigure) connections/s if this host closes "
                        + "first" : ""),
            risk: "the program must choose its source with IP_BIND_ADDRESS_NO_PORT, or bind() "
                + "takes the port for every destination; firewalls and access lists must know "
                + "the new address",
            undo: "remove the address")
    }
}

extension Double {
    /// A limit per second, rounded down: a promise must be kept.
    var wholeFigure: String {
        self >= 10 && self < 1e15 ? Int(self).grouped : figure
    }
}
