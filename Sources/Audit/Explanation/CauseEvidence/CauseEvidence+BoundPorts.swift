import Model
import Text

extension CauseEvidence {
    static let boundPorts: [String: Predicate] = [
        "bound-ports-used-up": { $0.boundPortsUsedUp },
        "port-listened": { $0.portListened },
        "port-in-time-wait": { $0.portInTimeWait },
        "port-taken-by-connection": { $0.portTakenByConnection },
    ]

    /// bind(address, 0) fails if the distinct ports of its address are used up, whatever each destination has.
    private var boundPortsUsedUp: CauseVerdict {
        if let unread = unread(.connections) { return unread }
        let usable = situation.budget.range.count - situation.budget.reserved
        var seen: [(ratio: Double, text: String)] = []
        let share = { (ports: Int, text: String) in
            let ratio = usable > 0 ? Double(ports) / Double(usable) : 0
            seen.append((ratio, "\(ports.grouped) of \(usable.grouped) ports \(text)"))
        }
        for bound in now.bound ?? [] {
            let name = bound.owner.name.map { " by \($0)" } ?? ""
            share(bound.portsInRange, "of \(bound.address) bound\(name) and not connected")
        }
        if now.bound == nil, let ports = now.boundPorts {
            let range = situation.budget.range
            share(ports.count { range.contains(Int($0)) }, "bound and not connected")
        }
        for source in situation.sources where source.isBound {
            share(
                source.ports.distinct,
                "of \(source.address) in use, each for all destinations: \(source.sign)")
        }
        if let most = seen.max(by: { $0.ratio < $1.ratio }) {
            if most.ratio >= Self.fullRatio { return .found(most.text) }
            if most.ratio >= Self.pressingRatio { return .mayBe(most.text) }
        }
        if let finding = finding(.boundIdle)
            ?? finding(among: [.bindBeforeConnect, .bindPortsExhausting])
        {
            return finding.severity == .critical
                ? .found(Self.text(of: finding)) : .mayBe(Self.text(of: finding))
        }
        if now.sourcePorts == nil, let unread = unread(.boundSockets) { return unread }
        let limit = Self.fullRatio * Double(usable)
        let full = now.sourcePorts?.first { Double($0.distinct) >= limit }
        if let full, usable > 0 {
            return .mayBe(
                "\(full.distinct.grouped) of \(usable.grouped) ports of \(full.address) are in "
                    + "use, to \(full.destinations.counted("destination")); nothing shows that "
                    + "bind() took them: connect() alone does that too"
            )
        }
        let most = seen.max { $0.ratio < $1.ratio }?.text ?? "no port is bound"
        return .notFound(
            [most, CoverageNeed.boundSockets.missing(in: situation).map { "not checked: \($0)" }]
                .compactMap(\.self).joined(separator: "; "))
    }

    private var portListened: CauseVerdict {
        if let unread = unread(.sockets) { return unread }
        guard let first = namedPorts.first else { return Self.noPortNamed }
        for end in namedPorts {
            let inTheWay = now.listeners.first {
                $0.port == end.port && ($0.address.isUnspecified || end.covers($0.address))
            }
            if let inTheWay {
                let place = inTheWay.address.with(port: inTheWay.port)
                let pids = inTheWay.owner.pids.prefix(3).map { "\($0)" }.joined(separator: ", ")
                let owner = inTheWay.owner.name.map {
                    $0 + (pids.isEmpty ? "" : " (pid \(pids))")
                }
                return .found("\(owner ?? "a program") listens on \(place)")
            }
        }
        return .notFound("no program listens on \(first.text) now")
    }

    private var portInTimeWait: CauseVerdict {
        guard let first = namedPorts.first else { return Self.noPortNamed }
        for end in namedPorts {
            let held = lookup.holders(of: end)?.count { $0.state == .timeWait } ?? 0
            let former = (now.formerListeners ?? [])
                .filter { $0.port == end.port && end.covers($0.address) }
                .reduce(0) { $0 + $1.states[.timeWait] }
            let count = max(held, former)
            if count > 0 {
                return .mayBe(
                    "\(count.grouped) \(count == 1 ? "socket" : "sockets") of \(end.text) in "
                        + "TIME_WAIT; it is unknown whether the service sets SO_REUSEADDR")
            }
        }
        guard lookup.holders(of: first) != nil || now.formerListeners != nil else {
            return .cannotBeSeen("sockets on port \(first.port ?? 0) were not looked up")
        }
        return .notFound("no TIME_WAIT on \(first.text)")
    }

    private var portTakenByConnection: CauseVerdict {
        guard !namedPorts.isEmpty else {
            guard let finding = finding(.portRangeOverlapsListener) else {
                return Self.noPortNamed
            }
            return .mayBe(Self.text(of: finding))
        }
        var excluded: [String] = []
        for end in namedPorts {
            guard let port = end.port else { continue }
            let isServed = now.listeners.contains { $0.port == port }
            if let holders = lookup.holders(of: end) {
                let taken = holders.filter { $0.state != .timeWait }
                if !isServed, let first = taken.first { return .found(first.sentence) }
                excluded.append(
                    isServed
                        ? "connections on \(port) are those of its listener"
                        : "no connection holds \(port)")
            } else if situation.budget.range.contains(Int(port)),
                !PortSet(situation.reservedText).contains(Int(port))
            {
                return .mayBe(
                    "\(port) is inside ip_local_port_range and not reserved; its owner was not "
                        + "looked up"
                )
            } else {
                excluded.append("connect() does not choose \(port)")
            }
        }
        return .notFound(excluded.joined(separator: "; "))
    }
}
