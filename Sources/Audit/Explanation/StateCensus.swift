import Model
import Text

/// How many sockets of one state there are, and in which roles.
struct StateCensus {
    let state: TCPState
    /// Nil if they were not counted.
    let count: Int?
    /// Why they were not counted; nil if they were.
    let notCounted: String?
    private let roles: [SocketRole: Int]
    private let situation: Situation

    init(of state: TCPState, in situation: Situation) {
        self.state = state
        self.situation = situation
        let now = situation.now
        let needs: CoverageNeed =
            switch state {
            case .listen: .sockets
            case .boundInactive: .boundCount
            default: .connections
            }
        notCounted = needs.missing(in: situation)
        var roles: [SocketRole: Int] = [:]
        switch state {
        case .boundInactive:
            let bound = now.bound.map { $0.reduce(0) { $0 + max(0, $1.sockets) } }
            count = notCounted == nil ? bound ?? now.boundPorts?.count : nil
            roles[.unconnected] = count
        case .close:
            count = notCounted == nil ? now.states[.close] : nil
            roles[.unconnected] = count
        case .listen:
            count = notCounted == nil ? now.states[.listen] : nil
            roles[.listener] = count
        case .synReceived, .newSynReceived:
            count =
                notCounted == nil
                ? now.states[.synReceived] + now.states[.newSynReceived] : nil
            roles[.request] = count
        default:
            count = notCounted == nil ? now.states[state] : nil
            roles = Self.roles(of: state, in: now)
        }
        self.roles = roles
    }

    private static func roles(of state: TCPState, in now: Snapshot) -> [SocketRole: Int] {
        let atListeners = now.listeners.reduce(0) { $0 + $1.states[state] }
        let former = now.formerListeners?.reduce(0) { $0 + $1.states[state] } ?? 0
        let rest = now.states[state] - atListeners - former
        let orphans = now.withoutInode[state]
        let waiting = now.listeners.reduce(0) {
            $0 + ($1.withoutInodeStates?[state] ?? min($1.withoutInode, $1.states[state]))
        }
        var roles: [SocketRole: Int] = [.server: atListeners, .outgoing: rest, .former: former]
        if SocketRole.possible(in: state).contains(.waiting) {
            roles[.waiting] = min(waiting, orphans)
            roles[.server] = max(0, atListeners - min(waiting, orphans))
        } else if state != .timeWait {
            roles[.orphan] = orphans
            if orphans >= now.states[state] {
                roles[.server] = 0
                roles[.outgoing] = 0
            }
        }
        return roles
    }

    /// Whether there are sockets of that role, as far as it can be told.
    func mayHave(_ role: SocketRole) -> Bool { (roles[role] ?? 0) > 0 }

    var values: [Explanation.Value] {
        guard let count else { return [] }
        var values = [Explanation.Value("sockets now", count.grouped)]
        if state == .boundInactive { return values + boundValues }
        let order: [SocketRole] = [.waiting, .orphan, .server, .outgoing, .former]
        for role in order {
            guard let number = roles[role], number > 0 else { continue }
            values.append(.init(role.words, number.grouped))
        }
        let listener = situation.now.listeners.filter { $0.states[state] > 0 }
            .max { $0.states[state] < $1.states[state] }
        if let listener {
            values.append(
                .init(
                    "most at a listener",
                    "\(listener.states[state].grouped) at "
                        + listener.address.with(port: listener.port)
                        + Self.owner(listener.owner)))
        }
        let tuple = situation.now.tuples.filter { $0.states[state] > 0 }
            .max { $0.states[state] < $1.states[state] }
        if let tuple {
            values.append(
                .init(
                    "most to a destination",
                    "\(tuple.states[state].grouped) for \(tuple.tuple.text)"
                        + Self.owner(situation.owner(of: tuple))))
        }
        if let sample = situation.now.stateSamples?.first(where: { $0.state == state }),
            !sample.owners.isEmpty
        {
            values.append(
                .init(
                    "open in",
                    sample.owners.prefix(5).map {
                        "\($0.owner.called) (\($0.sockets.grouped) of "
                            + "\(sample.samples.count.grouped) looked at)"
                    }.joined(separator: ", ")))
        }
        return values
    }

    private var boundValues: [Explanation.Value] {
        let inRange = situation.now.bound?.reduce(0) { $0 + max(0, $1.portsInRange) }
        var values: [Explanation.Value] = []
        if let inRange {
            values.append(
                .init(
                    "ports of the range",
                    "\(inRange.grouped) of \(situation.budget.range.count.grouped)"))
        } else if let count, count > 0 {
            values.append(.init("counted", "distinct ports, not sockets"))
        }
        for bound in (situation.now.bound ?? []).prefix(5) {
            values.append(
                .init(
                    "\(bound.address)",
                    "\(bound.sockets.grouped) on \(bound.portsInRange.grouped) ports of the range"
                        + Self.owner(bound.owner)))
        }
        return values
    }

    private static func owner(_ owner: Owner) -> String {
        owner.name.map {
            " (\($0)\(owner.confidence == .certain ? "" : ", \(owner.confidence.rawValue)"))"
        }
            ?? ""
    }

    /// Whether a finding is about sockets that include some of this state; true if that is unknown.
    func isConcerned(by finding: Finding) -> Bool {
        let now = situation.now
        if let listener = now.listeners.first(where: {
            $0.address.with(port: $0.port) == finding.subject
        }) {
            return state == .listen || listener.states[state] > 0
        }
        if let tuple = now.tuples.first(where: { $0.tuple.text == finding.subject }) {
            return tuple.states[state] > 0
        }
        return (count ?? 0) > 0 || finding.rule == .finTimeoutTrap
    }
}
