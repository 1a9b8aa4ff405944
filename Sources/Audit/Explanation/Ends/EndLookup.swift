import Model
import Text

/// Finds the ends that a pasted line names in what was read of this host.
struct EndLookup {
    let situation: Situation
    let holders: PortHolders?

    /// So many things are said about one end.
    static let most = 4

    private var now: Snapshot { situation.now }

    /// What each end is here, in the line's order.
    func values(of named: NamedEnds) -> [Explanation.Value] {
        let ends = named.ends.map {
            Explanation.Value($0.text, sentences(of: $0).joined(separator: "; "))
        }
        let paths = named.paths.map { Explanation.Value($0, sentence(ofPath: $0)) }
        return ends + paths
    }

    /// Whether an address is one of this host's, as far as its sockets show.
    func isLocal(_ address: IPAddress) -> Bool {
        address.isLoopback || address.isUnspecified || holders?.own.contains(address) == true
            || now.listeners.contains { $0.address == address }
            || now.tuples.contains { $0.tuple.source == address }
            || now.sourcePorts?.contains { $0.address == address } == true
            || holders?.sockets.contains { $0.address == address } == true
    }

    /// Listeners that take connections to it.
    func listeners(at end: NamedEnd) -> [Listener] {
        guard let port = end.port else { return [] }
        return now.listeners.filter { listener in
            guard listener.port == port else { return false }
            guard let address = end.address, !address.isUnspecified else { return true }
            return listener.address == address
                || (listener.address.isUnspecified && isLocal(address)
                    && (listener.address.isIPv4 == address.isIPv4
                        || (address.isIPv4 && !listener.onlyIPv6)))
        }
    }

    /// Listeners on its port that do not take connections to it, or only those that come in on their interface.
    func listenersBeside(_ end: NamedEnd) -> [(listener: Listener, takes: String)] {
        guard let port = end.port, end.address.map(isLocal) ?? true else { return [] }
        let covering = listeners(at: end)
        guard !covering.contains(where: { $0.interface == 0 }) else { return [] }
        return now.listeners.filter { $0.port == port }.map { ($0, Self.takes($0)) }
    }

    /// What connections a listener takes.
    private static func takes(_ listener: Listener) -> String {
        var parts: [String] = []
        if !listener.address.isUnspecified {
            parts.append("only to \(listener.address)")
        } else if listener.address.isIPv4 {
            parts.append("only over IPv4")
        } else if listener.onlyIPv6 {
            parts.append("only over IPv6 (IPV6_V6ONLY)")
        }
        if listener.interface != 0 {
            parts.append("only from \(listener.interfaceText) (SO_BINDTODEVICE)")
        }
        return "connections " + parts.joined(separator: ", ")
    }

    /// Outgoing connections to it, fullest first.
    func tuples(to end: NamedEnd) -> [TupleAssessment] {
        situation.tuples.filter {
            (end.port == nil || $0.tuple.port == end.port)
                && (end.address == nil || $0.tuple.destination == end.address)
        }
    }

    /// Sockets that hold it as their local port, without listeners; nil if nobody asked.
    func holders(of end: NamedEnd) -> [LocalSocket]? {
        guard let port = end.port else { return nil }
        return holders?.sockets(at: port, address: end.address)?.filter { $0.state != .listen }
    }

    private func sentences(of end: NamedEnd) -> [String] {
        let beside = listenersBeside(end)
        var sentences = listeners(at: end).filter { $0.interface == 0 }.prefix(Self.most)
            .map(Self.sentence)
        let isServed = !sentences.isEmpty
        sentences += beside.prefix(Self.most).map {
            Self.sentence($0.listener) + ": takes \($0.takes)"
        }
        if end.port != nil || end.address?.isUnspecified == false {
            sentences += tuples(to: end).prefix(Self.most).map(sentence)
        }
        if let port = end.port {
            sentences += formerListeners(at: end).prefix(Self.most).map { former in
                "\(former.states.total.grouped) sockets of a server that no longer listens on "
                    + former.address.with(port: former.port)
            }
            if !isServed { sentences += heldSentences(end, port: port) }
        }
        if !sentences.isEmpty { return sentences }
        return [absence(of: end)]
    }

    private func formerListeners(at end: NamedEnd) -> [FormerListener] {
        (now.formerListeners ?? []).filter {
            $0.port == end.port && (end.address == nil || end.address == $0.address)
        }
    }

    private func heldSentences(_ end: NamedEnd, port: UInt16) -> [String] {
        guard let sockets = holders(of: end) else { return [] }
        guard sockets.count > Self.most else { return sockets.map(\.sentence) }
        var states = StateCounts()
        for socket in sockets { states[socket.state] += 1 }
        let list = states.present.map { "\($0.count.grouped) \($0.state.name)" }
        return [
            "\(sockets.count.grouped) sockets hold \(port): " + list.joined(separator: ", ")
        ]
    }

    private static func sentence(_ listener: Listener) -> String {
        var parts = ["listener \(listener.place)"]
        if let name = listener.owner.name { parts.append(name) }
        if let backlog = listener.backlog {
            parts.append("accept queue \(listener.queue.grouped)/\(backlog.grouped)")
        } else {
            parts.append("\(listener.queue.grouped) waiting for accept()")
        }
        parts.append(
            "\(listener.states.total.grouped) "
                + (listener.states.total == 1 ? "connection" : "connections"))
        return parts.joined(separator: ", ")
    }

    private func sentence(_ tuple: TupleAssessment) -> String {
        let owner = situation.owner(of: tuple.ledger)
        let open = tuple.ledger.states[.established]
        var text =
            "\(tuple.tuple.text): \(tuple.used.grouped) of \(tuple.usable.grouped) ports in use "
            + "(\(tuple.usedRatio.percent)), \(open.grouped) open"
        if let name = owner.name {
            text += ", \(name)"
            if owner.confidence != .certain { text += " (\(owner.confidence.rawValue))" }
        }
        return text
    }

    /// Nothing was found in what was read; it says no more than that.
    private func absence(of end: NamedEnd) -> String {
        if let reason = CoverageNeed.connections.missing(in: situation) {
            return "not checked: \(reason)"
        }
        var text =
            end.port == nil ? "no outgoing connection" : "no listener, no outgoing connection"
        if now.socketsInTuplesLeftOut > 0 { text += " among the destinations listed" }
        guard let port = end.port, end.address.map(isLocal) ?? true else { return text }
        text +=
            holders(of: end) == nil
            ? "; local ports were not looked up" : "; no socket holds \(port) here"
        return text
    }

    private func sentence(ofPath path: String) -> String {
        guard let unix = now.unixListeners else { return "not checked: Unix sockets were not read" }
        guard let listener = unix.waiting.first(where: { $0.path == path }) else {
            return "no connection waits there (\(unix.count.grouped) Unix listeners read, "
                + "\(unix.waiting.count.grouped) with one waiting)"
        }
        let isFull = listener.queue > listener.backlog
        return "Unix listener"
            + (listener.owner.name.map { " of \($0)" } ?? "")
            + ", \(listener.queue.grouped) waiting, backlog \(listener.backlog.grouped)"
            + (isFull ? ": full" : "")
    }
}

extension Listener {
    /// The interface it is bound to, by its name or else its number.
    var interfaceText: String { interfaceName ?? "interface \(interface)" }

    /// As ss(8) writes it: `0.0.0.0:80%eth0`.
    var place: String {
        address.with(port: port) + (interface == 0 ? "" : "%" + (interfaceName ?? "\(interface)"))
    }
}
