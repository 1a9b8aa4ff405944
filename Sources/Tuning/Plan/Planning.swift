import Catalogue
package import Kernel
package import Model

/// Makes a plan for this host: reads it, holds the profile against it, tries the result in a namespace of its own.
package enum Planning {
    /// A plan, and what else a command needs to show or apply it.
    package struct Result: Sendable {
        package var plan: Plan
        package var host: Host
        /// Where it is to be applied.
        package var place: NetworkNamespace
        /// What could not be seen.
        package var unseen: [Unseen]
    }

    /// Plans a profile for a namespace: `init`, a process's number, a name or a path; nil for the one this process is in.
    package static func plan(
        _ profile: Profile, netns: String? = nil
    ) throws(Refusal) -> Result {
        let place = try place(netns)
        let keys = Planner.keys(of: profile)
        let (host, unseen) = try read(keys, in: place)
        var plan = try Planner.plan(profile, on: host)
        var beside: [String: String] = [:]
        for key in [KeyOrder.range, KeyOrder.unprivileged] { beside[key] = host.value(of: key) }
        let outcome = Preflight.run(plan.changes, beside: beside)
        plan.take(outcome)
        let (dropIn, problem) = currentDropIn()
        plan.forecast(from: dropIn ?? DropIn())
        plan.remarks += PlanRemarks.all(plan, on: host, outcome: outcome)
        if let problem { plan.remarks.append("tcptune would refuse --persist: \(problem)") }
        return Result(plan: plan, host: host.host, place: place, unseen: unseen)
    }

    /// Holds a saved plan against this host: the same plan, with a remark for each value that has moved since.
    package static func recheck(
        _ plan: Plan, netns: String? = nil
    ) throws(Refusal) -> Result {
        let place = try place(netns)
        let keys = plan.changes.map(\.key) + plan.unchanged.map(\.key)
        let (host, unseen) = try read(keys, in: place)
        var plan = plan
        for moved in plan.moved(now: host.values) {
            plan.remarks.append(
                "\(moved.key) changed after this plan was made: it was "
                    + "\(Planner.cited(moved.before)), and is "
                    + (moved.now.map { Planner.cited($0) } ?? "unreadable") + "; plan again")
        }
        if plan.bootID != host.host.bootID ?? "" {
            plan.remarks.append("this plan was made before the last boot, or on another host")
        } else if plan.namespace.inode != place.namespace.inode {
            plan.remarks.append(
                "this plan was made for network namespace \(plan.namespace.name), not for "
                    + place.namespace.name)
        }
        return Result(plan: plan, host: host.host, place: place, unseen: unseen)
    }

    /// One namespace.
    package static func place(_ netns: String?) throws(Refusal) -> NetworkNamespace {
        do throws(KernelError) {
            guard let netns else { return try NetworkNamespaces.current(root: .host) }
            let (places, _) = try NetworkNamespaces.select(netns, root: .host)
            if places.count == 1, let place = places.first { return place }
        } catch {
            throw Refusal(error.isDenied ? .noPrivilege : .noInput, error.description)
        }
        throw Refusal(
            .noInput, "a plan is for one network namespace; name it instead of '\(netns ?? "")'")
    }

    /// Reads the keys, the listeners and the rest of what a plan rests on.
    package static func read(
        _ keys: [String], in place: NetworkNamespace
    ) throws(Refusal) -> (PlanningHost, [Unseen]) {
        var options = SurveyOptions()
        options.keys = { keys }
        options.listenersOnly = true
        let wantsClosing = keys.contains("net.ipv4.tcp_fin_timeout")
        let survey = HostSurvey(options)
        do throws(KernelError) {
            let reading = try place.run { () throws(KernelError) in
                var access: [String: SysctlAccess] = [:]
                for name in keys { access[name] = SysctlKey(name).map { SysctlAccess.of($0) } }
                return Reading(
                    observation: try survey.observe(), access: access,
                    closing: wantsClosing
                        ? try? NamespaceSampler.open().count([.finWait2, .timeWait]) : nil,
                    hasConntrack: Root.host.exists("/proc/sys/net/netfilter/nf_conntrack_max"))
            }
            guard var snapshot = reading.observation.views.first?.now else {
                throw KernelError.absent("read", "network namespace", detail: "it is gone")
            }
            snapshot.namespace = place.namespace
            let (all, _) = NetworkNamespaces.list(root: .host)
            let others = all.map(\.namespace).filter {
                $0.inode != place.namespace.inode && ($0.processes ?? 0) > 0
            }
            let host = PlanningHost(
                host: reading.observation.host, snapshot: snapshot,
                ticksPerSecond: KernelTick.perSecond, access: reading.access,
                closing: reading.closing, hasConntrack: reading.hasConntrack, others: others)
            return (host, snapshot.unseen)
        } catch {
            throw Refusal(error.isDenied ? .noPrivilege : .failed, error.description)
        }
    }

    private struct Reading: Sendable {
        var observation: Observation
        var access: [String: SysctlAccess]
        var closing: StateCounts?
        var hasConntrack: Bool
    }

    /// The drop-in as it is; nil with the reason where it is not tcptune's own.
    static func currentDropIn() -> (DropIn?, problem: String?) {
        do throws(KernelError) {
            // Not as a user's own file: a pipe in its place would keep us waiting.
            let bytes = try Root.host.bytes(Persistence.path)
            do throws(Refusal) {
                return (try DropIn(parsing: bytes), nil)
            } catch {
                return (nil, error.description)
            }
        } catch {
            return error.isAbsent ? (DropIn(), nil) : (nil, error.description)
        }
    }
}
