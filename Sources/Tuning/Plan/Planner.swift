import Catalogue
import Kernel
package import Model
import Text

/// Holds a profile against a host: what to write, in which order, what holds already, what cannot be had.
///
/// Pure: reads nothing, writes nothing.
package struct Planner {
    private let profile: Profile
    private let host: PlanningHost
    private var plan: Plan
    private var changes: [PlannedChange] = []

    /// - Throws: `badData` for a key that no profile may hold, `unavailable` where a requirement is not met.
    package static func plan(
        _ profile: Profile, on host: PlanningHost
    ) throws(Refusal) -> Plan {
        var planner = Planner(profile, host)
        for setting in profile.settings { try planner.take(setting) }
        planner.keepWhatHoldsTogether()
        try planner.checkRequirements()
        planner.reserveListeners()
        let order = KeyOrder.sorted(
            planner.changes.map {
                KeyOrder.Step(key: $0.key, before: $0.before, wanted: $0.wanted)
            })
        planner.plan.changes = order.map { planner.changes[$0] }
        return planner.plan
    }

    private init(_ profile: Profile, _ host: PlanningHost) {
        self.profile = profile
        self.host = host
        plan = Plan(
            profile: ProfileIdentity(
                name: profile.name, path: profile.path, digest: profile.digest),
            namespace: host.snapshot.namespace, bootID: host.host.bootID ?? "")
    }

    /// The keys that must be read before: those of the profile, and those that its own depend on.
    package static func keys(of profile: Profile) -> [String] {
        var keys = profile.settings.map(\.key)
        for case .sysctl(let key, _, _) in profile.requires { keys.append(key) }
        keys += [KeyOrder.range, KeyOrder.unprivileged, KeyOrder.reserved]
        if keys.contains("net.ipv4.tcp_congestion_control") {
            keys.append("net.ipv4.tcp_available_congestion_control")
        }
        var seen: Set<String> = []
        return keys.filter { seen.insert($0).inserted }
    }

    /// What cannot be written back, whatever its old value was: writing it changes other keys.
    static let notInvertible: Set<String> = ["net.ipv4.ip_forward"]

    private mutating func take(_ setting: ProfileSetting) throws(Refusal) {
        guard let knob = Knob.named(setting.key), let key = SysctlKey(setting.key) else {
            throw Refusal(
                .badData, "\(setting.place): tcptune does not know the setting \(setting.key)")
        }
        guard !Self.notInvertible.contains(knob.key), !SysctlReader.isNeverRead(key) else {
            throw Refusal(
                .badData,
                "\(setting.place): tcptune never changes \(setting.key), because it could not revert "
                    + "the change; remove the line from the profile")
        }
        guard let wish = ResolvedWish(setting.wish, of: knob, on: host) else {
            return refuse(
                setting, "a value computed from the host", "tcptune cannot read it on this host")
        }
        if let why = absence(of: knob) { return refuse(setting, wish.value, why) }
        guard let present = host.value(of: knob.key) else {
            return refuse(
                setting, wish.value,
                host.snapshot[knob.key]?.missing == .unreadable
                    ? "tcptune may not read its value; run as root"
                    : "tcptune does not understand the value that the kernel shows")
        }
        guard let wanted = Magnitude.wanted(wish, now: present, of: knob) else {
            throw Refusal(
                .badData, "\(setting.place): \(knob.key) cannot be \(Self.cited(wish.value))")
        }
        if wanted == present {
            plan.unchanged.append(
                UnchangedSetting(key: knob.key, value: present, reason: setting.why))
            return
        }
        if let why = unwritable(knob) ?? outOfRange(wanted, knob) {
            return refuse(setting, wanted, why)
        }
        changes.append(
            PlannedChange(
                key: knob.key, before: present, wanted: wanted, landed: wanted,
                scope: knob.scope.rawValue, reversible: .declared, reason: setting.why,
                risk: setting.risk ?? knob.risk, proof: setting.proof))
    }

    private mutating func refuse(_ setting: ProfileSetting, _ wanted: String, _ why: String) {
        plan.impossible.append(ImpossibleSetting(key: setting.key, wanted: wanted, why: why))
    }

    private mutating func refuse(_ change: PlannedChange, _ why: String) {
        changes.removeAll { $0.key == change.key }
        plan.impossible.append(
            ImpossibleSetting(key: change.key, wanted: change.wanted, why: why))
    }

    /// A value as it is cited: a list of ports may have thousands.
    static func cited(_ value: String) -> String {
        value.utf8.count <= 60 ? "'\(value)'" : "'\(value.prefix(50))…'"
    }
}

/// What a kernel, a namespace or its file system does not let be done.
extension Planner {
    /// Why there is no such key; nil where there is.
    private func absence(of knob: Knob) -> String? {
        guard host.snapshot[knob.key]?.missing == .absent else { return nil }
        let release = KernelRelease(host.host.kernel)
        switch release.map({ knob.availability(on: $0) }) {
        case .notYet(let since):
            return "Linux has it since \(since); this is \(host.host.kernel)"
        case .removed(let since):
            return "Linux \(since) removed it; remove it from the profile"
        case .vendorOnly(let vendor):
            return "only \(vendor) has it, mainline Linux never had it; remove it from the profile"
        case .never:
            return "no Linux from 5.10 to 7.3 has it; remove it from the profile"
        case .present, .withoutEffect, nil: break
        }
        if knob.isOfConntrack, !host.hasConntrack {
            return "connection tracking is not loaded: modprobe nf_conntrack, then plan again"
        }
        if knob.scope != .namespace, host.snapshot.namespace.isInit == false {
            return "the whole host has one value, which namespace \(host.snapshot.namespace.name) "
                + "cannot see; apply it to the initial namespace (--netns init)"
        }
        return "this kernel does not have it"
    }

    /// Why its file cannot be written; nil where it can, or only the user's rights are missing.
    private func unwritable(_ knob: Knob) -> String? {
        if knob.isReadOnly { return "it is read-only" }
        // fs.file-max lets itself be written from any network namespace, and is everybody's.
        if knob.scope == .host, host.snapshot.namespace.isInit == false {
            return
                "the whole host has one value; apply it to the initial namespace (--netns init)"
        }
        switch host.access[knob.key] {
        case .readOnlyFile:
            return knob.scope == .readOnlyElsewhere
                && host.snapshot.namespace.isInit != true
                ? "the whole host has one value, which is read-only in namespace "
                    + "\(host.snapshot.namespace.name); apply it to the initial namespace (--netns init)"
                : "it is read-only on this kernel"
        case .readOnlyMount:
            return "/proc/sys is mounted read-only here, as in a container; run tcptune on the "
                + "host with --netns and the number of a process in the container"
        case .writable, .denied, .absent, nil: return nil
        }
    }

    private func outOfRange(_ wanted: String, _ knob: Knob) -> String? {
        if let words = host.snapshot["net.ipv4.tcp_available_congestion_control"]?.value,
            knob.key == "net.ipv4.tcp_congestion_control",
            !words.split(separator: " ").contains(Substring(wanted))
        {
            return "this kernel has \(words) now: modprobe tcp_\(wanted), then plan again"
        }
        let numbers = knob.numbers(wanted)
        guard let range = knob.range(ticksPerSecond: host.ticksPerSecond ?? 100) else { return nil }
        if let beyond = numbers.first(where: { !range.contains($0) }) {
            let ticks =
                knob.countsJiffies ? host.ticksPerSecond.map { " with HZ=\($0)" } ?? "" : ""
            return "this kernel accepts \(range.lowerBound) to \(range.upperBound)\(ticks), "
                + "not \(beyond)"
        }
        // The kernel does not look at the order of three sizes (measured), and then acts by nonsense.
        if numbers.count > 1, zip(numbers, numbers.dropFirst()).contains(where: { $0 > $1 }) {
            return "\(wanted) is not in ascending order"
        }
        return nil
    }
}

/// Values that the kernel or the profile holds against one another.
extension Planner {
    /// The value that a key will have once the plan is applied; nil where it has none.
    private func planned(_ key: String) -> String? {
        changes.first { $0.key == key }?.wanted ?? host.value(of: key)
    }

    /// The low end of the port range must not lie below ip_unprivileged_port_start: the kernel says EINVAL.
    private mutating func keepWhatHoldsTogether() {
        guard let low = planned(KeyOrder.range).flatMap(KeyOrder.low),
            let start = planned(KeyOrder.unprivileged).flatMap({ Int64($0) }), low < start
        else { return }
        let why =
            "the kernel refuses a low end of ip_local_port_range (\(low)) below "
            + "ip_unprivileged_port_start (\(start))"
        let keys = [KeyOrder.range, KeyOrder.unprivileged]
        for change in changes where keys.contains(change.key) { refuse(change, why) }
    }

    private func checkRequirements() throws(Refusal) {
        for requirement in profile.requires {
            guard let why = unmet(requirement) else { continue }
            throw Refusal(
                .unavailable,
                "profile \(profile.name) requires \(requirement.description); \(why)"
            )
        }
    }

    /// Why it does not hold once the plan is applied; nil where it does.
    private func unmet(_ requirement: Requirement) -> String? {
        switch requirement {
        case .kernel(let least):
            guard let release = KernelRelease(host.host.kernel) else {
                return "tcptune could not read the kernel release"
            }
            return release >= least ? nil : "this is Linux \(host.host.kernel)"
        case .sysctl(let key, let comparison, let value):
            guard let number = planned(key).flatMap({ Int64($0) }) else {
                return "tcptune found no readable \(key) in this kernel or namespace"
            }
            return comparison.holds(number, value) ? nil : "it is \(number) here"
        }
    }

    /// Listeners in a range that moves: a client's connection could take their port while they restart.
    private mutating func reserveListeners() {
        guard let index = changes.firstIndex(where: { $0.key == KeyOrder.range }),
            let present = host.value(of: KeyOrder.reserved).flatMap({ PortRanges($0) }),
            let range = Self.ports(changes[index].wanted), let knob = Knob.named(KeyOrder.reserved)
        else { return }
        let place = changes.firstIndex { $0.key == KeyOrder.reserved }
        let wished = place.flatMap { PortRanges(changes[$0].wanted) } ?? PortRanges([])
        let kept = present.union(wished)
        let exposed = host.snapshot.listeners.filter {
            range.contains($0.port) && !kept.contains($0.port)
        }
        let union = kept.union(PortRanges(exposed.map { $0.port...$0.port }))
        guard union != present else {
            // The profile wanted fewer than are reserved now; with a range that moves all of them stay.
            if let place {
                let change = changes.remove(at: place)
                plan.unchanged.append(
                    UnchangedSetting(
                        key: change.key, value: change.before, reason: change.reason))
            }
            return
        }
        plan.unchanged.removeAll { $0.key == KeyOrder.reserved }
        let reason = Self.reservation(exposed)
        if let place {
            changes[place].wanted = union.description
            changes[place].landed = union.description
            if !exposed.isEmpty { changes[place].reason += "; \(reason)" }
        } else if unwritable(knob) == nil {
            changes.append(
                PlannedChange(
                    key: knob.key, before: present.description, wanted: union.description,
                    landed: union.description, scope: knob.scope.rawValue, reversible: .declared,
                    reason: reason, risk: knob.risk, proof: nil))
        }
    }

    private static func reservation(_ listeners: [Listener]) -> String {
        var seen: Set<String> = []
        let names = listeners.sorted { $0.port < $1.port }
            .map { listener in
                listener.owner.name.map { "\(listener.port) (\($0))" } ?? "\(listener.port)"
            }
            .filter { seen.insert($0).inserted }
        let shown = names.prefix(8).joined(separator: ", ")
        let rest = names.count > 8 ? " and \((names.count - 8).grouped) more" : ""
        return
            "keeps outgoing connections off the ports that listeners use in the new range: \(shown)\(rest)"
    }

    /// The ports of a canonical ip_local_port_range.
    static func ports(_ range: String) -> ClosedRange<UInt16>? {
        let ends = range.split(separator: " ").compactMap { UInt16($0) }
        guard ends.count == 2, ends[0] <= ends[1] else { return nil }
        return ends[0]...ends[1]
    }
}

extension Knob {
    /// Of the module nf_conntrack, which need not be loaded.
    var isOfConntrack: Bool { key.hasPrefix("net.netfilter.") || key == "net.nf_conntrack_max" }
}
