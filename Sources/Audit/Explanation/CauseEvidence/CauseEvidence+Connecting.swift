import Model
import Text

extension CauseEvidence {
    static let connecting: [String: Predicate] = [
        "syn-unanswered": { $0.ofTCP(\.synUnanswered) },
        "path-gone": { $0.ofTCP(\.pathGone) },
        "paws": { $0.ofTCP(\.paws) },
        "no-route": { $0.ofTCP(\.noRoute) },
        "dropped-here": { $0.ofTCP(\.droppedHere) },
        "address-gone": { $0.ofTCP(\.addressGone) },
        "keepalive-unanswered": { $0.ofTCP(\.keepaliveUnanswered) },
        "peer-not-reading": { $0.ofTCP(\.peerNotReading) },
        "loopback-down": { $0.ofTCP(\.loopbackDown) },
    ]

    /// A verdict on connections of TCP; a line about a Unix socket speaks of none.
    private func ofTCP(_ verdict: KeyPath<CauseEvidence, CauseVerdict>) -> CauseVerdict {
        named.isOfUnixSocket
            ? .notFound("the line is about a Unix socket") : self[keyPath: verdict]
    }

    var synUnanswered: CauseVerdict {
        if let unread = unread(.connections) { return unread }
        let meant = named.targets.flatMap { lookup.tuples(to: $0) }
        let waiting =
            meant.isEmpty
            ? now.states[.synSent] : meant.reduce(0) { $0 + max(0, $1.ledger.states[.synSent]) }
        let resent = situation.reading("TcpExt", "TCPSynRetrans")
        let place =
            meant.first.map { " to \($0.tuple.destination.with(port: $0.tuple.port))" } ?? ""
        if waiting > 0 {
            let text =
                "\(waiting.grouped) \(waiting == 1 ? "connect" : "connects")\(place) without an answer"
            guard let growth = resent?.growthText, resent?.grows == true else {
                return .mayBe(text + " at this look")
            }
            return .found("\(text); SYNs resent: \(growth)")
        }
        if !meant.isEmpty {
            let count = meant.reduce(0) { $0 + $1.ledger.states.total }
            return .notFound(
                "no connect\(place) waits for an answer; \(count.counted("connection")) to it "
                    + "\(count == 1 ? "exists" : "exist")")
        }
        if named.targets.isEmpty, let finding = finding(.synRetransmitting) {
            return .found(Self.text(of: finding))
        }
        guard let resent, resent.growth != nil else {
            return .notFound("no connect\(place) waits for an answer at this look")
        }
        return resent.grows
            ? .mayBe("SYNs or SYN-ACKs resent: \(resent.growthText ?? "")")
            : .notFound(
                "no connect\(place) waits, and no SYN was resent in "
                    + "\((resent.seconds ?? 0).duration)"
            )
    }

    var pathGone: CauseVerdict {
        if let aborts = situation.reading("TcpExt", "TCPAbortOnTimeout"), aborts.grows {
            return .found("connections given up without an answer: \(aborts.growthText ?? "")")
        }
        if let finding = finding(among: [.peersSilent, .peersNotReading])
            ?? finding(.retransmitting)
        {
            return .mayBe(Self.text(of: finding))
        }
        if let unread = unread(.connections) { return unread }
        let again = now.retransmitting[.established]
        return again > 0
            ? .mayBe(
                "\(again.grouped) open "
                    + "\(again == 1 ? "connection retransmits" : "connections retransmit") data"
            )
            : .notFound("no open connection retransmits data at this look")
    }

    private var keepaliveUnanswered: CauseVerdict {
        guard let probes = situation.reading("TcpExt", "TCPKeepAlive"),
            let aborts = situation.reading("TcpExt", "TCPAbortOnTimeout")
        else { return .cannotBeSeen("this kernel does not report keepalive probes") }
        guard let sent = probes.growthText, let given = aborts.growth else {
            return aborts.total > 0 && probes.total > 0
                ? .mayBe(
                    "\(probes.total.grouped) probes sent and \(aborts.total.grouped) connections "
                        + "given up \(situation.epoch); --interval 5s shows whether it continues")
                : .notFound(
                    "no \(probes.total > 0 ? "connection was given up" : "keepalive probe was sent") "
                        + situation.epoch)
        }
        guard probes.grows, given > 0 else {
            return .notFound(
                probes.grows
                    ? "no connection was given up in \((aborts.seconds ?? 0).duration)"
                    : "no keepalive probe was sent in \((probes.seconds ?? 0).duration)")
        }
        let text = "probes sent: \(sent); given up: \(aborts.growthText ?? "")"
        let resent =
            (situation.growth("Tcp", "RetransSegs") ?? 0)
            - (situation.growth("TcpExt", "TCPSynRetrans") ?? 0)
        return probes.growth ?? 0 >= given && resent < given ? .found(text) : .mayBe(text)
    }

    private var peerNotReading: CauseVerdict {
        if let unread = unread(.connections) ?? unread(.stalledPeers) { return unread }
        let meant = named.targets
        let isMeant = { (peer: StalledPeer) in
            meant.isEmpty
                || meant.contains {
                    ($0.port == nil || $0.port == peer.port)
                        && ($0.address == nil || $0.address == peer.address)
                }
        }
        let peers = (now.stalledPeers ?? []).filter { isMeant($0) && $0.probing > 0 }
        let places = peers.map { $0.address.with(port: $0.port) }
        if let finding = findings.first(where: {
            $0.rule == .peersNotReading && places.contains($0.subject)
        }) {
            return .found(Self.text(of: finding))
        }
        guard let first = peers.first else {
            return .notFound("no outgoing connection has a closed window at this look")
        }
        return .mayBe(
            "closed window at this look: \(first.probing.counted("connection")) to \(places[0])"
        )
    }

    private var loopbackDown: CauseVerdict {
        let addresses = named.targets.compactMap(\.address)
        if !addresses.isEmpty, !addresses.contains(where: { $0.isLoopback || $0.isUnspecified }) {
            return .notFound("the line is not about 127.0.0.0/8 or ::1")
        }
        if let unread = unread(.loopback) { return unread }
        return now.loopbackUp == false ? .found("lo is down") : .notFound("lo is up")
    }

    /// The counter counts each connect() that fails in this way; no counter says which destination it was.
    private var noRoute: CauseVerdict {
        for (group, name) in [("Ip", "OutNoRoutes"), ("snmp6", "Ip6OutNoRoutes")] {
            let verdict = verdict(
                ofCounter: group, name, proves: false, what: "packets or connects without a route")
            if verdict.isPossible { return verdict }
        }
        return .cannotBeSeen("tcptune does not read routes: ip route get ADDRESS")
    }

    /// Drops on this host do not show that the segments were this connection's.
    private var droppedHere: CauseVerdict {
        let dropped = findings.first { $0.rule == .segmentsDropped && !$0.isOfDatagrams }
        if let finding = dropped ?? finding(.clientsRefused) {
            return .mayBe(Self.text(of: finding))
        }
        if let unread = unread(.interval) { return unread }
        return .notFound(
            "no drop counter grew, and the kernel delivered or forwarded what came in; no counter "
                + "shows what XDP, tc or a netdev chain drops")
    }

    private var addressGone: CauseVerdict {
        if let unread = unread(.connections) ?? unread(.localAddresses) { return unread }
        let count = (now.goneAddresses ?? []).reduce(0) { $0 + $1.states.total }
        guard let first = now.goneAddresses?.first, count > 0 else {
            return .notFound("this host has the local address of each connection")
        }
        return .found(
            "\(count.counted("connection", "connections")) on an address that no interface has: "
                + "\(first.address)")
    }

    /// Old timestamps show that segments were refused, not that a NAT mixed the clients.
    private var paws: CauseVerdict {
        var best: CauseVerdict?
        for name in ["PAWSTimewait", "TSEcrRejected", "PAWSEstab"] {
            guard situation.counter("TcpExt", name) != nil else { continue }
            let verdict = verdict(
                ofCounter: "TcpExt", name, proves: false,
                what: "refused because of an old timestamp (\(name))")
            if verdict.isPossible { return verdict }
            best = best ?? verdict
        }
        return best
            ?? .cannotBeSeen(
                "this kernel does not report refusals because of old timestamps")
    }
}
