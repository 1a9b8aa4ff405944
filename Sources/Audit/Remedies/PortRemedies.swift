import HostState

/// What helps where a tuple runs out of ports, worked out for this host.
struct PortRemedies {
    let situation: Situation
    let tuple: TupleAssessment
    let owner: Owner

    /// In the order to try them.
    var all: [Remedy] {
        [reuseConnections, unixSocket, reusePorts, shorterDelay, widerRange, moreAddresses]
            .compactMap { $0 }
    }

    private var perMinute: Double { Double(tuple.usable) / Double(ClosingHistory.seconds) }

    private var reuseConnections: Remedy {
        let waiting = tuple.ledger.states[.timeWait]
        let share = tuple.used > 0 ? min(1, Double(waiting) / Double(tuple.used)) : 0
        guard share >= 0.5 else {
            return Remedy(
                .application,
                "bound the number of connections \(owner.called) holds at once, and close idle ones",
                effect: "\((tuple.used - min(waiting, tuple.used)).grouped) of the "
                    + "\(tuple.used.grouped) ports belong to connections that are open; no kernel "
                    + "setting frees those",
                risk: "requests wait for a free connection when the bound is too low",
                undo: "raise the bound again",
                snippets: SnippetGuide.of(owner, among: SnippetGuide.connectionReuse))
        }
        return Remedy(
            .application,
            "keep connections open and use them again: a pool or keep-alive in \(owner.called)",
            effect: "removes up to \(share.percent) of the ports in use: \(waiting.grouped) are "
                + "TIME_WAIT of connections that are over",
            risk: "a peer that closes idle connections first makes the next request fail once: "
                + "retry it, or keep them idle for less time than the peer does",
            undo: "switch the pool off again",
            snippets: SnippetGuide.of(owner, among: SnippetGuide.connectionReuse))
    }

    private var unixSocket: Remedy? {
        guard tuple.tuple.isWithinHost else { return nil }
        let server = situation.server(of: tuple.tuple)?.owner.called ?? "the server"
        return Remedy(
            .application, "talk to \(server) through a Unix socket: both ends are on this host",
            effect: "needs no port at all",
            risk: "the server must listen on one, and file "
                + "permissions take the place of addresses",
            undo: "use the TCP address again")
    }

    private var reusePorts: Remedy? {
        guard !tuple.isReusing, let mode = situation.number("net.ipv4.tcp_tw_reuse") else {
            return nil
        }
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
        // The profile requires timestamps; where they are off nothing but the bare settings will do.
        let profile: ShippedProfile? = needsTimestamps ? nil : .outboundReuse
        return Remedy(
            .knob,
            "let connect() take a port in TIME_WAIT again "
                + (situation.reuse.waitsForNextSecond
                    ? "from the next second on" : "after \(situation.reuse.delay.duration)")
                + (needsMode ? " (net.ipv4.tcp_tw_reuse \(mode) → 1)" : ""),
            command: profile?.command ?? commands.joined(separator: " && "),
            effect: "raises the limit from \(perMinute.wholeFigure)/s to \(limit.wholeFigure)/s "
                + "for this destination"
                + (needsTimestamps
                    ? "; connections opened before timestamps were on stay out of it" : "")
                + "; does nothing for ports of open connections or FIN_WAIT2",
            risk: "relies on timestamps at both ends: a middlebox that rewrites them, or several "
                + "hosts behind one address, can make the peer refuse the new connection"
                + (profile == nil ? "" : "; the profile widens the port range as well"),
            undo: profile == nil ? undo.joined(separator: " && ") : ShippedProfile.undo)
    }

    private var shorterDelay: Remedy? {
        guard tuple.isReusing, tuple.ledger.states[.timeWait] > 0,
            let delay = situation.number("net.ipv4.tcp_tw_reuse_delay"), delay > 200
        else { return nil }
        let limit = Double(tuple.usable) / 0.2
        return Remedy(
            .knob, "let connect() take a port in TIME_WAIT again sooner",
            command: "sysctl -w net.ipv4.tcp_tw_reuse_delay=200",
            effect: "raises the limit from \(tuple.limitPerSecond.wholeFigure)/s to "
                + "\(limit.wholeFigure)/s",
            risk: "below the tick of the peer's timestamp clock its check for old segments is "
                + "blind; Linux ticks every millisecond, other systems as rarely as every 500 ms",
            undo: "sysctl -w net.ipv4.tcp_tw_reuse_delay=\(delay)")
    }

    private var widerRange: Remedy? { WiderRange(situation)?.remedy }

    private var moreAddresses: Remedy {
        Remedy(
            .lastResort,
            "spread over more addresses: a second source address, or more addresses or ports of "
                + "the destination",
            effect: "each adds \(tuple.usable.grouped) ports, "
                + "\(tuple.limitPerSecond.wholeFigure) connections/s",
            risk: "the program must choose its source with IP_BIND_ADDRESS_NO_PORT, or bind() "
                + "takes the port for every destination; firewalls and access lists must know "
                + "the new address",
            undo: "remove the address again")
    }
}

extension Double {
    /// A limit a second, rounded down: what is promised must hold.
    var wholeFigure: String {
        self >= 10 && self < 1e15 ? Int(self).grouped : figure
    }
}
