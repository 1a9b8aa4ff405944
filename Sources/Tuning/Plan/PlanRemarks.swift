import Catalogue
import Kernel
import Model
import Text

/// What else should be known before a plan is applied: sentences, each with this host's own numbers.
struct PlanRemarks {
    private let plan: Plan
    private let host: PlanningHost

    static func all(
        _ plan: Plan, on host: PlanningHost, outcome: Preflight.Outcome
    ) -> [String] {
        let remarks = PlanRemarks(plan: plan, host: host)
        return remarks.portSupply() + remarks.finTimeout() + remarks.somaxconn()
            + remarks.rounding() + remarks.otherNamespaces() + remarks.conntrackAtBoot()
            + remarks.rights(outcome)
    }

    private func change(_ key: String) -> PlannedChange? { plan.changes.first { $0.key == key } }

    /// What it will be: changed, or as it is.
    private func value(_ key: String) -> String? { change(key)?.wanted ?? host.value(of: key) }

    /// How many ports there are for connections to one destination, before and after.
    private func portSupply() -> [String] {
        guard change(KeyOrder.range) != nil || change(KeyOrder.reserved) != nil,
            let before = Self.supply(
                host.value(of: KeyOrder.range), host.value(of: KeyOrder.reserved)),
            let after = Self.supply(value(KeyOrder.range), value(KeyOrder.reserved))
        else { return [] }
        return [
            "ports for connections to one destination: \(before.grouped) now, \(after.grouped) "
                + "after (the range without reserved ports)"
        ]
    }

    /// The ports of the range that are not reserved.
    static func supply(_ range: String?, _ reserved: String?) -> Int? {
        guard let range = range.flatMap(Planner.ports) else { return nil }
        let taken = (reserved.flatMap { PortRanges($0) }?.ranges ?? []).reduce(0) {
            $0 + ($1.overlaps(range) ? $1.clamped(to: range).count : 0)
        }
        return range.count - taken
    }

    /// The well-known advice, and what it does here.
    private func finTimeout() -> [String] {
        let key = "net.ipv4.tcp_fin_timeout"
        let wished = change(key)?.wanted ?? plan.unchanged.first { $0.key == key }?.value
        guard let seconds = wished.flatMap({ Int64($0) }) else { return [] }
        let timeWait = host.closing?[.timeWait]
        let finWait2 = host.closing?[.finWait2]
        var remarks = [
            "tcp_fin_timeout does not shorten TIME_WAIT, which is compiled in as 60 s: "
                + (timeWait.map(Self.timeWait) ?? "sockets in TIME_WAIT do not change")
                + "; it limits how long a closed socket waits in FIN_WAIT2 for the peer's FIN ("
                + (finWait2.map { "\(Self.sockets($0)) here now" } ?? "not counted here") + ")"
        ]
        if 61...89 ~= seconds {
            remarks.append(
                "tcp_fin_timeout = \(seconds) makes this wait shorter than 60 does: "
                    + "2 · (\(seconds) − 60) = \(2 * (seconds - 60)) s")
        }
        return remarks
    }

    private static func timeWait(_ count: Int) -> String {
        count == 0
            ? "no socket is in TIME_WAIT here now"
            : "\(sockets(count)) in TIME_WAIT here \(count == 1 ? "does" : "do") not change"
    }

    private static func sockets(_ count: Int) -> String {
        count.counted("socket")
    }

    /// A backlog is cut at listen() (net/socket.c:__sys_listen): who must call it again, and for whom it changes nothing.
    private func somaxconn() -> [String] {
        guard let change = change("net.core.somaxconn"), let before = Int(change.before) else {
            return []
        }
        let cut = host.snapshot.listeners.filter { $0.backlog == before }
        let own = host.snapshot.listeners.filter { ($0.backlog ?? .max) < before }
        var remarks: [String] = []
        if !cut.isEmpty {
            remarks.append(
                "a listener gets the new net.core.somaxconn when it calls listen() again; restart "
                    + "the listeners that the old value limits: \(Self.names(cut))")
        }
        if !own.isEmpty, Int64(change.wanted) ?? 0 > Int64(before) {
            remarks.append(
                "net.core.somaxconn changes nothing for listeners with a smaller backlog of their own; "
                    + "raise it in the application: \(Self.names(own, withBacklog: true))")
        }
        return remarks
    }

    private static func names(_ listeners: [Listener], withBacklog: Bool = false) -> String {
        var seen: Set<String> = []
        let names = listeners.sorted { $0.port < $1.port }.map { listener in
            let owner = listener.owner.name.map { "\($0) " } ?? ""
            let backlog = withBacklog ? listener.backlog.map { " (backlog \($0))" } ?? "" : ""
            return "\(owner)port \(listener.port)\(backlog)"
        }.filter { seen.insert($0).inserted }
        let rest = names.count > 6 ? " and \((names.count - 6).grouped) more" : ""
        return names.prefix(6).joined(separator: ", ") + rest
    }

    private func rounding() -> [String] {
        plan.changes.filter { $0.landed != $0.wanted }.map {
            "\($0.key): the kernel stores \($0.wanted) as \($0.landed)"
        }
    }

    /// A value of one namespace is no default for others, not even for those made later.
    private func otherNamespaces() -> [String] {
        let own = plan.changes.filter { $0.scope == Knob.Scope.namespace.rawValue }
        guard !own.isEmpty, !host.others.isEmpty else { return [] }
        let names = host.others.prefix(6).map {
            "\($0.name) (\(($0.processes ?? 0).counted("process", "processes")))"
        }
        let rest = host.others.count > 6 ? " and \((host.others.count - 6).grouped) more" : ""
        let count = host.others.count
        let reach =
            own.count == 1
            ? "\(own[0].key) changes in"
            : own.count == plan.changes.count
                ? "the changes apply to" : "\(own.count) of the changes apply to"
        let have =
            count == 1
            ? "1 other namespace has its own values" : "\(count) others have their own values"
        return [
            "\(reach) this network namespace only; \(have): \(names.joined(separator: ", "))\(rest); "
                + "--netns plans for \(count == 1 ? "it" : "one of them")"
        ]
    }

    private func conntrackAtBoot() -> [String] {
        let keys = plan.changes.map(\.key) + plan.unchanged.map(\.key)
        guard keys.contains(where: { Knob.named($0)?.isOfConntrack == true }) else { return [] }
        return [
            "boot skips net.netfilter settings if nf_conntrack is loaded later: name the module in "
                + "a file in /etc/modules-load.d"
        ]
    }

    private func rights(_ outcome: Preflight.Outcome) -> [String] {
        var remarks: [String] = []
        if plan.changes.contains(where: { host.access[$0.key] == .denied }) {
            remarks.append("apply needs root (CAP_NET_ADMIN)")
        }
        let untried = plan.changes.compactMap { change -> String? in
            guard change.scope == Knob.Scope.namespace.rawValue,
                case .declared(let why)? = outcome.verdicts[change.key]
            else { return nil }
            return why
        }
        if let first = untried.first {
            remarks.append(
                "tcptune could not test \(untried.count) of \(plan.changes.count.counted("change")) here: \(first)"
            )
        }
        return remarks
    }
}
