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
            "ports for connections to one destination address and port: \(before.grouped) now, "
                + "\(after.grouped) then (the range without the reserved ones)"
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
            "tcp_fin_timeout does not shorten TIME_WAIT, which is 60 s, compiled in: "
                + (timeWait.map(Self.timeWait) ?? "sockets in TIME_WAIT stay as they are")
                + "; it is how long a closed socket waits in FIN_WAIT2 for its peer's FIN ("
                + (finWait2.map { "\(Self.sockets($0)) here now" } ?? "not counted here") + ")"
        ]
        if 61...89 ~= seconds {
            remarks.append(
                "tcp_fin_timeout = \(seconds) makes that wait shorter than 60 does: "
                    + "2 · (\(seconds) − 60) = \(2 * (seconds - 60)) s")
        }
        return remarks
    }

    private static func timeWait(_ count: Int) -> String {
        count == 0
            ? "there is none here now" : "the \(sockets(count)) in TIME_WAIT here stay as they are"
    }

    private static func sockets(_ count: Int) -> String {
        count == 1 ? "1 socket" : "\(count.grouped) sockets"
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
                "net.core.somaxconn reaches a listener when it calls listen() again; restart "
                    + "those that it limits now: \(Self.names(cut))")
        }
        if !own.isEmpty, Int64(change.wanted) ?? 0 > Int64(before) {
            remarks.append(
                "net.core.somaxconn changes nothing for listeners whose own backlog is smaller; "
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
            "\($0.key): the kernel keeps \($0.wanted) as \($0.landed)"
        }
    }

    /// A value of one namespace is no default for others, not even for those made later.
    private func otherNamespaces() -> [String] {
        let own = plan.changes.filter { $0.scope == Knob.Scope.namespace.rawValue }
        guard !own.isEmpty, !host.others.isEmpty else { return [] }
        let names = host.others.prefix(6).map {
            "\($0.name) (\(($0.processes ?? 0).grouped) \($0.processes == 1 ? "process" : "processes"))"
        }
        let rest = host.others.count > 6 ? " and \((host.others.count - 6).grouped) more" : ""
        let count = host.others.count
        let reach =
            own.count == 1
            ? "\(own[0].key) reaches"
            : own.count == plan.changes.count
                ? "the changes reach" : "\(own.count) of the changes reach"
        let have =
            count == 1 ? "one other has its own values" : "\(count) others have their own values"
        return [
            "\(reach) this network namespace only; \(have): \(names.joined(separator: ", "))\(rest); "
                + "--netns plans for \(count == 1 ? "it" : "one of them")"
        ]
    }

    private func conntrackAtBoot() -> [String] {
        let keys = plan.changes.map(\.key) + plan.unchanged.map(\.key)
        guard keys.contains(where: { Knob.named($0)?.isOfConntrack == true }) else { return [] }
        return [
            "net.netfilter settings of a boot-time file are skipped where nf_conntrack is loaded "
                + "later: name the module in a file of /etc/modules-load.d"
        ]
    }

    private func rights(_ outcome: Preflight.Outcome) -> [String] {
        var remarks: [String] = []
        if plan.changes.contains(where: { host.access[$0.key] == .denied }) {
            remarks.append("to apply it takes root (CAP_NET_ADMIN)")
        }
        let untried = plan.changes.compactMap { change -> String? in
            guard change.scope == Knob.Scope.namespace.rawValue,
                case .declared(let why)? = outcome.verdicts[change.key]
            else { return nil }
            return why
        }
        if let first = untried.first {
            remarks.append(
                "\(untried.count) of \(plan.changes.count) changes were not tried out: \(first)")
        }
        return remarks
    }
}
